"""Finds the keys that somebody pressed (DTMF) by Goertzel's measure of eight frequencies."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples, overlapping_blocks
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ
from voiceops.domain.sound import Tone, ToneKind

# ITU-T Q.23 gives the frequencies; Q.24 asks for keys of 40 ms to be heard.
_LOW_HZ = (697.0, 770.0, 852.0, 941.0)
_HIGH_HZ = (1209.0, 1336.0, 1477.0, 1633.0)
_KEYS = ("123A", "456B", "789C", "*0#D")
_FRAME = 400  # 25 ms: the frequencies of a group are 73 Hz apart at least, a bin is 40 Hz wide.
_HOP = 100
_HOP_SECONDS = _HOP / RATE_HZ
_BLOCK_HOPS = 9_600
_LEAST_FRAMES = 4
_GAP_FRAMES = 1
# Of a key, two frequencies have nearly all of the energy; of a voice never for long.
_LEAST_SHARE = 0.8
_TWIST = 10.0 ** (9 / 10)
_RIVAL = 0.25
_LEAST_RMS = 0.003

Floats = NDArray[np.float32]


def pressed_keys(signal: Samples) -> tuple[Tone, ...]:
    """Every key press in order, with its times."""
    blocks = overlapping_blocks(signal, _BLOCK_HOPS * _HOP, _FRAME - _HOP)
    return tuple(_presses(np.concatenate([_codes(block) for block in blocks] or [np.zeros(0, int)])))


def _codes(block: Samples) -> NDArray[np.int_]:
    """For each hop the key's number 0 to 15, or -1."""
    if len(block) < _FRAME:
        return np.full(len(block) // _HOP, -1)
    samples = block.astype(np.float32) / FULL_SCALE
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP]
    energy = np.einsum("ij,ij->i", frames, frames)
    loud = energy > _FRAME * _LEAST_RMS**2
    codes = np.full(len(frames), -1)
    codes[loud] = _keys_of(frames[loud], energy[loud])
    return codes


def _keys_of(frames: Floats, energy: Floats) -> NDArray[np.int_]:
    time = np.arange(_FRAME) / RATE_HZ
    waves = np.exp(-2j * np.pi * np.outer(time, (*_LOW_HZ, *_HIGH_HZ))).astype(np.complex64)
    # A sine's energy over the frame is twice its squared Goertzel magnitude, divided by the length.
    power = np.abs(frames @ waves) ** 2 * (2 / _FRAME)
    low, high = power[:, :4], power[:, 4:]
    row, column = low.argmax(axis=1), high.argmax(axis=1)
    best_low, best_high = low.max(axis=1), high.max(axis=1)
    is_key = best_low + best_high > _LEAST_SHARE * energy
    is_key &= (best_low < _TWIST * best_high) & (best_high < _TWIST * best_low)
    is_key &= np.sort(low, axis=1)[:, 2] < _RIVAL * best_low
    is_key &= np.sort(high, axis=1)[:, 2] < _RIVAL * best_high
    return np.where(is_key, row * 4 + column, -1)


def _presses(codes: NDArray[np.int_]) -> Iterator[Tone]:
    """Runs of one key, a frame lost in the middle forgiven."""
    first = last = 0
    held = -1
    for number in np.flatnonzero(codes >= 0):
        code = int(codes[number])
        if code != held or number - last > 1 + _GAP_FRAMES:
            yield from _press(held, first, last)
            held, first = code, int(number)
        last = int(number)
    yield from _press(held, first, last)


def _press(code: int, first: int, last: int) -> Iterator[Tone]:
    if code >= 0 and last - first + 1 >= _LEAST_FRAMES:
        end = last * _HOP_SECONDS + _FRAME / RATE_HZ
        yield Tone(ToneKind.KEY, first * _HOP_SECONDS, end, _KEYS[code // 4][code % 4])
