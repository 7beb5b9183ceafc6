"""The engine on another machine: what it is sent, and what goes wrong on the way."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest

from tests.speech_servers import SENTENCE, SpeechServer, a_speech_server
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.judged_transport import JudgedTransport
from voiceops.domain.transcript import Span
from voiceops.engines import load_transcriber
from voiceops.engines.hosted import HostedTranscriber
from voiceops.errors import BadInput, EngineFailed, MissingPart, Unavailable
from voiceops.ports import SIGNAL_RATE_HZ, SpeechChannel

CHANNEL = SpeechChannel(np.zeros(100 * SIGNAL_RATE_HZ, np.int16), (Span(10.0, 14.0), Span(60.0, 64.0)))


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with a_speech_server(key="sesame") as server:
        yield server


def test_only_speech_is_sent_and_its_words_come_back_in_recording_time(server: SpeechServer) -> None:
    engine = load_transcriber("remote", {"url": server.url, "key": "sesame"})
    result = engine.transcribe([CHANNEL], language="hu", hints=("Northwind", "Kiss Anna"))
    assert server.forms == [
        {
            "model": "whisper-1",
            "response_format": "verbose_json",
            "timestamp_granularities[]": "segment",
            "temperature": "0",
            "language": "hu",
            "prompt": "Northwind, Kiss Anna",
        }
    ]
    segments = result.channels[0]
    assert " ".join(segment.text for segment in segments) == SENTENCE
    assert [(int(segment.start), int(segment.end)) for segment in segments] == [(10, 14), (60, 64)]


def test_a_child_process_takes_the_judged_way_along(server: SpeechServer) -> None:
    way = partial(JudgedTransport, AddressGuard(allow_private=True))
    hosted = HostedTranscriber("remote", {"url": server.url, "key": "sesame", "transport": way})
    hosted.check()
    assert hosted.transcribe([CHANNEL], language="en").channels[0]
    hosted.close()


def test_an_address_inside_the_own_network_is_refused_unless_it_is_meant(server: SpeechServer) -> None:
    way = partial(JudgedTransport, AddressGuard())
    with pytest.raises(BadInput, match="private network"):
        load_transcriber("remote", {"url": server.url, "transport": way}).check()


def test_what_is_missing_is_said_with_the_setting_that_mends_it(server: SpeechServer) -> None:
    for options, said in (
        ({}, "VOICEOPS_REMOTE_URL"),
        ({"url": server.url}, "VOICEOPS_REMOTE_KEY"),
        ({"url": server.url, "key": "sesame", "model": "enormous"}, "Choose one of: whisper-1"),
    ):
        with pytest.raises(MissingPart, match=said):
            load_transcriber("remote", options).check()


def test_a_server_that_fails_or_is_away_can_be_tried_again(server: SpeechServer) -> None:
    server.status = 503
    with pytest.raises(EngineFailed, match="answered with 503"):
        load_transcriber("remote", {"url": server.url, "key": "sesame"}).transcribe([CHANNEL], language="en")
    with pytest.raises(Unavailable, match="cannot be reached"):
        load_transcriber("remote", {"url": "http://127.0.0.1:9/v1"}).check()
