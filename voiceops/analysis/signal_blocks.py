"""Reads a long signal block by block; one that is mapped from a file never fills the memory."""

import mmap
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]


def blocks(signal: Samples, samples: int) -> Iterator[Samples]:
    """Stretches of so many samples in order, the last one shorter.

    The pages of a mapped file count as the process's memory from when they are read; they are given
    back with each block.
    """
    for begin in range(0, len(signal), samples):
        yield signal[begin : begin + samples]
        give_back(signal)


def give_back(signal: Samples) -> None:
    """Give back the memory of what was read of a mapped file; any other signal stays."""
    mapped = _map_of(signal)
    if mapped is not None:
        mapped.madvise(mmap.MADV_DONTNEED)


def overlapping_blocks(signal: Samples, samples: int, overlap: int) -> Iterator[Samples]:
    """As `blocks`, each with so many samples of the next, for frames that reach over the border."""
    before: Samples | None = None
    for block in blocks(signal, samples):
        if before is not None:
            yield np.concatenate([before, block[:overlap]])
        before = np.array(block)
    if before is not None:
        yield before


def _map_of(signal: Samples) -> mmap.mmap | None:
    owner: object = signal
    while isinstance(owner, np.ndarray):
        owner = owner.base
    return owner if isinstance(owner, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED") else None
