"""Where nobody speaks nothing is heard, whatever the engine would say."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from benchmarks.bench_silence import engine_options, listen
from benchmarks.silence_clips import FORMS, KINDS, VERSIONS, write_clips
from tests.made_sounds import keys, noise, samples, silence
from voiceops.analysis.sound.measure import find_tones
from voiceops.analysis.sound.without_keys import without_keys
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.ports import SpeechChannel
from voiceops.usecases.listen_to_channel import listen_to_channel


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, object]]:
    return engine_options(tmp_path_factory.mktemp("engines"))


def test_the_bench_has_two_hundred_clips() -> None:
    assert len(KINDS) * len(FORMS) * VERSIONS == 200


@pytest.mark.parametrize("engine", ["whisper", "faster-whisper", "pocketsphinx"])
def test_no_word_no_finding_and_no_fact_comes_of_clips_without_a_voice(
    engine: str, options: Mapping[str, Mapping[str, object]]
) -> None:
    heard = list(listen(engine, options[engine], versions=1, forms=("8 kHz µ-law stereo",)))
    assert len(heard) == len(KINDS)
    assert [one for one in heard if not one.is_silent] == []


def test_the_engine_of_the_bench_invents_wording_as_soon_as_it_is_told_that_somebody_speaks(
    options: Mapping[str, Mapping[str, object]],
) -> None:
    channel = SpeechChannel(samples(noise(6)), (Span(0.5, 5.5),))
    (heard,) = load_transcriber("whisper", options["whisper"]).transcribe([channel], language="en").channels
    assert "this call is recorded" in " ".join(segment.text for segment in heard)


def test_keys_that_the_detector_takes_for_a_voice_are_no_speech(tmp_path: Path) -> None:
    clips = write_clips(tmp_path, versions=1, forms=("8 kHz µ-law mono",))
    pressed = next(clip.path for clip in clips if clip.kind == "keys")
    (signal,) = load_decoder().decode(pressed, tmp_path).signals
    assert load_detector().detect(signal) != ()
    assert listen_to_channel(load_detector(), Party.UNKNOWN, signal).speech == ()


def test_a_voice_beside_pressed_keys_is_still_speech() -> None:
    sound = samples(np.concatenate([silence(3.0), keys("12"), silence(3.0)]))
    spoken = (Span(0.5, 2.0), Span(2.4, 6.0))
    before, first, after = without_keys(spoken, find_tones(sound))
    assert before == spoken[0]
    assert (first.start, after.end) == (2.4, 6.0)
    assert first.end < 3.1
    assert after.start > 3.3
