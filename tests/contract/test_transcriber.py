"""What every transcriber promises, the hosted ones included."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.checkpoints import write_checkpoint
from tests.speech_servers import a_speech_server
from voiceops.domain.transcript import Segment, Span
from voiceops.engines import known_transcribers, load_decoder, load_detector, load_transcriber
from voiceops.engines.convert_checkpoint import convert_checkpoint
from voiceops.engines.hosted import HostedTranscriber
from voiceops.errors import BadInput, EngineFailed, MissingPart
from voiceops.ports import SIGNAL_RATE_HZ, SpeechChannel, Transcriber

_SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "voicemails" / "01-urgent.flac"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_checkpoint(tmp_path_factory.mktemp("model") / "tiny.pt", sentence="thank you for calling")


@pytest.fixture(scope="module")
def options(checkpoint: Path) -> Iterator[Mapping[str, Mapping[str, object]]]:
    small = {"device": "cpu", "threads": 1}
    with a_speech_server() as server:
        yield {
            "remote": {"url": server.url},
            "whisper": {"model": str(checkpoint), **small},
            "faster-whisper": {"model": str(convert_checkpoint(checkpoint)), **small},
            "pocketsphinx": {},
            "scripted": {},
        }


@pytest.fixture(scope="module", params=[*known_transcribers(), "hosted pocketsphinx"])
def transcriber(request: pytest.FixtureRequest, options: Mapping[str, Mapping[str, object]]) -> Iterator[Transcriber]:
    name = request.param.removeprefix("hosted ")
    if name == request.param:
        yield load_transcriber(name, options[name])
        return
    hosted = HostedTranscriber(name, options[name])
    yield hosted
    hosted.close()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> SpeechChannel:
    signal = load_decoder().decode(_SAMPLE, tmp_path_factory.mktemp("spoken")).signals[0]
    return SpeechChannel(signal, load_detector().detect(signal)[:2])


_SILENT = SpeechChannel(np.zeros(5 * SIGNAL_RATE_HZ, np.int16), ())


def test_an_engine_that_is_here_passes_its_own_check(transcriber: Transcriber) -> None:
    transcriber.check()


def test_every_channel_gets_its_own_segments_in_order(transcriber: Transcriber, spoken: SpeechChannel) -> None:
    result = transcriber.transcribe([_SILENT, spoken], language="en")
    silent, heard = result.channels
    assert silent == ()
    assert heard
    assert result.language == "en"
    assert all(a.start <= b.start for a, b in pairwise(heard))


def test_words_lie_inside_the_speech_with_probabilities(transcriber: Transcriber, spoken: SpeechChannel) -> None:
    (heard,) = transcriber.transcribe([spoken], language="en").channels
    words = [word for segment in heard for word in segment.words]
    assert words
    for word in words:
        assert any(span.start - 0.05 <= word.start <= word.end <= span.end + 0.05 for span in spoken.speech)
        assert word.text == word.text.strip() != ""
        assert word.probability is not None
        assert 0 <= word.probability <= 1
    assert all(a.start <= b.start for a, b in pairwise(words))


def test_a_segment_holds_its_words_and_their_text(transcriber: Transcriber, spoken: SpeechChannel) -> None:
    (heard,) = transcriber.transcribe([spoken], language="en").channels
    for segment in heard:
        assert segment.text.split() == [word.text for word in segment.words]
        assert (segment.start, segment.end) == (segment.words[0].start, segment.words[-1].end)


def test_a_recording_without_speech_has_no_segments(transcriber: Transcriber) -> None:
    assert transcriber.transcribe([_SILENT, _SILENT], language="en").channels == ((), ())


def test_no_language_given_still_gives_segments(transcriber: Transcriber, spoken: SpeechChannel) -> None:
    result = transcriber.transcribe([spoken], language=None)
    assert result.channels[0]
    assert result.language == "en"


def test_the_second_recording_is_heard_like_the_first(transcriber: Transcriber, spoken: SpeechChannel) -> None:
    first = transcriber.transcribe([spoken], language="en")
    assert transcriber.transcribe([spoken], language="en") == first


# --- pocketsphinx ------------------------------------------------------------------------------


def test_pocketsphinx_hears_a_clear_voice(spoken: SpeechChannel) -> None:
    text = _text(load_transcriber("pocketsphinx", {}).transcribe([spoken], language="en").channels[0])
    assert "mary" in text.split()
    assert not any(mark in text for mark in "<>[]()")


def test_pocketsphinx_refuses_another_language(spoken: SpeechChannel) -> None:
    with pytest.raises(BadInput, match="English only"):
        load_transcriber("pocketsphinx", {}).transcribe([spoken], language="hu")


# --- whisper -----------------------------------------------------------------------------------


def test_whisper_places_packed_words_in_the_recordings_time(checkpoint: Path) -> None:
    noise = np.random.default_rng(0).normal(0, 500, 130 * SIGNAL_RATE_HZ).astype(np.int16)
    channel = SpeechChannel(noise, (Span(10, 11), Span(120, 125)))
    engine = load_transcriber("whisper", {"model": str(checkpoint)})
    (heard,) = engine.transcribe([channel], language="en").channels
    assert _text(heard) == "thank you for calling"
    assert all(10 <= word.start <= 11 or 120 <= word.start <= 125 for s in heard for word in s.words)
    assert {segment.temperature for segment in heard} == {0.0}
    assert all(segment.average_log_probability is not None for segment in heard)


def test_whisper_detects_the_language_on_speech(tmp_path: Path, spoken: SpeechChannel) -> None:
    path = write_checkpoint(tmp_path / "hu.pt", language="hu", sentence="jó napot")
    result = load_transcriber("whisper", {"model": str(path)}).transcribe([_SILENT, spoken], language=None)
    assert result.language == "hu"
    assert _text(result.channels[1]) == "jó napot"


def test_whisper_hears_the_same_in_windows_together_as_one_by_one(checkpoint: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 500, 200 * SIGNAL_RATE_HZ).astype(np.int16)
    channels = [
        SpeechChannel(noise, (Span(0, 20), Span(40, 62), Span(90, 93))),
        SpeechChannel(noise, (Span(130, 155),)),
    ]
    one_by_one, together = (
        load_transcriber("whisper", {"model": str(checkpoint), "device": "cpu", "batch_windows": windows}).transcribe(
            channels, language="en"
        )
        for windows in (1, 3)
    )
    assert [_placed(own) for own in together.channels] == [_placed(own) for own in one_by_one.channels]
    assert [len(own) for own in together.channels] == [3, 1]


def test_whisper_keeps_to_its_threads_after_the_first_word_times(checkpoint: Path) -> None:
    # The library that places words sets the threads of the whole process when it is first used, so a new one is asked.
    asked = f"""
import numpy, torch
from voiceops.domain.transcript import Span
from voiceops.engines import load_transcriber
from voiceops.ports import SpeechChannel
noise = numpy.random.default_rng(0).normal(0, 500, 32_000).astype(numpy.int16)
engine = load_transcriber("whisper", {{"model": {str(checkpoint)!r}, "device": "cpu", "threads": 1}})
assert engine.transcribe([SpeechChannel(noise, (Span(0, 2),))], language="en").channels[0]
print(torch.get_num_threads())
"""
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "1"


def test_whisper_stuck_in_a_loop_says_its_phrase_once(tmp_path: Path, spoken: SpeechChannel) -> None:
    path = write_checkpoint(tmp_path / "loop.pt", sentence="we are sorry " * 8)
    (heard,) = load_transcriber("whisper", {"model": str(path)}).transcribe([spoken], language="en").channels
    assert _text(heard).count("sorry") <= 1


def test_whisper_names_the_command_that_fetches_a_missing_model(tmp_path: Path) -> None:
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    engine = load_transcriber("whisper", {"model": "tiny", "model_dir": folder})
    with pytest.raises(MissingPart, match="voiceops models fetch tiny"):
        engine.check()
    assert list(folder.iterdir()) == []


def test_whisper_never_downloads_by_itself(tmp_path: Path, spoken: SpeechChannel) -> None:
    with pytest.raises(MissingPart):
        load_transcriber("whisper", {"model": "tiny", "model_dir": tmp_path}).transcribe([spoken], language="en")


def test_whisper_says_that_a_checkpoint_is_damaged(tmp_path: Path, spoken: SpeechChannel) -> None:
    (tmp_path / "broken.pt").write_bytes(b"not a checkpoint")
    engine = load_transcriber("whisper", {"model": str(tmp_path / "broken.pt")})
    with pytest.raises(MissingPart, match="cannot be loaded"):
        engine.transcribe([spoken], language="en")


def test_whisper_refuses_a_language_and_a_model_it_does_not_know(checkpoint: Path, spoken: SpeechChannel) -> None:
    with pytest.raises(BadInput, match="language"):
        load_transcriber("whisper", {"model": str(checkpoint)}).transcribe([spoken], language="klingon")
    with pytest.raises(MissingPart, match="no such Whisper model"):
        load_transcriber("whisper", {"model": "enormous"}).check()


# --- faster-whisper ----------------------------------------------------------------------------


def test_faster_whisper_hears_what_whisper_hears_with_the_same_checkpoint(
    options: Mapping[str, Mapping[str, object]], spoken: SpeechChannel
) -> None:
    texts = [
        _text(load_transcriber(name, options[name]).transcribe([spoken], language="en").channels[0])
        for name in ("whisper", "faster-whisper")
    ]
    assert texts == ["thank you for calling"] * 2


def test_faster_whisper_names_the_commands_that_bring_a_missing_model(tmp_path: Path) -> None:
    engine = load_transcriber("faster-whisper", {"model": "tiny", "model_dir": tmp_path})
    with pytest.raises(MissingPart, match="voiceops models fetch tiny && voiceops models convert tiny"):
        engine.check()


def test_faster_whisper_refuses_a_language_that_it_does_not_know(
    options: Mapping[str, Mapping[str, object]], spoken: SpeechChannel
) -> None:
    with pytest.raises(BadInput, match="language"):
        load_transcriber("faster-whisper", options["faster-whisper"]).transcribe([spoken], language="klingon")


# --- what every engine leaves out --------------------------------------------------------------


@pytest.mark.parametrize("engine", ["whisper", "faster-whisper"])
def test_a_sentence_of_subtitles_is_left_out_and_counted(engine: str, tmp_path: Path, spoken: SpeechChannel) -> None:
    path = write_checkpoint(tmp_path / "film.pt", sentence="thanks for watching")
    model = path if engine == "whisper" else convert_checkpoint(path)
    result = load_transcriber(engine, {"model": str(model), "device": "cpu"}).transcribe([spoken], language="en")
    assert result.channels == ((),)
    assert result.dropped_words >= 3


# --- scripted ----------------------------------------------------------------------------------


def test_scripted_hears_the_sentences_it_was_given_in_turn(spoken: SpeechChannel) -> None:
    engine = load_transcriber("scripted", {"sentences": ["good morning", "goodbye"]})
    (heard,) = engine.transcribe([spoken], language="en").channels
    assert [segment.text for segment in heard] == ["good morning", "goodbye", "good morning"][: len(heard)]


def test_scripted_fails_as_often_as_asked_and_the_same_way_each_time(spoken: SpeechChannel) -> None:
    def outcomes() -> list[bool]:
        engine = load_transcriber("scripted", {"failure_rate": 0.3, "seed": 5})
        return [_fails(lambda: engine.transcribe([spoken], language="en")) for _ in range(200)]

    assert 40 <= sum(outcomes()) <= 80
    assert outcomes() == outcomes()


# --- the registry ------------------------------------------------------------------------------


def test_an_unknown_engine_or_option_is_refused_with_what_there_is() -> None:
    with pytest.raises(BadInput, match="whisper, faster-whisper, pocketsphinx, remote, scripted"):
        load_transcriber("parrot", {})
    with pytest.raises(BadInput, match="volume"):
        load_transcriber("scripted", {"volume": 11})


def _placed(segments: tuple[Segment, ...]) -> list[tuple[str, float, float]]:
    return [(word.text, word.start, word.end) for segment in segments for word in segment.words]


def _fails(action: Callable[[], object]) -> bool:
    try:
        action()
    except EngineFailed:
        return True
    return False


def _text(segments: tuple[Segment, ...]) -> str:
    return " ".join(segment.text for segment in segments)
