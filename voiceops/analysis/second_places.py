"""Where a second look is worth its time: the windows of required wordings that were missed, by party."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voiceops.analysis.judge import counts_for
from voiceops.analysis.place import borders_of
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.keyword_set import Expectation, KeywordSet, Rule, Window
from voiceops.domain.recording import Party
from voiceops.domain.second_look import SecondLook
from voiceops.domain.transcript import Span, Transcript

# What crosses a border counts as inside, and an engine hears better with something around it.
MARGIN_SECONDS = 2.0
# Longer windows are no stretch that was misheard; looking at them again would be transcribing the call twice.
LONGEST_SECONDS = 120.0
_SAME_SECONDS = 0.05
_SLOT = re.compile(r"\{[^}]*\}")
_LEAST_WORDS = 2


@dataclass(frozen=True)
class SecondPlace:
    """A stretch of one party's channel, and the wordings that somebody missed there."""

    party: Party
    stretch: Span
    wordings: tuple[str, ...]


def may_be_looked_at(rule: Rule, finding: Finding) -> bool:
    """Whether the rule is one whose missing wording has a place where it should have been."""
    return finding.outcome is Outcome.MISSED and rule.expect is Expectation.REQUIRED and rule.window != Window()


def stretch_of(rule: Rule, transcript: Transcript, findings: Sequence[Finding]) -> Span | None:
    """Where the rule's wording should be, with a margin; None where that is nowhere, or too long to look at again."""
    window, duration = rule.window, transcript.duration
    borders = borders_of(window, duration)
    latest = [limit for limit, _ in borders.latest]
    earliest = [limit for limit, _ in borders.earliest]
    for found in findings:
        if found.evidence is not None and found.rule_id == window.after:
            earliest.append(found.evidence.end)
        elif found.evidence is not None and found.rule_id == window.before:
            latest.append(found.evidence.start)
    start = max(0.0, max(earliest, default=0.0) - MARGIN_SECONDS)
    end = min(duration, min(latest, default=duration) + MARGIN_SECONDS)
    return Span(start, end) if start < end <= start + LONGEST_SECONDS else None


def covers(look: SecondLook, party: Party, stretch: Span) -> bool:
    """Whether this second look heard that stretch of that party."""
    begins = look.stretch.start <= stretch.start + _SAME_SECONDS
    return look.party is party and begins and stretch.end <= look.stretch.end + _SAME_SECONDS


def second_places(
    judged: Iterable[tuple[KeywordSet, Evaluation]], transcript: Transcript, looks: Sequence[SecondLook] = ()
) -> list[SecondPlace]:
    """Every stretch that no kept look covers; those that overlap are one, so that they are heard once."""
    found: dict[Party, list[SecondPlace]] = {}
    for keyword_set, evaluation in judged:
        for place in _of_set(keyword_set, evaluation, transcript):
            if not any(covers(look, place.party, place.stretch) for look in looks):
                found.setdefault(place.party, []).append(place)
    return [place for of_party in found.values() for place in _merged(of_party)]


def wordings_of(keyword_set: KeywordSet, keyphrase: str) -> Iterator[str]:
    """The variants of a keyphrase as they can be scored: the longest part without a slot, of two words at least."""
    for variant in keyword_set.keyphrases[keyphrase].variants:
        longest = max((piece.strip() for piece in _SLOT.split(variant)), key=len)
        if len(longest.split()) >= _LEAST_WORDS:
            yield longest


def _of_set(keyword_set: KeywordSet, evaluation: Evaluation, transcript: Transcript) -> Iterator[SecondPlace]:
    parties = dict.fromkeys(party for party, _ in transcript.speech or ())
    for rule, finding in zip(keyword_set.rules, evaluation.findings, strict=True):
        stretch = stretch_of(rule, transcript, evaluation.findings) if may_be_looked_at(rule, finding) else None
        if stretch is not None:
            keyphrases = (*rule.any_of, *rule.all_of)
            wordings = tuple(wording for keyphrase in keyphrases for wording in wordings_of(keyword_set, keyphrase))
            yield from (SecondPlace(party, stretch, wordings) for party in parties if counts_for(party, rule))


def _merged(places: list[SecondPlace]) -> Iterator[SecondPlace]:
    places.sort(key=lambda place: (place.stretch.start, place.stretch.end))
    one = places[0]
    for other in places[1:]:
        end = max(one.stretch.end, other.stretch.end)
        if other.stretch.start > one.stretch.end or end - one.stretch.start > LONGEST_SECONDS:
            yield one
            one = other
        else:
            wordings = tuple(dict.fromkeys((*one.wordings, *other.wordings)))
            one = SecondPlace(one.party, Span(one.stretch.start, end), wordings)
    yield one
