"""What each word heard may be of which wording, as rows of figures: those of many words are fetched at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]

_FIRST_ROOM = 1024


def _no_rows() -> tuple[Numbers, Shares]:
    return np.zeros((2, 0), dtype=np.int64), np.zeros(0)


@dataclass(eq=False)
class Postings:
    """Rows of (word, wording, part, worth) for words numbered from 0, which come in the order of their numbers.

    `wordings` is how many wordings there are. The room for rows doubles when it is used up, so that a new word costs
    the same however many are known.
    """

    wordings: int
    count: int = 0
    _room: tuple[Numbers, Shares] = field(default_factory=_no_rows)

    def add(self, word: int, rows: Iterable[tuple[int, int, float]]) -> None:
        """Enters the (wording, part, worth) of a word whose number is the highest so far."""
        added = sorted(rows)
        if not added:
            return
        wording, part, worth = zip(*added, strict=True)
        end = self.count + len(added)
        if end > len(self._room[1]):
            more = max(end, _FIRST_ROOM)
            numbers, worths = self._room
            self._room = (
                np.hstack((numbers, np.zeros((2, more), dtype=np.int64))),
                np.hstack((worths, np.zeros(more))),
            )
        self._room[0][0, self.count : end] = np.array(wording) + word * self.wordings
        self._room[0][1, self.count : end] = part
        self._room[1][self.count : end] = worth
        self.count = end

    def of_words(self, words: Numbers) -> tuple[Numbers, Numbers, Numbers, Shares]:
        """All rows of these words: the index of the word in `words`, and the wordings, parts and worths."""
        which, rows = self._between(words * self.wordings, (words + 1) * self.wordings)
        (key, part), worth = self._room[0][:, rows], self._room[1][rows]
        return which, key - words[which] * self.wordings, part, worth

    def of_pairs(self, words: Numbers, wordings: Numbers) -> tuple[Numbers, Numbers, Shares]:
        """The rows of each word and the wording beside it: the index of the pair, and the parts and worths."""
        low = words * self.wordings + wordings
        which, rows = self._between(low, low + 1)
        return which, self._room[0][1, rows], self._room[1][rows]

    def _between(self, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
        """For each range of keys its index, and its rows, one range behind the other."""
        keys = self._room[0][0, : self.count]
        first = np.searchsorted(keys, low)
        counts = np.searchsorted(keys, high) - first
        which = np.repeat(np.arange(len(low)), counts)
        return which, np.arange(len(which)) + np.repeat(first - np.cumsum(counts) + counts, counts)
