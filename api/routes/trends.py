"""Figures about many calls over weeks: how they were judged, what was missed or mentioned, and how people spoke."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.answers import problems
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.schemas.text import Id
from api.schemas.trends import (
    ComplianceOut,
    RuleTrendsOut,
    SpeechTrendsOut,
    VoicemailHoursOut,
    compliance_out,
    rule_trends_out,
    speech_trends_out,
    voicemail_hours_out,
)
from voiceops.usecases.choose_weeks import TrendWish, choose_weeks
from voiceops.usecases.count_hours import count_hours

router = APIRouter(prefix="/api/v1/trends", tags=["trends"], route_class=GuardedRoute)

WEEKS, WEEKS_LIMIT = 6, 53


def _wish(
    who: Who,
    *,
    weeks: Annotated[
        int, Query(ge=1, le=WEEKS_LIMIT, description="The present week and those before it, this many in all.")
    ] = WEEKS,
    queue: Annotated[Id | None, Query(description="Only calls of this queue.")] = None,
    agent: Annotated[Id | None, Query(description="Only calls of this agent.")] = None,
    keyword_set: Annotated[Id | None, Query(description="Only what this keyword set says.")] = None,
) -> TrendWish:
    return TrendWish(weeks, queue, agent, keyword_set, who.only_teams)


Wish = Annotated[TrendWish, Depends(_wish)]


@router.get("/compliance", name="get_compliance", responses=problems())
def get_compliance(services: Here, wish: Wish) -> ComplianceOut:
    """How calls were judged by week and keyword set, by queue, and by agent, by when they were received."""
    with services.open_view() as unit:
        span = choose_weeks(unit, wish, now=services.clock.now())
        return compliance_out(span, unit.trends.figures(span).compliance)


@router.get("/rules", name="get_rule_trends", responses=problems())
def get_rule_trends(services: Here, wish: Wish) -> RuleTrendsOut:
    """Which rules were not kept how often, and in how many calls of each week the rules that only count were heard."""
    with services.open_view() as unit:
        span = choose_weeks(unit, wish, now=services.clock.now())
        return rule_trends_out(span, unit.trends.figures(span).rules)


@router.get("/speech", name="get_speech_trends", responses=problems())
def get_speech_trends(services: Here, wish: Wish) -> SpeechTrendsOut:
    """Dead air and the agent's share of the talk by week; `keyword_set` makes no difference here."""
    with services.open_view() as unit:
        span = choose_weeks(unit, wish, now=services.clock.now())
        return speech_trends_out(span, unit.trends.figures(span).speech)


@router.get("/voicemails", name="get_voicemail_hours", responses=problems())
def get_voicemail_hours(services: Here, wish: Wish) -> VoicemailHoursOut:
    """At which hours of the week voicemails are left, by the clock of their queue."""
    with services.open_view() as unit:
        span = choose_weeks(unit, wish, now=services.clock.now())
        return voicemail_hours_out(span, count_hours(unit, span))
