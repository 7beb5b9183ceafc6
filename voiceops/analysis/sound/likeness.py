"""How much two channels hold the same sound, with another gain or a small delay: one mix, or crosstalk."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples, blocks
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ

BLOCK_SECONDS = 1.0
_BLOCK = RATE_HZ
# Telephone speech has nothing above 4 kHz: every second sample is enough, at a third of the cost.
_STEP = 2
_LONGEST_LAG = RATE_HZ // _STEP // 20
_LEAST_RMS = 0.0003
SAME_LIKENESS = 0.9
_SAME_GAIN_DB = 12.0
_SAME_SHARE = 0.9
_SAME_SECONDS = 1.0


@dataclass(frozen=True)
class Likeness:
    """Per second of two channels: the greatest correlation 0..1 within 50 ms, and the second's level over the first's.

    Correlation 0 where either is silent; `active` tells where any is not.
    """

    correlation: NDArray[np.float32]
    gain_db: NDArray[np.float32]
    active: NDArray[np.bool_]


def compare(first: Samples, second: Samples) -> Likeness:
    """Both channels, second by second."""
    rows = [alike(one, other) for one, other in zip(blocks(first, _BLOCK), blocks(second, _BLOCK), strict=True)]
    table = np.array(rows, dtype=np.float32).reshape(-1, 3)
    return Likeness(table[:, 0], table[:, 1], table[:, 2] > 0)


def is_one_mix(likeness: Likeness) -> bool:
    """Whether both channels hold one and the same mix, as mono that was written twice."""
    active = likeness.active
    if active.sum() * BLOCK_SECONDS < _SAME_SECONDS:
        return False
    same = (likeness.correlation >= SAME_LIKENESS) & (np.abs(likeness.gain_db) <= _SAME_GAIN_DB)
    return bool(np.mean(same[active]) >= _SAME_SHARE)


def alike(first: Samples, second: Samples) -> tuple[float, float, float]:
    """Of two equally long pieces: the greatest correlation, the second one's gain in dB, 1 where any is not silent."""
    one, other = (_thinned(block) for block in (first, second))
    energies = float(one @ one), float(other @ other)
    least = len(one) * _LEAST_RMS**2
    if min(energies) < least:
        return 0.0, 0.0, float(max(energies) >= least)
    size = 2 << (len(one) + _LONGEST_LAG).bit_length() - 1
    product = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    near = np.concatenate([product[: _LONGEST_LAG + 1], product[-_LONGEST_LAG:]])
    correlation = float(np.abs(near).max() / np.sqrt(energies[0] * energies[1]))
    return min(1.0, correlation), float(10 * np.log10(energies[1] / energies[0])), 1.0


def _thinned(block: Samples) -> NDArray[np.float32]:
    even = block[: len(block) - len(block) % _STEP].astype(np.float32).reshape(-1, _STEP).mean(axis=1) / FULL_SCALE
    thinned: NDArray[np.float32] = even - even.mean() if len(even) else even
    return thinned
