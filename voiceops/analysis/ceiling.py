"""The highest score that an alignment of a wording in a stretch can have: what is worth aligning, before it is done."""

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.align import FOUND_WELL, SPLIT_SLACK
from voiceops.analysis.heard_words import HeardWords, LaidOut
from voiceops.analysis.postings import Numbers, Shares
from voiceops.analysis.wording import Wording


class Ceiling:
    """What the parts of all wordings weigh, as one table with a row for each wording."""

    def __init__(self, heard: HeardWords) -> None:
        self._heard = heard
        wordings = heard.wordings
        shape = (len(wordings), max((len(wording.parts) for wording in wordings), default=0))
        self._weights, self._taken = np.zeros(shape), np.zeros(shape)
        self._initials, self._letters = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for at, wording in enumerate(wordings):
            self._enter(at, wording)

    def _enter(self, at: int, wording: Wording) -> None:
        for place, part in enumerate(wording.parts):
            self._weights[at, place] = part.weight / wording.total
            self._taken[at, place] = part.number < 0  # a slot may always be filled
        for place, form, _ in wording.long_parts:
            self._initials[at, place] = ord(form[0])
            self._letters[at, place] = len(form)

    def of(self, laid: LaidOut, wording: Numbers, first: Numbers, last: Numbers) -> Shares:
        """For each stretch of places the sum of what its parts may at best be worth, whatever their order."""
        lengths = last - first
        begins = np.cumsum(lengths) - lengths
        stretch = np.repeat(np.arange(len(first)), lengths)
        places = np.arange(len(stretch)) + np.repeat(first - begins, lengths)
        worth = self._taken[wording]
        which, part, likeness = self._heard.pairs.of_pairs(laid.words[places], wording[stretch])
        np.maximum.at(worth.reshape(-1), stretch[which] * worth.shape[1] + part, likeness)
        worth[self._may_be_split(laid, wording, places, begins, stretch) & (worth < FOUND_WELL)] = 1.0
        scores: Shares = (worth * self._weights[wording]).sum(axis=1)
        return scores

    def _may_be_split(
        self, laid: LaidOut, wording: Numbers, places: Numbers, begins: Numbers, stretch: Numbers
    ) -> NDArray[np.bool_]:
        """Which parts of each stretch two of its words may be, by first letter and length."""
        owner = wording[stretch]
        together = laid.together[places]
        together[np.append(begins[1:], len(together))[: len(begins)] - 1] = 0  # the last word of a stretch has no next
        may_be = (self._initials[owner] == laid.initials[places, None]) & (
            np.abs(self._letters[owner] - together[:, None]) <= SPLIT_SLACK
        )
        return np.logical_or.reduceat(may_be, begins)
