"""Splits voiceprints into two groups that are as alike inside, and as unlike each other, as can be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.voices import Voiceprints

_STARTS = 3
_ROUNDS = 50
Labels = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Split:
    """`is_second` tells the group of each print; `first` and `second` are the groups' means of length 1."""

    is_second: Labels
    first: Voiceprints
    second: Voiceprints
    gap: float

    @property
    def leaning(self) -> NDArray[np.float32]:
        """The direction that points from the second voice to the first."""
        return np.asarray(self.first - self.second)


def split_in_two(prints: Voiceprints) -> Split | None:
    """The best of several 2-means on the sphere, begun along their main directions; None where none differ."""
    centred = prints - prints.mean(axis=0)
    *_, directions = np.linalg.svd(centred, full_matrices=False)
    tried = [_settled(prints, centred @ direction > 0) for direction in directions[:_STARTS]]
    splits = [split for split in tried if split is not None]
    return max(splits, key=lambda split: _fit(prints, split), default=None)


def _settled(prints: Voiceprints, is_second: Labels) -> Split | None:
    for _ in range(_ROUNDS):
        if is_second.all() or not is_second.any():
            return None
        first, second = _mean(prints[~is_second]), _mean(prints[is_second])
        moved = prints @ second > prints @ first
        if (moved == is_second).all():
            return Split(is_second, first, second, _gap(prints, is_second))
        is_second = moved
    return None


def _mean(prints: Voiceprints) -> Voiceprints:
    mean = prints.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9))


def _fit(prints: Voiceprints, split: Split) -> float:
    return float(np.maximum(prints @ split.first, prints @ split.second).sum())


def _gap(prints: Voiceprints, is_second: Labels) -> float:
    """How much more alike two windows of one group are than one of each, on average.

    The sums of a group hold what all its pairs add up to, so that no table of pairs is needed.
    """
    sums = [prints[~is_second].sum(axis=0), prints[is_second].sum(axis=0)]
    counts = [int((~is_second).sum()), int(is_second.sum())]
    pairs = sum(count * (count - 1) for count in counts)
    if not pairs:
        return 0.0
    inside = sum(float(total @ total) - count for total, count in zip(sums, counts, strict=True)) / pairs
    return inside - float(sums[0] @ sums[1]) / (counts[0] * counts[1])
