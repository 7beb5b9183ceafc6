"""Tells notes from voices: a note holds its pitch for a while, a voice glides from syllable to syllable."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples, overlapping_blocks
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ

# Telephone sound has nothing above 4 kHz. Frames of 128 ms part the overtones of instruments that play together.
_STEP = 2
_FRAME = 1024
_HOP = 256
HOP_SECONDS = _HOP * _STEP / RATE_HZ
_BLOCK_FRAMES = 625  # 20 s
_BINS = slice(32, 436)  # 250 to 3400 Hz
# A partial stands so far out of what lies 80 Hz around it, for so many frames at one place.
_OUT_DB = 6.0
_AROUND = 21
_HELD_FRAMES = 8
# What sounds at one place half of the time and always equally loud is the line's hum, a fan or a tone, and no note.
_STEADY_SHARE = 0.5
_STEADY_DB = 4.0
_STEADY_FRAMES = 300
# An empty line is softer, and what lies so far under the channel's own loudness is its background.
_LEAST_DB = -66.0
_BACKGROUND_DB = 42.0
_LOUDNESS_PERCENTILE = 99.0

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Notes:
    """Per frame of `HOP_SECONDS`: the share of its energy in held partials, their number, and whether it is loud."""

    held: Floats
    number: Floats
    loud: Flags


def measure_notes(signal: Samples) -> Notes:
    """Reads the signal once; a signal shorter than a frame has none."""
    parts = [_notes(frames) for frames in _framed(signal) if len(frames)]
    if not parts:
        return Notes(np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0, np.bool_))
    held, number, level_db = (np.concatenate(part) for part in zip(*parts, strict=True))
    background_db = float(np.percentile(level_db, _LOUDNESS_PERCENTILE)) - _BACKGROUND_DB
    return Notes(held, number, level_db > max(_LEAST_DB, background_db))


def _framed(signal: Samples) -> Iterator[Floats]:
    hop = _HOP * _STEP
    for block in overlapping_blocks(signal, _BLOCK_FRAMES * hop, _FRAME * _STEP - hop):
        samples = block[: len(block) - len(block) % _STEP].astype(np.float32).reshape(-1, _STEP).mean(axis=1)
        if len(samples) >= _FRAME:
            yield np.lib.stride_tricks.sliding_window_view(samples / FULL_SCALE, _FRAME)[::_HOP]


def _notes(frames: Floats) -> tuple[Floats, Floats, Floats]:
    """Per frame the share of its energy in held partials, their number, and its level in dB of full scale."""
    level_db = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    if level_db.max() <= _LEAST_DB:
        nothing = np.zeros(len(frames), np.float32)
        return nothing, nothing, level_db
    window = np.hanning(_FRAME).astype(np.float32)
    power = (np.abs(np.fft.rfft(frames * window, axis=1)[:, _BINS]) ** 2).astype(np.float32) + 1e-12
    partials = _partials(power)
    near = _beside(partials)
    if len(frames) >= _STEADY_FRAMES:
        notes = ~_steady(power, near)
        power, partials, near = power[:, notes], partials[:, notes], near[:, notes]
    held = _held(near)
    share = (power * held).sum(axis=1) / (power.sum(axis=1) + 1e-9)
    return share.astype(np.float32), (held & partials).sum(axis=1).astype(np.float32), level_db


def _steady(power: Floats, near: Flags) -> Flags:
    """The places of tones that never change."""
    often = np.flatnonzero(near.mean(axis=0) > _STEADY_SHARE)
    low, middle = np.percentile(10 * np.log10(power[:, often]), (10, 50), axis=0)
    steady = np.zeros((1, power.shape[1]), np.bool_)
    steady[0, often[middle - low < _STEADY_DB]] = True
    around: Flags = _beside(steady)[0]
    return around


def _partials(power: Floats) -> Flags:
    level = 10 * np.log10(power)
    summed = np.cumsum(np.pad(level, ((0, 0), (_AROUND // 2 + 1, _AROUND // 2)), mode="edge"), axis=1)
    around = (summed[:, _AROUND:] - summed[:, :-_AROUND]) / _AROUND
    partials: Flags = level - around > _OUT_DB
    partials[:, 1:] &= level[:, 1:] >= level[:, :-1]
    partials[:, :-1] &= level[:, :-1] >= level[:, 1:]
    return partials


def _beside(flags: Flags) -> Flags:
    """The flags, and their neighbours: a partial between two places is in either."""
    beside = flags.copy()
    beside[:, 1:] |= flags[:, :-1]
    beside[:, :-1] |= flags[:, 1:]
    return beside


def _held(flags: Flags) -> Flags:
    """The flags that belong to a run of `_HELD_FRAMES` or more in time."""
    if len(flags) < _HELD_FRAMES:
        return np.zeros_like(flags)
    counted = np.cumsum(np.pad(flags, ((1, 0), (0, 0))), axis=0, dtype=np.int32)
    begins = counted[_HELD_FRAMES:] - counted[:-_HELD_FRAMES] == _HELD_FRAMES
    held = np.zeros_like(flags)
    for later in range(_HELD_FRAMES):
        held[later : later + len(begins)] |= begins
    return held
