"""Trends: how calls were judged week by week, what was missed and mentioned, how people spoke, when voicemails come."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api.access import ACCESS, SignedIn
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.ui.charts import heat_map
from api.ui.render import render
from api.ui.texts import language_of, texts
from api.ui.trend_paper import Names, Paper, days_of
from voiceops.domain.trends import Verdicts
from voiceops.ports import UnitOfWork
from voiceops.usecases.choose_weeks import TrendWish, choose_weeks
from voiceops.usecases.count_hours import count_hours

router = APIRouter(prefix="/trends", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

CHOICES = (6, 13, 26)

_NAME = r"^[A-Za-z0-9._@-]*$"
Wish = Annotated[str, Query(max_length=64, pattern=_NAME)]
Weeks = Literal["6", "13", "26"]
SetWish = Annotated[str, Query(alias="set", max_length=64, pattern=_NAME)]


@router.get("", name="trends_page")
def trends_page(  # noqa: PLR0913 - each filter is one parameter of the address
    request: Request,
    services: Here,
    who: Who,
    *,
    weeks: Weeks = "6",
    queue: Wish = "",
    agent: Wish = "",
    keyword_set: SetWish = "",
) -> Response:
    """All figures of the weeks, each with the way to the calls behind it."""
    wish = TrendWish(int(weeks), queue or None, agent or None, keyword_set or None, who.only_teams)
    with services.open_view() as unit:
        span = choose_weeks(unit, wish, now=services.clock.now())
        found = unit.trends.figures(span)
        hours = count_hours(unit, span) if _sees_voicemails(who) else None
        names, queues = _names(unit, who), [one.id for one in unit.queues.list()]
    paper = Paper(span, names, language_of(request))
    _ = texts(language_of(request)).gettext
    return render(
        request,
        "trends.html",
        wish=wish,
        span=span,
        choices=CHOICES,
        queues=queues,
        names=names,
        total=sum((one.verdicts for one in found.compliance.queues), Verdicts()),
        compliance=paper.compliance(found.compliance),
        by_queue=paper.ranked(found.compliance.queues, field="queue"),
        by_agent=paper.ranked(found.compliance.agents, field="agent"),
        missed=paper.missed(found.rules.not_kept, found.compliance),
        mentions=paper.mentions(found.rules.mentions),
        dead_air=paper.dead_air(found.speech, name=_("Dead air in a call")),
        talk_ratio=paper.talk_ratio(found.speech, name=_("The agent's share of the talk")),
        heat=None if hours is None else heat_map({(one.weekday, one.hour): one.voicemails for one in hours}),
        days=days_of(language_of(request)),
    )


def _sees_voicemails(who: SignedIn) -> bool:
    return who.identity.role in ACCESS["get_voicemail_hours"]


def _names(unit: UnitOfWork, who: SignedIn) -> Names:
    """Of the sets in use, and of the agents whom they may see."""
    sets = [one.keyword_set for one in unit.keyword_sets.list_active()]
    teams = who.only_teams
    return Names(
        sets={one.id: one.title for one in sets},
        rules={(one.id, rule.id): rule.title for one in sets for rule in one.rules},
        agents={one.id: one.name for one in unit.agents.list() if teams is None or one.team in teams},
    )
