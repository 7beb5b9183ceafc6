"""Finds the wordings of a keyword set in what was heard; promising places first, the costly alignment only there."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from rapidfuzz import fuzz

from voiceops.analysis.align import Alignment, Hits, align, align_freely
from voiceops.analysis.heard import Run
from voiceops.analysis.languages import Language, language_of
from voiceops.analysis.negation import Stance, stance_of
from voiceops.analysis.promising import PROMISING_SHARE, SLACK, PlaceFinder, Stretch
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.weigh import weigh
from voiceops.analysis.wording import Wording, prepare_wordings
from voiceops.domain.finding import Evidence
from voiceops.domain.keyword_set import Keyphrase, Strictness

# Below this a place resembles the wording so little that nobody wants to be shown it.
NEAREST_FLOOR = 0.3
# A turned clause is looked for only where the straight order found less.
TURNED_BELOW = 0.85
TURNED_SHARE = 0.72
# A `never` wording takes a place away from this score on.
NEVER_SCORE = 0.7
# Mere likeness of letters says less than words found.
LETTERS_WORTH = 0.5
SHORT_LETTERS = 6
PAIR = 2


@dataclass(frozen=True, eq=False)
class Candidate:
    """A place that may hold a wording."""

    wording: Wording
    run: Run
    found: Alignment
    language: Language

    @cached_property
    def stance(self) -> Stance:
        """Whether the speaker affirms it; looked at only for places that somebody asks about."""
        if not self.found.pairs:
            return Stance.AFFIRMED
        return stance_of(self.wording, self.found, self.run.tokens, self.language)

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


@dataclass(frozen=True, eq=False)
class Matcher:
    """All wordings of one keyword set, ready to be found."""

    language: Language
    wordings: Sequence[Wording]
    finder: PlaceFinder


def prepare_matcher(keyphrases: Iterable[Keyphrase], code: str) -> Matcher:
    """Reads every wording once, so that many transcripts can be matched."""
    vocabulary = Vocabulary(language_of(code).code)
    wordings = prepare_wordings(keyphrases, vocabulary)
    return Matcher(language_of(code), wordings, PlaceFinder(vocabulary, wordings))


@dataclass(eq=False)
class Candidates:
    """The places of all keyphrases in one transcript, best first; a `never` wording has taken its places away."""

    matcher: Matcher
    runs: Sequence[Run]
    found: Mapping[str, Sequence[Candidate]]
    unlikely: Mapping[str, tuple[Run, Stretch]]

    def of(self, keyphrase: str) -> Sequence[Candidate]:
        """The places worth a look; () if there are none."""
        return self.found.get(keyphrase, ())

    def nearest(self, keyphrase: str) -> Candidate | None:
        """What resembles a keyphrase most where `of` has nothing; looked for only when somebody asks."""
        if keyphrase in self.unlikely:
            run, stretch = self.unlikely[keyphrase]
            placed = list(_best_in(self.matcher, run, stretch))
            if placed:
                return max(placed, key=lambda candidate: candidate.score)
        return _most_alike(self.matcher, keyphrase, self.runs)


def find_candidates(matcher: Matcher, runs: Sequence[Run]) -> Candidates:
    """All places of all wordings in what was heard."""
    found: dict[str, list[Candidate]] = {}
    never: dict[str, list[Candidate]] = {}
    unlikely: dict[str, tuple[Run, Stretch]] = {}
    for run in runs:
        for stretch in matcher.finder.stretches(run.tokens):
            wording = matcher.wordings[stretch.wording]
            if stretch.share >= PROMISING_SHARE:
                into = never if wording.is_never else found
                into.setdefault(wording.keyphrase, []).extend(_best_in(matcher, run, stretch))
            elif not wording.is_never:
                best = unlikely.get(wording.keyphrase)
                if best is None or stretch.share > best[1].share:
                    unlikely[wording.keyphrase] = (run, stretch)
    for keyphrase, candidates in found.items():
        kept = [c for c in candidates if not _is_look_alike(c, never.get(keyphrase, ()))]
        kept.sort(key=lambda c: (-c.score, c.start))
        found[keyphrase] = kept
    return Candidates(matcher, runs, found, unlikely)


def _is_look_alike(candidate: Candidate, never: Iterable[Candidate]) -> bool:
    """Whether a `never` wording fits the same place at least as well."""
    return any(
        other.run is candidate.run
        and other.found.first <= candidate.found.last
        and candidate.found.first <= other.found.last
        and other.score >= max(NEVER_SCORE, candidate.score)
        for other in never
    )


def _best_in(matcher: Matcher, run: Run, stretch: Stretch) -> Iterable[Candidate]:
    """The best place in a stretch, then, where it is long, the best to its left and to its right."""
    wording = matcher.wordings[stretch.wording]
    alike = matcher.finder.vocabulary.alike
    hits = [alike(token.form) for token in run.tokens[stretch.first : stretch.last]]
    yield from _best_between(matcher, run, (wording, stretch, hits), (stretch.first, stretch.last))


def _best_between(
    matcher: Matcher, run: Run, looked_for: tuple[Wording, Stretch, Hits], place: tuple[int, int]
) -> Iterable[Candidate]:
    (wording, stretch, hits), (first, last) = looked_for, place
    inside = hits[first - stretch.first : last - stretch.first]
    found = align(wording, run.tokens[first:last], inside, matcher.finder.vocabulary) if last > first else None
    if found is None or found.score < NEAREST_FLOOR:
        return
    best = weigh(wording, found.moved(first), run.tokens, matcher.language.code)
    if best.score < TURNED_BELOW and stretch.share >= TURNED_SHARE:
        best = max(best, _turned(matcher, run, looked_for, place) or best, key=lambda alignment: alignment.score)
    yield Candidate(wording, run, best, matcher.language)
    if last - first > 2 * (len(wording.parts) + SLACK) + 2:
        yield from _best_between(matcher, run, looked_for, (first, best.first))
        yield from _best_between(matcher, run, looked_for, (best.last + 1, last))


def _turned(
    matcher: Matcher, run: Run, looked_for: tuple[Wording, Stretch, Hits], place: tuple[int, int]
) -> Alignment | None:
    (wording, stretch, hits), (first, last) = looked_for, place
    found = align_freely(wording, run.tokens[first:last], hits[first - stretch.first : last - stretch.first])
    if found is None:
        return None
    weighed = weigh(wording, found.moved(first), run.tokens, matcher.language.code)
    return replace(weighed, score=weighed.score - matcher.language.turned_cost)


def _most_alike(matcher: Matcher, keyphrase: str, runs: Sequence[Run]) -> Candidate | None:
    """The stretch of letters most like a variant: the last resort, when not one word of it was heard."""
    best: tuple[float, Run, Wording, int, int] | None = None
    for wording in matcher.wordings:
        if wording.keyphrase != keyphrase or wording.is_never:
            continue
        wanted = " ".join(part.form for part in wording.parts if part.number >= 0)
        for run in runs:
            text = " ".join(token.form for token in run.tokens)
            place = fuzz.partial_ratio_alignment(wanted, text)
            if place is not None and (best is None or place.score / 100 > best[0]):
                best = (place.score / 100, run, wording, place.dest_start, place.dest_end)
    if best is None or best[0] == 0:
        return None
    score, run, wording, start, end = best
    ends = list(accumulate(len(token.form) + 1 for token in run.tokens))
    first = bisect_right(ends, start)
    last = min(len(ends) - 1, max(first, bisect_right(ends, max(start, end - 1))))
    return Candidate(wording, run, Alignment(score * LETTERS_WORTH, first, last, ()), matcher.language)
