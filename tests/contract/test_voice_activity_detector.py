"""What every speech detector promises: it finds voices, and nothing else."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.audio_files import real_audio
from voiceops.domain.transcript import Span
from voiceops.engines import DETECTORS, load_decoder, load_detector
from voiceops.ports import SIGNAL_RATE_HZ, Signal, VoiceActivityDetector

_SECONDS = np.arange(10 * SIGNAL_RATE_HZ) / SIGNAL_RATE_HZ
_SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module", params=DETECTORS)
def detector(request: pytest.FixtureRequest) -> VoiceActivityDetector:
    return load_detector(request.param)


def _loud(sound: NDArray[np.float64], rms: float = 3_000) -> Signal:
    samples: Signal = np.clip(sound / np.sqrt(np.mean(sound**2)) * rms, -32_768, 32_767).astype(np.int16)
    return samples


def _sine(hertz: float) -> NDArray[np.float64]:
    wave: NDArray[np.float64] = np.sin(2 * np.pi * hertz * _SECONDS)
    return wave


_NO_SPEECH = {
    "nothing at all": np.zeros(0, np.int16),
    "less than a chunk": np.ones(100, np.int16),
    "silence": np.zeros(len(_SECONDS), np.int16),
    "line noise": np.random.default_rng(1).normal(0, 5, len(_SECONDS)).astype(np.int16),
    "white noise": _loud(np.random.default_rng(2).normal(size=len(_SECONDS))),
    "a tone": _loud(_sine(440)),
    "mains hum": _loud(_sine(50) + 0.4 * _sine(150) + 0.2 * _sine(250)),
    "ring-back": _loud((_sine(440) + _sine(480)) * (_SECONDS % 6 < 2)),
    "busy": _loud((_sine(480) + _sine(620)) * (_SECONDS % 1 < 0.5)),
    "key tones": _loud((_sine(697) + _sine(1209)) * (_SECONDS % 0.2 < 0.1)),
}


@pytest.mark.parametrize("name", _NO_SPEECH)
def test_where_nobody_speaks_nothing_is_found(name: str, detector: VoiceActivityDetector) -> None:
    assert detector.detect(_NO_SPEECH[name]) == ()


@pytest.mark.parametrize("gain", [1.0, 0.1, 0.03])
def test_speech_between_silences_is_found_where_it_is(
    gain: float, detector: VoiceActivityDetector, tmp_path: Path
) -> None:
    speech = _telephone_speech(tmp_path) * gain
    quiet = np.zeros(5 * SIGNAL_RATE_HZ)
    spans = detector.detect(np.concatenate([quiet, speech, quiet]).astype(np.int16))
    end = 5 + len(speech) / SIGNAL_RATE_HZ
    assert spans
    assert spans[0].start == pytest.approx(5.2, abs=0.5)
    assert spans[-1].end == pytest.approx(end - 0.3, abs=0.6)


def test_stretches_are_in_order_apart_and_inside(detector: VoiceActivityDetector, tmp_path: Path) -> None:
    signal = np.tile(_telephone_speech(tmp_path), 3).astype(np.int16)
    spans = detector.detect(signal)
    assert all(span.start < span.end for span in spans)
    assert all(a.end < b.start for a, b in pairwise(spans))
    assert spans[0].start >= 0
    assert spans[-1].end <= len(signal) / SIGNAL_RATE_HZ


def test_the_same_signal_gives_the_same_stretches_whatever_came_before(
    detector: VoiceActivityDetector, tmp_path: Path
) -> None:
    signal = _telephone_speech(tmp_path).astype(np.int16)
    first = detector.detect(signal)
    detector.detect(_NO_SPEECH["white noise"])
    assert detector.detect(signal) == first


def test_a_memory_map_gives_the_same_as_an_array(detector: VoiceActivityDetector, tmp_path: Path) -> None:
    signal = _telephone_speech(tmp_path).astype(np.int16)
    signal.tofile(tmp_path / "signal.s16")
    assert detector.detect(np.memmap(tmp_path / "signal.s16", np.int16, "r")) == detector.detect(signal)


def test_each_party_of_a_real_call_is_found_on_its_own_channel(detector: VoiceActivityDetector, tmp_path: Path) -> None:
    path = real_audio("derived/Auto_Repairs_40_stereo_Lcaller_Ragent.wav")
    caller, agent = load_decoder().decode(path, tmp_path).signals
    spoken = [_total(detector.detect(signal)) for signal in (caller, agent)]
    assert all(30 < seconds < 180 for seconds in spoken)


def _total(spans: tuple[Span, ...]) -> float:
    return sum(span.seconds for span in spans)


def _telephone_speech(folder: Path) -> NDArray[np.float64]:
    """A sentence from an 8 kHz telephone system, at 16 kHz."""
    signal = load_decoder().decode(real_audio("asterisk/sounds/agent-incorrect.gsm"), folder).signals[0]
    return np.asarray(signal, dtype=np.float64)
