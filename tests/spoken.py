"""WAV files with a real voice in them, made from a sample."""

import io
import tempfile
import wave
from functools import cache
from pathlib import Path

import numpy as np

from voiceops.engines import load_decoder
from voiceops.ports import SIGNAL_RATE_HZ, Signal

SAMPLE = Path(__file__).parents[1] / "samples" / "voicemails" / "01-urgent.flac"
SECONDS = 3


def a_spoken_wav(*, seed: int = 0, silent: bool = False, channels: int = 1) -> bytes:
    """Three seconds of a voice, or of faint line noise; another seed gives other bytes that sound alike."""
    noise = np.random.default_rng(seed).integers(-2, 3, SECONDS * SIGNAL_RATE_HZ).astype(np.int16)
    signal = noise if silent else (a_voice() + noise)
    return a_wav(*[signal] * channels)


def a_wav(*channels: Signal) -> bytes:
    """A file with these channels, of one length."""
    data = io.BytesIO()
    with wave.open(data, "wb") as out:
        out.setnchannels(len(channels))
        out.setsampwidth(2)
        out.setframerate(SIGNAL_RATE_HZ)
        out.writeframes(np.stack(channels, axis=1).astype("<i2").tobytes())
    return data.getvalue()


@cache
def a_voice() -> Signal:
    """Three seconds of a real voice."""
    with tempfile.TemporaryDirectory() as folder:
        audio = load_decoder("pyav").decode(SAMPLE, Path(folder))
        return np.array(audio.signals[0][: SECONDS * SIGNAL_RATE_HZ])
