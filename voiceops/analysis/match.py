"""Finds the wordings of a keyword set in what was heard; promising places first, the costly alignment only there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voiceops.analysis.align import Alignment, align, align_freely
from voiceops.analysis.heard import Run
from voiceops.analysis.languages import Language, language_of
from voiceops.analysis.negation import Stance, stance_of
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.weigh import weigh
from voiceops.analysis.wording import Wording, prepare_wordings
from voiceops.domain.finding import Evidence
from voiceops.domain.keyword_set import Keyphrase, Strictness

# Below this a place resembles the wording so little that nobody wants to be shown it.
NEAREST_FLOOR = 0.3
# How much of a wording must be lost before a place is no longer looked at.
ANCHOR_SHARE = 0.55
SLACK = 4
SHORT_LETTERS = 6
PAIR = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may hold a wording."""

    wording: Wording
    run: Run
    found: Alignment
    stance: Stance

    @property
    def score(self) -> float:
        """0..1: how much of the wording is there."""
        return self.found.score

    @property
    def start(self) -> float:
        """Seconds."""
        return self.run.start(self.found.first)

    @property
    def end(self) -> float:
        """Seconds."""
        return self.run.end(self.found.last)

    def evidence(self) -> Evidence:
        """The place as evidence of a finding."""
        return self.run.evidence(self.found.first, self.found.last, self.score)

    def accepts(self, strictness: Strictness) -> float:
        """From which score the wording counts as said. Short wordings leave less room for error."""
        return accept_score(self.wording, strictness)

    def rejects(self, strictness: Strictness) -> float:
        """Below which score the wording counts as not said."""
        return max(0.0, self.accepts(strictness) - DOUBT_BAND[strictness])


DOUBT_BAND = {Strictness.EXACT: 0.1, Strictness.STRICT: 0.1, Strictness.NORMAL: 0.1, Strictness.LOOSE: 0.08}
_SHIFT = {Strictness.EXACT: 0.3, Strictness.STRICT: 0.12, Strictness.NORMAL: 0.0, Strictness.LOOSE: -0.1}


def accept_score(wording: Wording, strictness: Strictness) -> float:
    """0..1; by how many words carry meaning, and by their letters where it is but one."""
    if wording.carrying <= 1:
        base = 0.9 if wording.letters <= SHORT_LETTERS else 0.84
    else:
        base = 0.74 if wording.carrying == PAIR else 0.7
    return min(0.97, base + _SHIFT[strictness])


@dataclass(eq=False)
class Matcher:
    """All wordings of one keyword set, indexed by the words that tell them apart."""

    language: Language
    vocabulary: Vocabulary
    wordings: list[Wording]
    anchors: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def prepare_matcher(keyphrases: Iterable[Keyphrase], code: str) -> Matcher:
    """Reads every wording once, so that many transcripts can be matched."""
    vocabulary = Vocabulary(language_of(code).code)
    wordings = prepare_wordings(keyphrases, vocabulary)
    matcher = Matcher(language_of(code), vocabulary, wordings)
    for index, wording in enumerate(wordings):
        for number, part in _anchors(wording):
            matcher.anchors.setdefault(number, []).append((index, part))
    return matcher


def _anchors(wording: Wording) -> Iterable[tuple[int, int]]:
    """The heaviest words, until what is left could not reach the score by itself."""
    order = sorted(range(len(wording.parts)), key=lambda at: -wording.parts[at].weight)
    left = wording.total
    for at in order:
        if left < ANCHOR_SHARE * wording.total:
            break
        part = wording.parts[at]
        left -= part.weight
        if part.number >= 0:
            yield part.number, at
            if part.joined is not None:
                yield part.joined, at
            before = wording.parts[at - 1].joined if at else None
            if before is not None:
                yield before, at - 1


def find_candidates(matcher: Matcher, runs: Sequence[Run]) -> dict[str, list[Candidate]]:
    """By keyphrase: all places worth a look, best first. A `never` wording takes its places away."""
    found: dict[str, list[Candidate]] = {}
    never: dict[str, list[Candidate]] = {}
    for run in runs:
        for candidate in _in_run(matcher, run):
            into = never if candidate.wording.is_never else found
            into.setdefault(candidate.wording.keyphrase, []).append(candidate)
    for keyphrase, candidates in found.items():
        kept = [c for c in candidates if not _is_look_alike(c, never.get(keyphrase, ()))]
        kept.sort(key=lambda c: (-c.score, c.start))
        found[keyphrase] = kept
    return found


def _is_look_alike(candidate: Candidate, never: Iterable[Candidate]) -> bool:
    for other in never:
        same_run = other.run is candidate.run
        if same_run and other.found.first <= candidate.found.last and candidate.found.first <= other.found.last:
            if other.score >= 0.7 and other.score >= candidate.score:
                return True
    return False


def _in_run(matcher: Matcher, run: Run) -> Iterable[Candidate]:
    hits = [matcher.vocabulary.alike(token.form) for token in run.tokens]
    places: dict[int, list[int]] = {}
    for at, hit in enumerate(hits):
        for number in hit:
            for index, part in matcher.anchors.get(number, ()):
                places.setdefault(index, []).append(at - part)
    for index, begins in places.items():
        wording = matcher.wordings[index]
        for first, last in _windows(wording, begins, len(run.tokens)):
            yield from _best_in(matcher, wording, run, (hits, first, last))


def _windows(wording: Wording, begins: list[int], length: int) -> Iterable[tuple[int, int]]:
    """Stretches of tokens around the anchors, overlapping ones made one."""
    span = len(wording.parts) + SLACK + sum(part.slot_words for part in wording.parts)
    first = last = None
    for begin in sorted(set(begins)):
        low, high = max(0, begin - SLACK), min(length, begin + span)
        if first is None or last is None:
            first, last = low, high
        elif low < last:
            last = max(last, high)
        else:
            yield first, last
            first, last = low, high
    if first is not None and last is not None:
        yield first, last


def _best_in(
    matcher: Matcher,
    wording: Wording,
    run: Run,
    place: tuple[Sequence[Mapping[int, float]], int, int],
) -> Iterable[Candidate]:
    """The best place between two tokens, then the best to its left and to its right."""
    hits, first, last = place
    if last - first < 1 or _upper_bound(wording, hits, first, last) < NEAREST_FLOOR:
        return
    found = align(wording, run.tokens[first:last], hits[first:last], matcher.vocabulary)
    if found is None or found.score < NEAREST_FLOOR:
        return
    pairs = tuple((part, token + first, similarity) for part, token, similarity in found.pairs)
    moved = Alignment(found.score, found.first + first, found.last + first, pairs)
    moved = weigh(wording, moved, run.tokens, matcher.language.code)
    turned = align_freely(wording, run.tokens, hits, (first, last))
    if turned is not None and turned.score - matcher.language.turned_cost > moved.score:
        turned = weigh(wording, turned, run.tokens, matcher.language.code)
        turned = replace(turned, score=turned.score - matcher.language.turned_cost)
        moved = max(moved, turned, key=lambda found: found.score)
    yield Candidate(wording, run, moved, stance_of(wording, moved, run.tokens, matcher.language))
    if last - first > 2 * len(wording.parts):
        yield from _best_in(matcher, wording, run, (hits, first, moved.first))
        yield from _best_in(matcher, wording, run, (hits, moved.last + 1, last))


def _upper_bound(wording: Wording, hits: Sequence[Mapping[int, float]], first: int, last: int) -> float:
    """More than any alignment there can score: every part at its best, whatever the order."""
    total = 0.0
    for part in wording.parts:
        numbers = (part.number,) if part.joined is None else (part.number, part.joined)
        best = 1.0 if part.number < 0 else 0.0
        for at in range(first, last):
            for number in numbers:
                best = max(best, hits[at].get(number, 0.0))
        total += part.weight * best
    return total / wording.total
