"""Shrinks a channel to a few thousand pairs of peaks, so that a page can draw hours of sound at once."""

import numpy as np

from voiceops.analysis.signal_blocks import Samples, blocks
from voiceops.analysis.sound import RATE_HZ

# A line of a wide screen has about as many points.
MOST_PAIRS = 3_000
_LEAST_SAMPLES = RATE_HZ // 100
_BLOCK_SAMPLES = 60 * RATE_HZ
_STEPS_OF_8_BITS = 8


def measure_peaks(signal: Samples) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The lowest and the highest sample of each stretch, in 8 bits; at most `MOST_PAIRS` of 10 ms or longer."""
    step = max(_LEAST_SAMPLES, -(-len(signal) // MOST_PAIRS))
    low: list[int] = []
    high: list[int] = []
    for block in blocks(signal, max(1, _BLOCK_SAMPLES // step) * step):
        begins = np.arange(0, len(block), step)
        low += (np.minimum.reduceat(block, begins) >> _STEPS_OF_8_BITS).tolist()
        high += (np.maximum.reduceat(block, begins) >> _STEPS_OF_8_BITS).tolist()
    return tuple(low), tuple(high)
