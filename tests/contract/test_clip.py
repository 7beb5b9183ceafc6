"""Clips are cut in memory, with every channel, and without any program from outside."""

import io
import wave

import numpy as np
import pytest

from voiceops.engines.clip import write_clip
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
def test_a_clip_holds_exactly_the_samples_of_its_channels(channels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # Neither ffmpeg nor ffprobe can be found.
    signals = _ramps(channels)
    rate, samples = _read(write_clip(signals))
    assert rate == SIGNAL_RATE_HZ
    assert np.array_equal(samples, np.stack(signals, axis=1))


def test_a_stretch_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(BadInput, match="no audio"):
        write_clip((np.zeros(0, np.int16),) * 2)
