"""Sounds of the telephone made for tests: tones, noise, and something like a voice."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
Sound = NDArray[np.float64]
Samples = NDArray[np.int16]

_KEY_ROWS, _KEY_COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
_KEYS = "123A456B789C*0#D"


def tones(hertz: Sequence[float], seconds: float, *, level: float = 0.2) -> Sound:
    """Sines of equal level added up."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(level * np.sum([np.sin(2 * np.pi * one * time) for one in hertz], axis=0))


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE_HZ))


def noise(seconds: float, *, level: float = 0.05, seed: int = 0) -> Sound:
    """White noise of that RMS."""
    return np.random.default_rng(seed).standard_normal(round(seconds * RATE_HZ)) * level


def pink(seconds: float, *, level: float = 0.05, seed: int = 0) -> Sound:
    """Noise with as much energy in every octave."""
    spectrum = np.fft.rfft(noise(seconds, level=1.0, seed=seed))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    shaped = np.fft.irfft(spectrum, round(seconds * RATE_HZ))
    return np.asarray(shaped / np.std(shaped) * level)


def beats(hertz: Sequence[float], on: float, off: float, times: int, *, level: float = 0.2) -> Sound:
    """A tone that comes and goes."""
    return np.concatenate([part for _ in range(times) for part in (tones(hertz, on, level=level), silence(off))])


def keys(digits: str, *, on: float = 0.08, off: float = 0.08, level: float = 0.15) -> Sound:
    """Keys pressed one after the other, a pause before each."""
    parts = [silence(off)]
    for digit in digits:
        row, column = divmod(_KEYS.index(digit), 4)
        parts += [tones((_KEY_ROWS[row], _KEY_COLUMNS[column]), on, level=level), silence(off)]
    return np.concatenate(parts)


def voice(seconds: float, *, pitch_hz: float = 120.0, level: float = 0.1, seed: int = 0) -> Sound:
    """Something like a voice: harmonics of a wandering pitch under moving formants, in syllables."""
    chance = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    time = np.arange(count) / RATE_HZ
    turns = np.arange(0, seconds + 1, 0.3)
    pitch = pitch_hz * (1 + 0.15 * np.interp(time, turns, chance.standard_normal(len(turns))))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
    formant = 600 + 300 * np.sin(2 * np.pi * 1.7 * time + chance.uniform(0, 6))
    sound = np.zeros(count)
    for number in range(1, 25):
        sound += np.sin(number * phase) * (np.exp(-(((number * pitch - formant) / 500) ** 2)) + 0.1 / number)
    envelope = np.clip(np.sin(2 * np.pi * 2.5 * time) + 0.3, 0, 1)
    sound *= envelope
    return np.asarray(sound / np.sqrt(np.mean(sound**2)) * level)


def samples(sound: Sound) -> Samples:
    """16-bit samples; what is too loud is clipped."""
    return np.clip(np.round(sound * 32_767), -32_768, 32_767).astype(np.int16)
