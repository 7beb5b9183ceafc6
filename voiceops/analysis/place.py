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


def obstacle_of(rule: Rule, place: Place) -> Obstacle:
    """A function that says why a candidate does not count for the rule ("after the first 30 s"), or None."""
    window, near = rule.window, rule.near

    def obstacle(candidate: Candidate) -> str | None:
        return (
            outside_seconds(window, (candidate.start, candidate.end), place.duration)
            or _outside_order(window, candidate, place)
            or (_not_near(near, candidate, place.candidates) if near is not None else None)
        )

    return obstacle


def outside_seconds(window: Window, times: tuple[float, float], duration: float) -> str | None:
    """Why something said between two seconds is outside the window, or None; what crosses its border is inside."""
    start, end = times
    percent = duration / 100
    latest = [
        (window.first_seconds, window.first_seconds, "after the first {:g} s"),
        (window.to_second, window.to_second, "after second {:g}"),
        (window.first_percent, _times(window.first_percent, percent), "after the first {:g} % of the call"),
    ]
    earliest = [
        (window.from_second, window.from_second, "before second {:g}"),
        (window.last_seconds, _back(duration, window.last_seconds), "before the last {:g} s"),
        (
            window.last_percent,
            _back(duration, _times(window.last_percent, percent)),
            "before the last {:g} % of the call",
        ),
    ]
    for written, limit, sentence in latest:
        if limit is not None and start > limit:
            return sentence.format(written)
    for written, limit, sentence in earliest:
        if limit is not None and end < limit:
            return sentence.format(written)
    return None


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
