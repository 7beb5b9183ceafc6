"""Every word heard gets a number, and what it may be of which wording is looked up once for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import numpy as np

from voiceops.analysis.normalise import Kind, Token
from voiceops.analysis.pairings import Pairings
from voiceops.analysis.postings import Numbers, Postings
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.wording import NUMBER_SLOT, Wording

# Runs are laid one behind the other with so many places of nothing between, so that no stretch spans two.
RUN_GAP = 64
NOTHING = 0
_KNOWN_LIMIT = 100_000
# Where a wording's words of meaning may stand: the wording, the part, what it weighs.
Entry = tuple[int, int, float]


@dataclass(frozen=True, eq=False)
class LaidOut:
    """What was heard as one row of places. `words` holds each place's word, NOTHING between the runs.

    `bases` holds the place at which each run begins, and behind the last where another would.
    `joints` are the places whose word is, together with the next, a word of a wording, and those words.
    `initials` holds each word's first letter; `together` how many letters it has together with the
    next, 0 where the two are never one word.
    """

    words: Numbers
    bases: Numbers
    joints: tuple[Numbers, Numbers]
    initials: Numbers
    together: Numbers


@dataclass(eq=False)
class HeardWords:
    """The words heard so far. `anchors` tells what a word may be of meaning, `pairs` what it may be at all."""

    vocabulary: Vocabulary
    wordings: Sequence[Wording]
    totals: list[float] = field(default_factory=list)
    _by_word: dict[int, list[Entry]] = field(default_factory=dict)
    _number_slots: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.totals += [self._index(at, wording) for at, wording in enumerate(self.wordings)]
        self.pairings = Pairings(self.vocabulary, self.wordings)
        self._forget()

    def lay_out(self, runs: Sequence[Sequence[Token]]) -> LaidOut:
        """The runs one behind the other, every word by its number."""
        if len(self._numbers) > _KNOWN_LIMIT:
            self._forget()
        self.vocabulary.meet(token.form for tokens in runs for token in tokens if token.form not in self._numbers)
        bases = list(accumulate((len(tokens) + RUN_GAP for tokens in runs), initial=0))
        words = np.full(bases[-1], NOTHING, dtype=np.int64)
        places: list[int] = []
        joints: list[int] = []
        for tokens, base in zip(runs, bases, strict=False):
            words[base : base + len(tokens)] = [
                self._numbers.get(token.form) or self._learn(token.form, token.kind) for token in tokens
            ]
            for at, (one, other) in enumerate(pairwise(tokens), base):
                joint = self._whole.get(one.form + other.form)
                if joint is not None:
                    places.append(at)
                    joints.append(joint)
        initials, letters = self._spelling[:, words]
        together = np.where(letters[1:] > 0, np.abs(letters[:-1]) + letters[1:], 0)
        return LaidOut(words, np.array(bases), (_numbers(places), _numbers(joints)), initials, np.append(together, 0))

    def likeness_of_two(self, one: int, other: int, number: int) -> float:
        """How alike two heard words, written together, are to a word of the vocabulary; 0 for different words."""
        return self.vocabulary.similarity(self._forms[one] + self._forms[other], number)

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

    def _forget(self) -> None:
        """Begins anew with no word heard but the long ones of the wordings, which may be heard in two pieces."""
        self._numbers: dict[str, int] = {}
        self._whole: dict[str, int] = {}
        self._forms = [""]  # of NOTHING
        self._spelling = np.zeros((2, 1024), dtype=np.int64)
        self.anchors, self.pairs = Postings(len(self.wordings)), Postings(len(self.wordings))
        for form in {form for wording in self.wordings for _, form, _ in wording.long_parts}:
            entries = self._by_word.get(self.vocabulary.numbers[form])
            if entries:
                number = self._whole[form] = self._number(form)
                self.anchors.add(number, entries)

    def _learn(self, form: str, kind: Kind) -> int:
        number = self._numbers[form] = self._number(form)
        self.anchors.add(number, self._anchors_of(form, kind))
        self.pairs.add(number, self._parts_of(form, kind))
        if number >= self._spelling.shape[1]:
            self._spelling = np.hstack((self._spelling, np.zeros_like(self._spelling)))
        self._spelling[:, number] = ord(form[0]), -len(form) if form[0].isdigit() else len(form)
        return number

    def _number(self, form: str) -> int:
        self._forms.append(form)
        return len(self._forms) - 1

    def _anchors_of(self, form: str, kind: Kind) -> Iterator[Entry]:
        for number, likeness in self.vocabulary.resembling(form).items():
            for wording, part, weight in self._by_word.get(number, ()):
                yield wording, part, weight * likeness
        if kind is Kind.NUMBER:
            yield from self._number_slots

    def _parts_of(self, form: str, kind: Kind) -> Iterator[tuple[int, int, float]]:
        for wording, pairings in self.pairings.of(form).items():
            for start, end, _, likeness in pairings:
                for part in range(start, end):
                    yield wording, part, likeness
        if kind is Kind.NUMBER:
            yield from ((wording, part, 1.0) for wording, part, _ in self._number_slots)


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)
