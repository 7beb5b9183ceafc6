"""Clips are cut in memory, with every channel, and without any program from outside."""

import io
import wave

import numpy as np
import pytest

from voiceops.engines.clip import cut_clip
from voiceops.errors import BadInput
from voiceops.ports import SIGNAL_RATE_HZ, Signal


def _ramps(channels: int, seconds: int = 10) -> tuple[Signal, ...]:
    ramp = np.arange(seconds * SIGNAL_RATE_HZ) % 30_000
    return tuple((ramp + number).astype(np.int16) for number in range(channels))


def _read(clip: bytes) -> tuple[int, Signal]:
    with wave.open(io.BytesIO(clip)) as file:
        assert file.getsampwidth() == 2
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        return file.getframerate(), samples.reshape(-1, file.getnchannels())


@pytest.mark.parametrize("channels", [1, 2, 3])
def test_a_clip_holds_exactly_the_samples_of_its_stretch(channels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # Neither ffmpeg nor ffprobe can be found.
    signals = _ramps(channels)
    rate, samples = _read(cut_clip(signals, 2.5, 4.0))
    assert rate == SIGNAL_RATE_HZ
    assert np.array_equal(samples, np.stack(signals, axis=1)[40_000:64_000])


def test_a_stretch_over_the_ends_is_moved_inside() -> None:
    _, samples = _read(cut_clip(_ramps(1), -3.0, 99.0))
    assert len(samples) == 10 * SIGNAL_RATE_HZ


@pytest.mark.parametrize(("start", "end"), [(5.0, 5.0), (6.0, 5.0), (11.0, 12.0)])
def test_a_stretch_with_nothing_in_it_is_refused(start: float, end: float) -> None:
    with pytest.raises(BadInput, match=r"0 to 10\.0 seconds"):
        cut_clip(_ramps(1), start, end)
