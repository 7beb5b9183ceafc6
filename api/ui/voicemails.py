"""The voicemails of one hour of the week: what stands behind a cell of the trends' map."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.deps import Here, Who
from api.guard import GuardedRoute
from api.ui.figures import Weeks, Wish
from api.ui.render import render
from api.ui.texts import language_of
from api.ui.trend_paper import days_of
from api.ui.worklist import listed_of
from voiceops.usecases.choose_weeks import TrendWish, choose_weeks
from voiceops.usecases.find_voicemails import find_voicemails

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 100


@router.get("/voicemails", name="voicemails_page")
def voicemails_page(  # noqa: PLR0913 - each filter is one parameter of the address
    request: Request,
    services: Here,
    who: Who,
    *,
    weekday: Annotated[int, Query(ge=0, le=6)],
    hour: Annotated[int, Query(ge=0, le=23)],
    weeks: Weeks = "6",
    queue: Wish = "",
) -> Response:
    """The newest of them; each can be opened and heard."""
    wish = TrendWish(int(weeks), queue=queue or None, teams=who.only_teams)
    with services.open_view() as unit:
        span = choose_weeks(unit, wish, now=services.clock.now())
        found = find_voicemails(unit, span, weekday=weekday, hour=hour)
        entries = unit.worklist.of_ids(found[:SHOWN])
        listed = listed_of(unit, entries, [])
    return render(
        request,
        "voicemails.html",
        day=days_of(language_of(request))[weekday],
        hour=hour,
        wish=wish,
        count=len(found),
        listed=listed,
        agent_names={},
    )
