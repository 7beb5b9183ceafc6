"""The picture of a recording's sound over the web door, and what is sent compressed."""

import gzip

import pytest

from api.schemas.waveform import WaveformOut
from tests.api_door import Door, a_wav, upload
from tests.builders import a_recording, a_transcript
from voiceops.domain.people import Role
from voiceops.domain.recording import Party, RecordingKind
from voiceops.domain.waveform import ChannelPeaks, Waveform

DRAWN = Waveform(30.0, (ChannelPeaks(Party.AGENT, (-90,) * 900, (87,) * 900),))


@pytest.fixture
def drawn(door: Door) -> str:
    """The id of a call with a picture and a transcript."""
    door.stores(a_recording("call"))
    with door.services.open_unit() as unit:
        unit.waveforms.put("call", DRAWN)
        unit.transcripts.put("call", a_transcript(*["agent: reasonable words"] * 50))
        unit.commit()
    return "call"


def test_a_waveform_comes_once_and_then_is_only_confirmed(door: Door, drawn: str) -> None:
    with door.client(Role.QA) as client:
        first = client.get(f"/api/v1/recordings/{drawn}/waveform")
        assert WaveformOut.model_validate(first.json()).channels[0].high == [87] * 900
        again = client.get(f"/api/v1/recordings/{drawn}/waveform", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        other = client.get(f"/api/v1/recordings/{drawn}/waveform", headers={"If-None-Match": 'W/"other"'})
        assert other.status_code == 200


def test_a_recording_without_one_says_what_to_do(door: Door) -> None:
    door.stores(a_recording("old"))
    answer = door.client(Role.QA).get("/api/v1/recordings/old/waveform")
    assert (answer.status_code, answer.json()["record"]) == (404, "old")
    assert "from now on" in answer.json()["next_step"]


def test_whose_voicemail_it_is_nobody_of_qa_sees_its_picture(door: Door) -> None:
    door.stores(a_recording("message", kind=RecordingKind.VOICEMAIL))
    assert door.client(Role.QA).get("/api/v1/recordings/message/waveform").status_code == 403


@pytest.mark.parametrize(
    ("offered", "encoding"),
    [("gzip, br", "gzip"), ("br, GZIP;q=0.5", "gzip"), ("identity", None), ("gzip;q=0", None), ("", None)],
)
def test_a_long_document_is_compressed_for_who_takes_it(
    door: Door, drawn: str, offered: str, encoding: str | None
) -> None:
    with door.client(Role.QA) as client:
        client.headers["Accept-Encoding"] = offered
        for path in (f"/api/v1/recordings/{drawn}/transcript", f"/calls/{drawn}"):
            with client.stream("GET", path) as answer:
                raw = b"".join(answer.iter_raw())
            assert answer.headers.get("content-encoding") == encoding
            assert answer.headers["vary"] == "Accept-Encoding"
            assert int(answer.headers["content-length"]) == len(raw)
            assert b"reasonable" in (gzip.decompress(raw) if encoding else raw)


def test_sound_is_never_compressed_and_keeps_its_ranges(door: Door) -> None:
    sound = a_wav(2.0)
    with door.client() as client:
        call = upload(client, sound).json()["id"]
        client.headers["Accept-Encoding"] = "gzip"
        answer = client.get(f"/api/v1/recordings/{call}/audio", headers={"Range": "bytes=0-9999"})
        assert (answer.status_code, answer.content) == (206, sound[:10_000])
        assert "content-encoding" not in answer.headers


def test_an_answer_that_holds_a_secret_is_not_compressed(door: Door) -> None:
    with door.client() as client:
        body = {"name": "n" * 200, "role": "qa", "scopes": [f"recordings:{way}" for way in ("read", "write")]}
        answer = client.post("/api/v1/tokens", json=body, headers={"Accept-Encoding": "gzip"})
        assert answer.json()["secret"]
        assert "content-encoding" not in answer.headers
