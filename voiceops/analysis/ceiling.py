"""The highest score that an alignment of a wording in a stretch can have: what is worth aligning, before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.align import FOUND_WELL, SPLIT_SLACK
from voiceops.analysis.heard_words import HeardWords, LaidOut
from voiceops.analysis.postings import Numbers, Shares
from voiceops.analysis.wording import NUMBER_SLOT, Wording


@dataclass(frozen=True, eq=False)
class Stretches:
    """Where wordings may lie, as columns: the wording, its first place, the one after its last, the score needed."""

    wording: Numbers
    first: Numbers
    last: Numbers
    floor: Shares


class Ceiling:
    """What the parts of all wordings weigh, as one table with a row for each wording."""

    def __init__(self, heard: HeardWords) -> None:
        self._heard = heard
        wordings = heard.wordings
        shape = (len(wordings), max((len(wording.parts) for wording in wordings), default=0))
        self._weights, self._taken = np.zeros(shape), np.zeros(shape)
        self._numbers, self._initials, self._letters = np.zeros((3, *shape), dtype=np.int64)
        for at, wording in enumerate(wordings):
            self._enter(at, wording)

    def _enter(self, at: int, wording: Wording) -> None:
        for place, part in enumerate(wording.parts):
            self._weights[at, place] = part.weight / wording.total
            self._taken[at, place] = part.number < NUMBER_SLOT  # any words fill such a slot
        for place, form, number in wording.long_parts:
            self._numbers[at, place] = number
            self._initials[at, place] = ord(form[0])
            self._letters[at, place] = len(form)

    def reaching(self, laid: LaidOut, stretches: Stretches) -> Iterator[tuple[int, list[int]]]:
        """The stretches, by index, that may score their floor, and the places in each of a word of the wording.

        A score is no higher than the sum of what the parts may at best be worth, whatever their order.
        """
        wording, lengths = stretches.wording, stretches.last - stretches.first
        owner = np.repeat(np.arange(len(lengths)), lengths)
        places = np.arange(len(owner)) + np.repeat(stretches.last - np.cumsum(lengths), lengths)
        worth = self._taken[wording]
        which, part, likeness = self._heard.pairs.of_pairs(laid.words[places], wording[owner])
        np.maximum.at(worth, (owner[which], part), likeness)
        low = ~self._reach(stretches, worth)
        pieces = np.flatnonzero(low[owner] & (places + 1 < stretches.last[owner]))
        self._raise_by_splits(laid, stretches, worth, (owner[pieces], places[pieces]))
        hits = which[np.diff(which, prepend=-1) > 0]
        bounds = np.searchsorted(owner[hits], np.arange(len(lengths) + 1)).tolist()
        hit_places = places[hits].tolist()
        for at in np.flatnonzero(self._reach(stretches, worth)).tolist():
            yield at, hit_places[bounds[at] : bounds[at + 1]]

    def _reach(self, stretches: Stretches, worth: Shares) -> NDArray[np.bool_]:
        reach: NDArray[np.bool_] = (worth * self._weights[stretches.wording]).sum(axis=1) >= stretches.floor
        return reach

    def _raise_by_splits(
        self, laid: LaidOut, stretches: Stretches, worth: Shares, pieces: tuple[Numbers, Numbers]
    ) -> None:
        """Enters what parts are worth that a place's word and the next are together; only where that may be enough."""
        owner, places = pieces
        wording = stretches.wording[owner]
        row, part = np.nonzero(
            (self._initials[wording] == laid.initials[places, None])
            & (np.abs(self._letters[wording] - laid.together[places, None]) <= SPLIT_SLACK)
        )
        owner, places, number = owner[row], places[row], self._numbers[wording[row], part]
        hoped = worth.copy()
        hoped[owner, part] = 1.0
        asked = np.flatnonzero((worth[owner, part] < FOUND_WELL) & self._reach(stretches, hoped)[owner])
        heard = (column[asked].tolist() for column in (laid.words[places], laid.words[places + 1], number))
        likeness = [self._heard.likeness_of_two(*pair) for pair in zip(*heard, strict=True)]
        np.maximum.at(worth, (owner[asked], part[asked]), likeness)
