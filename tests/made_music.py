"""Music as it is played on hold, made for tests: chords, tunes with a beat, broken chords, a ring-back melody."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from tests.made_sounds import RATE_HZ, Sound, noise

ROOTS_HZ = (131.0, 165.0, 220.0, 262.0, 330.0)
_MINOR, _MAJOR = (0, 3, 7, 12), (0, 4, 7, 12)
_SCALE = np.array([0, 2, 4, 7, 9, 12, 14, 16])
_LENGTHS = (0.18, 0.25, 0.3, 0.4, 0.5)


def chords(version: int, seconds: float = 12.0) -> Sound:
    """Held chords with overtones that swell, as an organ or a string pad on hold plays them."""
    return _loop([_chord(root, scale, 3.0) for root, scale in _harmony(version)], seconds)


def tune(version: int, seconds: float = 12.0) -> Sound:
    """A plucked tune with a bass and a beat of noise, under a bowed line that is like a voice."""
    chance, length = np.random.default_rng(version), _LENGTHS[version]
    scale = ROOTS_HZ[version] * 2 ** (_SCALE / 12)
    plucked = [_pluck(float(chance.choice(scale)), length, version) for _ in range(int(seconds / length))]
    return np.concatenate(plucked) + _lead(scale, length * len(plucked), version)


def piano(version: int, seconds: float = 12.0) -> Sound:
    """Broken chords of struck strings that ring on into each other."""
    sound = np.zeros(round((seconds + 3) * RATE_HZ))
    steps = [root * 2 ** (step / 12) for root, scale in _harmony(version) for step in (*scale, *scale[2:0:-1])]
    for number, at in enumerate(np.arange(0, seconds, _LENGTHS[version])):
        begin = round(at * RATE_HZ)
        note = _struck(2 * steps[number % len(steps)])
        sound[begin : begin + len(note)] += note[: len(sound) - begin]
    return sound[: round(seconds * RATE_HZ)]


def ring_back_melody(version: int, seconds: float = 12.0) -> Sound:
    """One square wave, as telephones and games play melodies."""
    chance, length = np.random.default_rng(version), _LENGTHS[version]
    time = np.arange(round(length * RATE_HZ)) / RATE_HZ
    fade = np.minimum(1, np.minimum(time, length - time) / 0.01)
    hertz = 4 * ROOTS_HZ[version] * 2 ** (chance.choice(_SCALE, int(seconds / length)) / 12)
    return np.concatenate([0.1 * fade * np.sign(np.sin(2 * np.pi * one * time)) for one in hertz])


def band(version: int, seconds: float = 12.0) -> Sound:
    """Chords, a bass, drums of noise on every beat and a tune above them."""
    parts = (0.6 * chords(version, seconds), 0.5 * piano(version, seconds), 0.7 * tune(version, seconds))
    shortest = min(map(len, parts))
    beat = np.arange(shortest) % round(2 * _LENGTHS[version] * RATE_HZ)
    drums = noise(shortest / RATE_HZ, level=0.12, seed=version)[:shortest] * np.exp(-beat / 900)
    return np.asarray(drums + np.sum([part[:shortest] for part in parts], axis=0))


MUSIC: Mapping[str, Callable[[int, float], Sound]] = {
    "chords": chords,
    "tune": tune,
    "piano": piano,
    "ring-back melody": ring_back_melody,
    "band": band,
}


def _harmony(version: int) -> list[tuple[float, tuple[int, ...]]]:
    root = ROOTS_HZ[version]
    return [(root * 2 ** (up / 12), _MINOR if number % 2 else _MAJOR) for number, up in enumerate((0, 9, 5, 7))]


def _loop(parts: list[Sound], seconds: float) -> Sound:
    return np.resize(np.concatenate(parts), round(seconds * RATE_HZ))


def _chord(root: float, scale: tuple[int, ...], seconds: float) -> Sound:
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    swell = np.minimum(1, np.minimum(time, seconds - time) / 0.2)
    notes = [root * 2 ** (step / 12) * over for step in scale for over in (1, 2, 3, 4)]
    return np.asarray(swell * np.sum([np.sin(2 * np.pi * hertz * time) / hertz for hertz in notes], axis=0) * 12)


def _lead(scale: NDArray[np.float64], seconds: float, version: int) -> Sound:
    """A bowed line with vibrato and a formant, which is what music has most like a voice."""
    chance = np.random.default_rng(version)
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    hertz = chance.choice(scale, int(seconds * 2) + 1)[(time * 2).astype(int)]
    phase = 2 * np.pi * np.cumsum(hertz * (1 + 0.02 * np.sin(2 * np.pi * 5.5 * time))) / RATE_HZ
    strength = [np.exp(-(((over * hertz - 900) / 600) ** 2)) + 0.3 / over for over in range(1, 15)]
    sound = np.sum([np.sin(over * phase) * one for over, one in enumerate(strength, 1)], axis=0)
    return np.asarray(0.03 * sound * np.clip((time * 2 % 1) * 10, 0, 1))


def _pluck(hertz: float, seconds: float, version: int) -> Sound:
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    overtones = [np.sin(2 * np.pi * hertz * over * time) / over**2 for over in range(1, 8)]
    bass = np.sin(2 * np.pi * hertz / 4 * time) * 0.5
    beat = noise(seconds, level=0.2, seed=version) * np.exp(-time * 40)
    return np.asarray((np.sum(overtones, axis=0) * np.exp(-time * 6) + bass + beat) * 0.15)


def _struck(hertz: float) -> Sound:
    time = np.arange(3 * RATE_HZ) / RATE_HZ
    # Strings are stiff: their overtones lie a little too high, and the high ones die away first.
    partials = [(over * np.sqrt(1 + 0.0004 * over**2), over) for over in range(1, 9)]
    waves = [np.sin(2 * np.pi * hertz * at * time) * np.exp(-time * (1 + over)) / over for at, over in partials]
    return np.asarray(0.08 * np.sum(waves, axis=0))
