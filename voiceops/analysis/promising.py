"""Where in a run a wording may lie: a count of its words of meaning over all places at once, before any alignment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voiceops.analysis.ceiling import Ceiling, Stretches
from voiceops.analysis.heard_words import RUN_GAP, HeardWords, LaidOut
from voiceops.analysis.normalise import Token
from voiceops.analysis.postings import Numbers, Shares

# A wording's words may be this many tokens away from where they would stand.
SLACK = 3
# The share of a wording's meaning, words that merely resemble it counted, below which a place is not aligned.
PROMISING_SHARE = 0.6
# No wording has so many parts; a place may begin before the first token by less.
_PART_ROOM = 256
# Sums of the same figures in another order differ by less than this.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` to before `last` of a run may hold a wording; both by index.

    `share` of its meaning is there, 0..1; no other of these tokens than `hits` may be a word of it.
    """

    wording: int
    run: int
    first: int
    last: int
    share: float
    hits: Sequence[int]


@dataclass(frozen=True, eq=False)
class Survey:
    """All stretches with any word of any wording, as columns. `first` and `last` are places, not yet tokens."""

    laid: LaidOut
    ceiling: Ceiling
    wording: Numbers
    run: Numbers
    first: Numbers
    last: Numbers
    share: Shares

    def promising(self, floor: float, turned: tuple[float, float]) -> list[Stretch]:
        """The stretches worth an alignment: those that may score `floor` in the wording's own order.

        Where a share of `turned[0]` is there, `turned[1]` is enough: another order may be found.
        """
        at = np.flatnonzero(self.share >= PROMISING_SHARE)
        floors = np.where(self.share[at] >= turned[0], min(turned[1], floor), floor) - _ROUNDING
        stretches = Stretches(self.wording[at], self.first[at], self.last[at], floors)
        return [self._stretch(int(at[one]), hits) for one, hits in self.ceiling.reaching(self.laid, stretches)]

    def nearest(self, wordings: Sequence[int]) -> Stretch | None:
        """The stretch with the largest share among those of some wordings; None where nothing of them was heard."""
        ranges = np.searchsorted(self.wording, [(at, at + 1) for at in wordings]).reshape(-1, 2)  # they are in order
        of_them = np.concatenate([np.arange(*pair) for pair in ranges] or [np.zeros(0, dtype=np.int64)])
        if not len(of_them):
            return None
        best = int(of_them[np.argmax(self.share[of_them])])
        return self._stretch(best, range(self.first[best], self.last[best]))

    def _stretch(self, at: int, hits: Sequence[int]) -> Stretch:
        run = int(self.run[at])
        base = int(self.laid.bases[run])
        first, last = int(self.first[at]) - base, int(self.last[at]) - base
        return Stretch(int(self.wording[at]), run, first, last, float(self.share[at]), [place - base for place in hits])


class PlaceFinder:
    """Ask it for a `survey` of what was heard."""

    def __init__(self, heard: HeardWords) -> None:
        wordings = heard.wordings
        self.heard = heard
        self._ceiling = Ceiling(heard)
        self._totals = np.array(heard.totals or [1.0])
        self._slack = np.array([len(w.parts) + SLACK + sum(p.slot_words for p in w.parts) for w in wordings] or [0])
        self._lengths = np.array([len(w.parts) for w in wordings] or [0])

    def survey(self, runs: Sequence[Sequence[Token]]) -> Survey:
        """Every place in these runs of tokens where words of a wording stand together."""
        laid = self.heard.lay_out(runs)
        wording, part, gain, place = self._postings(laid)
        begin = place - part
        order = np.argsort(wording * (len(laid.words) + 2 * _PART_ROOM) + begin + _PART_ROOM)
        wording, part, begin, place, gain = wording[order], part[order], begin[order], place[order], gain[order]
        apart = (np.diff(wording) != 0) | (np.diff(begin) > self._slack[wording[1:]])
        firsts = np.flatnonzero(np.concatenate((np.ones(min(1, len(wording)), dtype=bool), apart)))
        lasts = np.append(firsts[1:], len(wording)) - 1 if len(firsts) else firsts
        owner = wording[firsts]
        share = _shares(firsts, part, gain) / self._totals[owner]
        run = np.searchsorted(laid.bases, place[firsts], side="right") - 1
        first = np.maximum(laid.bases[run], begin[firsts] - SLACK)
        last = np.minimum(begin[lasts] + self._lengths[owner] + self._slack[owner], laid.bases[run + 1] - RUN_GAP)
        return Survey(laid, self._ceiling, owner, run, first, last, share)

    def _postings(self, laid: LaidOut) -> tuple[Numbers, Numbers, Shares, Numbers]:
        """What every place may be of a wording's meaning: wordings, parts, gains, places."""
        places = np.flatnonzero(laid.words)
        joint_places, joints = laid.joints
        which, wording, part, gain = self.heard.anchors.of_words(np.concatenate((laid.words[places], joints)))
        return wording, part, gain, np.concatenate((places, joint_places))[which]


def _shares(firsts: Numbers, part: Numbers, gain: Shares) -> Shares:
    """For each stretch, which begin at `firsts`, the sum of the best gain of each part."""
    stretch = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(part))))
    best = np.zeros((int(part.max(initial=0)) + 1) * len(firsts))
    np.maximum.at(best, part * len(firsts) + stretch, gain)
    shares: Shares = best.reshape(-1, max(1, len(firsts))).sum(axis=0)
    return shares
