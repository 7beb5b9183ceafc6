"""Two hundred made recordings in which nobody speaks: what a telephone line carries besides voices.

Ten kinds of sound, each in four forms of file and five versions that differ in level, pitch and chance.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.audio_files import Encoding, Samples, write_audio
from tests.made_music import chords, tune
from tests.made_sounds import RATE_HZ, Sound, beats, keys, noise, pink, samples, silence, tones

VERSIONS = 5
_SECONDS = 12.0
_LEVELS = (0.004, 0.02, 0.06, 0.15, 0.3)
_KEYS = ("159#", "4111111111111111", "0", "*21*00361234567#", "2580ABCD")


@dataclass(frozen=True)
class Form:
    """How a clip is written: the file's encoding and its channels."""

    encoding: Encoding
    channels: int


FORMS: Mapping[str, Form] = {
    "8 kHz µ-law mono": Form(Encoding(".wav", "wav", "pcm_mulaw", "s16", "pcm_mulaw", 8_000), 1),
    "8 kHz µ-law stereo": Form(Encoding(".wav", "wav", "pcm_mulaw", "s16", "pcm_mulaw", 8_000), 2),
    "16 kHz mono": Form(Encoding(".wav", "wav", "pcm_s16le", "s16", "pcm_s16le"), 1),
    "16 kHz stereo": Form(Encoding(".wav", "wav", "pcm_s16le", "s16", "pcm_s16le"), 2),
}


def _hum(version: int) -> Sound:
    mains = 50.0 if version % 2 else 60.0
    parts = [tones((mains * number,), _SECONDS, level=_LEVELS[version] / number) for number in (1, 2, 3, 5, 7)]
    return np.asarray(np.sum(parts, axis=0) + noise(_SECONDS, level=0.0005, seed=version))


def _ring_back(version: int) -> Sound:
    pair, on, off = (((425.0,), 1.0, 4.0), ((440.0, 480.0), 2.0, 4.0), ((400.0, 450.0), 0.4, 0.2))[version % 3]
    return beats(pair, on, off, round(_SECONDS / (on + off)) or 1, level=0.05 + 0.06 * version)


def _busy(version: int) -> Sound:
    pair, on = (((425.0,), 0.5), ((480.0, 620.0), 0.5), ((480.0, 620.0), 0.25))[version % 3]
    return beats(pair, on, on, round(_SECONDS / (2 * on)), level=0.05 + 0.06 * version)


def _pressed(version: int) -> Sound:
    return np.concatenate([keys(_KEYS[version], on=0.06 + 0.05 * version), silence(2.0), keys("0123456789*#")])


def _room(version: int) -> Sound:
    """A room: soft brown noise, a fan's note, and now and then a knock."""
    chance = np.random.default_rng(version)
    sound = pink(_SECONDS, level=_LEVELS[version] / 4, seed=version) + tones((87.0,), _SECONDS, level=0.003)
    for at in chance.integers(0, len(sound) - RATE_HZ // 10, 6):
        knock = noise(0.05, level=0.1, seed=int(at)) * np.exp(-np.arange(RATE_HZ // 20) / 150)
        sound[at : at + len(knock)] += knock
    return np.asarray(sound)


KINDS: Mapping[str, Callable[[int], Sound]] = {
    "silence": lambda version: silence(_SECONDS) + (version > 0) * noise(_SECONDS, level=0.00005 * version),
    "white noise": lambda version: noise(_SECONDS, level=_LEVELS[version], seed=version),
    "pink noise": lambda version: pink(_SECONDS, level=_LEVELS[version], seed=version),
    "hum": _hum,
    "ring-back": _ring_back,
    "busy": _busy,
    "keys": _pressed,
    "chords": chords,
    "tune": tune,
    "room": _room,
}


@dataclass(frozen=True)
class Clip:
    """One recording without a voice."""

    kind: str
    form: str
    path: Path


def write_clips(folder: Path, *, versions: int = VERSIONS, forms: Sequence[str] = tuple(FORMS)) -> Iterator[Clip]:
    """Write kinds x forms x versions files, each with the same sound on its channels at another moment."""
    for kind, make in KINDS.items():
        for version in range(versions):
            sound = samples(make(version))
            for name, form in ((name, FORMS[name]) for name in forms):
                path = folder / f"{kind}-{version}-{name}{form.encoding.suffix}".replace(" ", "-")
                yield Clip(kind, name, write_audio(path, form.encoding, _channels(sound, form)))


def _channels(sound: Samples, form: Form) -> list[Samples]:
    step = RATE_HZ // form.encoding.rate_hz
    thinned = sound[: len(sound) - len(sound) % step].reshape(-1, step).mean(axis=1).astype(np.int16)
    # The other channel is a second and a half late, so that the two are not one mix.
    return [np.roll(thinned, number * form.encoding.rate_hz * 3 // 2) for number in range(form.channels)]
