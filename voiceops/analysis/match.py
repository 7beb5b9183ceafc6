"""Finds the wordings of a keyword set in what was heard; promising places first, the costly alignment only there."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from rapidfuzz import fuzz

from voiceops.analysis.align import Alignment, Hits, align, align_freely
from voiceops.analysis.ground import Ground
from voiceops.analysis.heard import Run
from voiceops.analysis.heard_words import HeardWords
from voiceops.analysis.languages import Language, language_of
from voiceops.analysis.negation import Stance, stance_of
from voiceops.analysis.promising import SLACK, PlaceFinder, Stretch, Survey
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.weigh import weigh
from voiceops.analysis.wording import Wording, prepare_wordings
from voiceops.domain.finding import Evidence
from voiceops.domain.keyword_set import Keyphrase, Strictness

# What was aligned so badly cannot be saved by what sounds alike in its gaps, nor, below the second, by another order.
ALIGNED_FLOOR = 0.5
TURNED_FLOOR = 0.42
# A turned clause is looked for only where the straight order found less.
TURNED_BELOW = 0.85
TURNED_SHARE = 0.72
# Where a wording seems to be said over and over, so many tokens at a time are looked through, at the same cost each;
# these pieces overlap by the room that the wording takes.
PIECE = 128
# A `never` wording takes a place away from this score on.
NEVER_SCORE = 0.7
# Sums of the same weights in another order differ by less than this.
AS_WELL = 1e-6
# Mere likeness of letters says less than words found.
LETTERS_WORTH = 0.5
SHORT_LETTERS = 6
# Each of up to two little words beside a wording's only word of meaning makes a chance hit less likely.
LITTLE_WORDS_HELP = 0.05
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
# Of two, three, and more words of meaning. Chosen on the development dialogues at 10 and 20 % word errors, where
# going lower lets in as many look-alikes as wordings that were said; a regression over what was found did no better.
_BASE = (0.72, 0.68, 0.6)
_SHIFT = {Strictness.EXACT: 0.3, Strictness.STRICT: 0.12, Strictness.NORMAL: 0.0, Strictness.LOOSE: -0.1}


def accept_score(wording: Wording, strictness: Strictness) -> float:
    """0..1; by how many words carry meaning, and by their letters where it is but one."""
    if wording.carrying <= 1:
        little = min(PAIR, len(wording.parts) - wording.carrying)
        base = (0.9 if wording.letters <= SHORT_LETTERS else 0.83) - LITTLE_WORDS_HELP * little
    else:
        base = _BASE[min(wording.carrying, len(_BASE) + 1) - PAIR]
    return min(0.97, base + _SHIFT[strictness])


@dataclass(frozen=True, eq=False)
class Matcher:
    """All wordings of one keyword set, ready to be found; `variants` are indexes of those of each keyphrase."""

    language: Language
    wordings: Sequence[Wording]
    finder: PlaceFinder
    variants: Mapping[str, Sequence[int]]


def prepare_matcher(keyphrases: Iterable[Keyphrase], code: str) -> Matcher:
    """Reads every wording once, so that many transcripts can be matched."""
    vocabulary = Vocabulary(language_of(code).code)
    wordings = prepare_wordings(keyphrases, vocabulary)
    variants: dict[str, list[int]] = {}
    for at, wording in enumerate(wordings):
        if not wording.is_never:
            variants.setdefault(wording.keyphrase, []).append(at)
    return Matcher(language_of(code), wordings, PlaceFinder(HeardWords(vocabulary, wordings)), variants)


@dataclass(frozen=True, eq=False)
class Candidates:
    """The places of all keyphrases in one transcript, best first; a `never` wording has taken its places away."""

    matcher: Matcher
    runs: Sequence[Run]
    survey: Survey
    found: Mapping[str, Sequence[Candidate]]

    def of(self, keyphrase: str) -> Sequence[Candidate]:
        """The places worth a look; () if there are none."""
        return self.found.get(keyphrase, ())

    def nearest(self, keyphrase: str) -> Candidate | None:
        """What resembles a keyphrase most where `of` has nothing; looked for only when somebody asks."""
        wordings = self.matcher.variants.get(keyphrase, ())
        stretch = self.survey.nearest(wordings)
        placed = list(_best_in(self.matcher, self.runs[stretch.run], stretch, floor=0.0)) if stretch is not None else []
        if placed:
            return max(placed, key=lambda candidate: candidate.score)
        return _most_alike(self.matcher, wordings, self.runs)


def find_candidates(matcher: Matcher, runs: Sequence[Run]) -> Candidates:
    """All places of all wordings in what was heard."""
    found: dict[str, list[Candidate]] = {}
    never: dict[str, list[Candidate]] = {}
    survey = matcher.finder.survey([run.tokens for run in runs])
    for stretch in survey.promising(ALIGNED_FLOOR, (TURNED_SHARE, TURNED_FLOOR)):
        wording = matcher.wordings[stretch.wording]
        into = never if wording.is_never else found
        into.setdefault(wording.keyphrase, []).extend(_best_in(matcher, runs[stretch.run], stretch))
    for keyphrase, candidates in found.items():
        look_alikes = Ground(never.get(keyphrase, ()))
        kept = [c for c in candidates if not _is_look_alike(c, look_alikes)]
        kept.sort(key=lambda c: (-c.score, c.start))
        found[keyphrase] = kept
    return Candidates(matcher, runs, survey, found)


def _is_look_alike(candidate: Candidate, never: Ground[Candidate]) -> bool:
    """Whether a `never` wording fits the same place at least as well."""
    needed = max(NEVER_SCORE, candidate.score - AS_WELL)
    return any(other.score >= needed for other in never.touching(candidate))


@dataclass(frozen=True, slots=True)
class _Search:
    """One wording looked for in one stretch; `hits` are those of the run's tokens that may be of it."""

    matcher: Matcher
    run: Run
    stretch: Stretch
    wording: Wording
    hits: Hits
    floor: float


def _best_in(matcher: Matcher, run: Run, stretch: Stretch, *, floor: float = ALIGNED_FLOOR) -> Iterable[Candidate]:
    """The best places of each piece of a stretch; nearly all stretches are one piece."""
    at = stretch.wording
    pairings = matcher.finder.heard.pairings
    hits = [(token, pairings.of(run.tokens[token].form).get(at, ())) for token in stretch.hits]
    search = _Search(matcher, run, stretch, matcher.wordings[at], hits, floor)
    room = min(PIECE // 2, _long(search.wording) + sum(part.slot_words for part in search.wording.parts))
    seen: set[tuple[int, int]] = set()
    for first in range(stretch.first, max(stretch.first + 1, stretch.last - room), PIECE - room):
        for candidate in _best_between(search, first, min(first + PIECE, stretch.last)):
            place = (candidate.found.first, candidate.found.last)
            if place not in seen:
                seen.add(place)
                yield candidate


def _best_between(search: _Search, first: int, last: int) -> Iterable[Candidate]:
    """The best place between two tokens, then, where they are far apart, the best to its left and to its right."""
    if last <= first:
        return  # what sounds alike may have stretched the best place beyond the others' edge
    run, wording, language = search.run, search.wording, search.matcher.language
    low, high = (bisect_left(search.hits, border, key=itemgetter(0)) for border in (first, last))
    hits = [(token - first, pairings) for token, pairings in search.hits[low:high]]
    tokens = run.tokens[first:last]
    may_turn = search.stretch.share >= TURNED_SHARE
    floor = min(search.floor, TURNED_FLOOR) if may_turn else search.floor
    found = align(wording, tokens, hits=hits, vocabulary=search.matcher.finder.heard.vocabulary, floor=floor)
    if found is None:
        return
    best = weigh(wording, found.moved(first), run.tokens, language.code)
    if best.score < TURNED_BELOW and may_turn:
        turned = align_freely(wording, tokens, hits)
        if turned is not None and (turned.pairs != found.pairs or turned.score > found.score):
            weighed = weigh(wording, turned.moved(first), run.tokens, language.code)
            best = max(best, replace(weighed, score=weighed.score - language.turned_cost), key=lambda a: a.score)
    yield Candidate(wording, run, best, language)
    if last - first > _long(wording):
        yield from _best_between(search, first, best.first)
        yield from _best_between(search, best.last + 1, last)


def _long(wording: Wording) -> int:
    """Of how many tokens there is room for the wording twice."""
    return 2 * (len(wording.parts) + SLACK) + 2


def _most_alike(matcher: Matcher, wordings: Iterable[int], runs: Sequence[Run]) -> Candidate | None:
    """The stretch of letters most like a variant: the last resort, when not one word of it was heard."""
    best: tuple[float, Run, Wording, int, int] | None = None
    for wording in (matcher.wordings[at] for at in wordings):
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
