"""Figures about many calls, as they cross the wire."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from voiceops.domain.trends import (
    Compliance,
    HourCount,
    MentionCount,
    RuleCount,
    RuleFigures,
    TrendSpan,
    Verdicts,
    WeekSpeech,
)

_SPAN: dict[str, Any] = {"time_zone": "Europe/Budapest", "weeks": ["2026-02-23", "2026-03-02"]}
_VERDICTS: dict[str, Any] = {"calls": 120, "passed": 90, "failed": 20, "undecided": 10, "share": 0.8182}


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [{**_SPAN, **fields}]})


class SpanOut(BaseModel):
    """The weeks that the figures are about."""

    time_zone: str = Field(description="Weeks begin at midnight there: in the queue's zone, else the default queue's.")
    weeks: list[date] = Field(description="The Monday of each, the present week last.")


class VerdictsOut(BaseModel):
    """How calls were judged, by people where they said so."""

    calls: int
    passed: int
    failed: int
    undecided: int = Field(description="They wait for a person.")
    share: float | None = Field(description="What passed of what is decided, 0 to 1; null where nothing is.")


class WeekVerdictsOut(VerdictsOut):
    """Those by one keyword set in one week."""

    week: date
    keyword_set: str


class GroupVerdictsOut(VerdictsOut):
    """Those of one queue or agent over all the weeks."""

    name: str | None = Field(description="The id; null for calls without.")


class ComplianceOut(SpanOut):
    """How calls were judged over weeks; queues and agents with the lowest share come first."""

    model_config = _example(
        by_week=[{**_VERDICTS, "week": "2026-03-02", "keyword_set": "service-call-en"}],
        by_queue=[{**_VERDICTS, "name": "service"}],
        by_agent=[{**_VERDICTS, "name": "ana"}],
    )

    by_week: list[WeekVerdictsOut]
    by_queue: list[GroupVerdictsOut]
    by_agent: list[GroupVerdictsOut]


class RuleCountOut(BaseModel):
    """In how many calls a rule was missed, refused or violated."""

    keyword_set: str
    rule: str
    calls: int


class MentionCountOut(RuleCountOut):
    """In how many calls of a week its wording was heard."""

    week: date


class RuleTrendsOut(SpanOut):
    """Which rules were not kept, the most often first, and how often what is only counted was heard."""

    model_config = _example(
        not_kept=[{"keyword_set": "service-call-en", "rule": "recording-notice", "calls": 17}],
        mentions=[{"keyword_set": "complaint-signals-en", "rule": "wants-to-leave", "calls": 4, "week": "2026-03-02"}],
    )

    not_kept: list[RuleCountOut]
    mentions: list[MentionCountOut]


class WeekSpeechOut(BaseModel):
    """How people spoke in the calls of one week."""

    week: date
    calls: int = Field(description="Those that were measured.")
    dead_air_seconds: float = Field(description="In a call, on average: pauses of five seconds and more.")
    talk_ratio: float | None = Field(description="The agent's share of all talk, 0 to 1, on average.")


class SpeechTrendsOut(SpanOut):
    """How people spoke, by week."""

    model_config = _example(by_week=[{"week": "2026-03-02", "calls": 120, "dead_air_seconds": 6.4, "talk_ratio": 0.58}])

    by_week: list[WeekSpeechOut]


class HourCountOut(BaseModel):
    """How many voicemails were left in one hour of the week."""

    weekday: int = Field(description="0 is Monday.")
    hour: int = Field(description="0 to 23, by the clock of each voicemail's queue.")
    voicemails: int


class VoicemailHoursOut(SpanOut):
    """When voicemails are left; hours without one are left out."""

    model_config = _example(by_hour=[{"weekday": 0, "hour": 18, "voicemails": 5}])

    by_hour: list[HourCountOut]


def compliance_out(span: TrendSpan, found: Compliance) -> ComplianceOut:
    """How calls were judged, for the wire."""
    weeks = [
        {**_verdicts(one.verdicts), "week": span.mondays[one.week], "keyword_set": one.keyword_set_id}
        for one in found.weeks
    ]
    queues, agents = (
        [{**_verdicts(one.verdicts), "name": one.name} for one in groups] for groups in (found.queues, found.agents)
    )
    return ComplianceOut.model_validate({**_span(span), "by_week": weeks, "by_queue": queues, "by_agent": agents})


def rule_trends_out(span: TrendSpan, found: RuleFigures) -> RuleTrendsOut:
    """Rules that were not kept, and mentions, for the wire."""
    not_kept = [_rule(one) for one in found.not_kept]
    mentions = [{**_rule(one), "week": span.mondays[one.week]} for one in found.mentions]
    return RuleTrendsOut.model_validate({**_span(span), "not_kept": not_kept, "mentions": mentions})


def speech_trends_out(span: TrendSpan, found: Iterable[WeekSpeech]) -> SpeechTrendsOut:
    """How people spoke, for the wire."""
    weeks = [
        {
            "week": span.mondays[one.week],
            "calls": one.calls,
            "dead_air_seconds": round(one.dead_air_seconds, 2),
            "talk_ratio": None if one.talk_ratio is None else round(one.talk_ratio, 4),
        }
        for one in found
    ]
    return SpeechTrendsOut.model_validate({**_span(span), "by_week": weeks})


def voicemail_hours_out(span: TrendSpan, found: Iterable[HourCount]) -> VoicemailHoursOut:
    """When voicemails are left, for the wire."""
    return VoicemailHoursOut.model_validate({**_span(span), "by_hour": [vars(one) for one in found]})


def _span(span: TrendSpan) -> dict[str, Any]:
    return {"time_zone": span.time_zone, "weeks": list(span.mondays)}


def _verdicts(one: Verdicts) -> dict[str, Any]:
    share = None if one.share is None else round(one.share, 4)
    return {**vars(one), "calls": one.calls, "share": share}


def _rule(one: RuleCount | MentionCount) -> dict[str, Any]:
    return {"keyword_set": one.keyword_set_id, "rule": one.rule_id, "calls": one.calls}
