"""Where in a run a wording may lie: a count of its words of meaning over all places at once, before any alignment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.languages import language_of
from voiceops.analysis.normalise import Kind, Token
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.wording import NUMBER_SLOT, Wording

# A wording's words may be this many tokens away from where they would stand.
SLACK = 3
# The share of a wording's meaning, words that merely resemble it counted, below which a place is not aligned.
PROMISING_SHARE = 0.6
# A language where turning a clause costs less than this does it often.
TURNS_EASILY = 0.1
_PART_ROOM = 256
_KNOWN_LIMIT = 100_000

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]
Postings = tuple[Numbers, Numbers, Shares]


# Runs are laid one behind the other with so many tokens of nothing between, so that no stretch spans two.
_RUN_GAP = 64


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` to before `last` of a run may hold a wording; both by index.

    `share` of its meaning is there, 0..1.
    """

    wording: int
    run: int
    first: int
    last: int
    share: float


@dataclass(frozen=True, eq=False)
class Survey:
    """All stretches with any word of any wording, as columns."""

    wording: Numbers
    run: Numbers
    first: Numbers
    last: Numbers
    share: Shares

    def promising(self) -> list[Stretch]:
        """The stretches worth an alignment."""
        return [self._stretch(at) for at in np.flatnonzero(self.share >= PROMISING_SHARE).tolist()]

    def nearest(self, wordings: Sequence[int]) -> Stretch | None:
        """The stretch with the largest share among those of some wordings; None where nothing of them was heard."""
        of_them = np.flatnonzero(np.isin(self.wording, wordings))
        return self._stretch(int(of_them[np.argmax(self.share[of_them])])) if len(of_them) else None

    def _stretch(self, at: int) -> Stretch:
        columns = (self.wording, self.run, self.first, self.last)
        wording, run, first, last = (int(column[at]) for column in columns)
        return Stretch(wording, run, first, last, float(self.share[at]))


@dataclass(eq=False)
class PlaceFinder:
    """An index from words to the wordings they belong to. Build with `add`, then ask for a `survey`."""

    vocabulary: Vocabulary
    wordings: Sequence[Wording]
    _by_word: dict[int, list[tuple[int, int, float]]] = field(default_factory=dict)
    _number_slots: list[tuple[int, int, float]] = field(default_factory=list)
    _known: dict[str, Postings | None] = field(default_factory=dict)
    _whole: dict[str, Postings] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._totals = np.array([self._index(at, wording) for at, wording in enumerate(self.wordings)] or [1.0])
        turns = language_of(self.vocabulary.code).turned_cost < TURNS_EASILY
        self._slack = np.array(
            [(len(w.parts) if turns else 0) + SLACK + sum(p.slot_words for p in w.parts) for w in self.wordings] or [0]
        )
        self._lengths = np.array([len(w.parts) for w in self.wordings] or [0])
        for form in {form for wording in self.wordings for _, form, _ in wording.long_parts}:
            entries = self._by_word.get(self.vocabulary.numbers[form])
            if entries:
                self._whole[form] = _as_arrays(entries)

    def _index(self, wording_at: int, wording: Wording) -> float:
        """Enters a wording by its words of meaning (or, without any, its heaviest words); returns their weight."""
        anchors = [at for at, part in enumerate(wording.parts) if part.carries]
        if not anchors:
            heaviest = max(part.weight for part in wording.parts)
            anchors = [at for at, part in enumerate(wording.parts) if part.weight >= heaviest]
        for at in anchors:
            part = wording.parts[at]
            entry = (wording_at, at, part.weight)
            if part.number == NUMBER_SLOT:
                self._number_slots.append(entry)
                continue
            self._by_word.setdefault(part.number, []).append(entry)
            before = wording.parts[at - 1].joined if at else None
            for number in (part.joined, before):
                if number is not None:
                    self._by_word.setdefault(number, []).append(entry)
        return sum(wording.parts[at].weight for at in anchors)

    def survey(self, runs: Sequence[Sequence[Token]]) -> Survey:
        """Every place in these runs of tokens where words of a wording stand together."""
        bases = list(accumulate((len(tokens) + _RUN_GAP for tokens in runs), initial=0))
        found = self._postings(runs, bases)
        if found is None:
            none = np.zeros(0, dtype=np.int64)
            return Survey(none, none, none, none, none.astype(np.float64))
        wording, part, gain, place = found
        begin = place - part
        order = np.lexsort((begin, wording))
        wording, part, begin, place, gain = wording[order], part[order], begin[order], place[order], gain[order]
        apart = (np.diff(wording) != 0) | (np.diff(begin) > self._slack[wording[1:]])
        cluster = np.concatenate(([0], np.cumsum(apart)))
        share = self._shares(cluster, part, gain) / self._totals[wording[_firsts(cluster)]]
        return self._as_survey(cluster, (wording, begin, place), share, bases)

    def _shares(self, cluster: Numbers, part: Numbers, gain: Shares) -> Shares:
        """For each cluster the sum of the best gain of each part."""
        key = cluster * _PART_ROOM + part
        order = np.argsort(key, kind="stable")
        key, gain = key[order], gain[order]
        starts = np.flatnonzero(np.concatenate(([True], np.diff(key) != 0)))
        best = np.maximum.reduceat(gain, starts)
        return np.bincount(key[starts] // _PART_ROOM, weights=best, minlength=int(cluster[-1]) + 1).astype(np.float64)

    def _as_survey(
        self, cluster: Numbers, found: tuple[Numbers, Numbers, Numbers], share: Shares, bases: Sequence[int]
    ) -> Survey:
        wording, begin, place = found
        firsts = _firsts(cluster)
        lasts = np.concatenate((firsts[1:], [len(cluster)])) - 1
        owner = wording[firsts]
        base = np.array(bases)
        run = np.searchsorted(base, place[firsts], side="right") - 1
        low = np.maximum(base[run], begin[firsts] - SLACK) - base[run]
        high = np.maximum(begin[lasts] + self._lengths[owner], place[lasts] + 1) + self._slack[owner]
        return Survey(owner, run, low, np.minimum(high, base[run + 1] - _RUN_GAP) - base[run], share)

    def _postings(
        self, runs: Sequence[Sequence[Token]], bases: Sequence[int]
    ) -> tuple[Numbers, Numbers, Shares, Numbers] | None:
        parts: list[Postings] = []
        places: list[int] = []
        known, whole = self._known, self._whole
        for tokens, base in zip(runs, bases, strict=False):
            before = ""
            for at, token in enumerate(tokens, base):
                form = token.form
                together = whole.get(before + form)
                if together is not None and before:
                    parts.append(together)
                    places.append(at - 1)
                before = form
                postings = known[form] if form in known else self._learn(form, token.kind)
                if postings is not None:
                    parts.append(postings)
                    places.append(at)
        if not parts:
            return None
        counts = [len(postings[0]) for postings in parts]
        wording = np.concatenate([postings[0] for postings in parts])
        part = np.concatenate([postings[1] for postings in parts])
        gain = np.concatenate([postings[2] for postings in parts])
        return wording, part, gain, np.repeat(np.array(places), counts)

    def _learn(self, form: str, kind: Kind) -> Postings | None:
        if len(self._known) > _KNOWN_LIMIT:
            self._known.clear()
        entries = [
            (wording, part, weight * likeness)
            for number, likeness in self.vocabulary.resembling(form).items()
            for wording, part, weight in self._by_word.get(number, ())
        ]
        if kind is Kind.NUMBER:
            entries += self._number_slots
        postings = _as_arrays(entries) if entries else None
        self._known[form] = postings
        return postings


def _as_arrays(entries: Iterable[tuple[int, int, float]]) -> Postings:
    wording, part, gain = zip(*entries, strict=True)
    return np.array(wording), np.array(part), np.array(gain, dtype=np.float64)


def _firsts(cluster: Numbers) -> Numbers:
    return np.flatnonzero(np.concatenate(([True], np.diff(cluster) != 0)))
