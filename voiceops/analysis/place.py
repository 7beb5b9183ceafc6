"""Where in the call a wording counts: windows, the order of rules, and nearness to another keyphrase."""

from collections.abc import Callable
from dataclasses import dataclass

from voiceops.analysis.judge import NOT_SAID, Obstacle
from voiceops.analysis.match import Candidate, Candidates
from voiceops.domain.finding import Finding, Outcome
from voiceops.domain.keyword_set import Near, Rule, Strictness, Window


@dataclass(frozen=True)
class Place:
    """What a place is judged by: the call's duration in seconds, all candidates, other rules' findings."""

    duration: float
    candidates: Candidates
    finding_of: Callable[[str], Finding | None]


@dataclass(frozen=True)
class Borders:
    """Seconds after which, and before which, nothing counts, each with the words for it."""

    latest: tuple[tuple[float, str], ...]
    earliest: tuple[tuple[float, str], ...]

    def outside(self, start: float, end: float) -> str | None:
        """Why something said between two seconds is outside, or None; what crosses a border is inside."""
        for limit, sentence in self.latest:
            if start > limit:
                return sentence
        for limit, sentence in self.earliest:
            if end < limit:
                return sentence
        return None


def obstacle_of(rule: Rule, place: Place) -> Obstacle:
    """A function that says why a candidate does not count for the rule ("after the first 30 s"), or None."""
    window, near = rule.window, rule.near
    borders = borders_of(window, place.duration)

    def obstacle(candidate: Candidate) -> str | None:
        return (
            borders.outside(candidate.start, candidate.end)
            or _outside_order(window, candidate, place)
            or (_not_near(near, candidate, place.candidates) if near is not None else None)
        )

    return obstacle


def borders_of(window: Window, duration: float) -> Borders:
    """The window's borders in a call of `duration` seconds; read once for many places."""
    percent = duration / 100
    latest = (
        (window.first_seconds, window.first_seconds, "after the first {:g} s"),
        (window.to_second, window.to_second, "after second {:g}"),
        (window.first_percent, _times(window.first_percent, percent), "after the first {:g} % of the call"),
    )
    last_part = _back(duration, _times(window.last_percent, percent))
    earliest = (
        (window.from_second, window.from_second, "before second {:g}"),
        (window.last_seconds, _back(duration, window.last_seconds), "before the last {:g} s"),
        (window.last_percent, last_part, "before the last {:g} % of the call"),
    )
    return Borders(
        tuple((limit, sentence.format(written)) for written, limit, sentence in latest if limit is not None),
        tuple((limit, sentence.format(written)) for written, limit, sentence in earliest if limit is not None),
    )


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _back(duration: float, value: float | None) -> float | None:
    return None if value is None else duration - value


def _outside_order(window: Window, candidate: Candidate, place: Place) -> str | None:
    if window.after is not None:
        other = place.finding_of(window.after)
        if other is None or not _was_said(other):
            return f"but {window.after}, which must come first, was not said"
        if other.evidence is not None and candidate.start < other.evidence.end:
            return f"before {window.after}"
    if window.before is not None:
        other = place.finding_of(window.before)
        if (
            other is not None
            and _was_said(other)
            and other.evidence is not None
            and candidate.end > other.evidence.start
        ):
            return f"after {window.before}"
    return None


def _was_said(finding: Finding) -> bool:
    return finding.outcome in {Outcome.MET, Outcome.VIOLATED, Outcome.UNCERTAIN} and finding.evidence is not None


def _not_near(near: Near, candidate: Candidate, candidates: Candidates) -> str | None:
    for other in candidates.of(near.keyphrase):
        if other.score < other.accepts(Strictness.NORMAL) or other.stance in NOT_SAID:
            continue
        gap = max(other.start - candidate.end, candidate.start - other.end)
        if gap <= near.within_seconds:
            return None
    return f"but {near.keyphrase} was not said within {near.within_seconds:g} s of it"
