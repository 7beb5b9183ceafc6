"""The report of one call, to read on paper: what it was, what was found, what people said about it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.reach import may_see_results, recording_within_reach
from api.ui.agent_name import agent_name
from api.ui.judged import judged, sets_of
from api.ui.render import render
from api.ui.verdict import verdicts
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.recording import Recording
from voiceops.ports import UnitOfWork
from voiceops.usecases.log_access import log_access

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


@router.get("/calls/{recording_id}/report", name="call_report_page")
def call_report_page(request: Request, recording_id: PathId, services: Here, who: Who) -> Response:
    """One call on paper; it leaves the house, so it counts as an export."""
    with services.open_view() as unit:
        call = recording_within_reach(unit, recording_id, who)
        may_see = may_see_results(services, unit, call, who)
        evaluations = unit.evaluations.of_recording(recording_id) if may_see else ()
        reviews = unit.reviews.of_recording(recording_id)
        set_of = sets_of(unit)
        findings = judged(unit, recording_id, evaluations, set_of=set_of)
        agent, when = agent_name(unit, call), _clock(unit, call)
    log_access(services, call, actor=who.actor, action=AccessAction.EXPORTED, detail="Report of the call.")
    return render(
        request,
        "report.html",
        call=call,
        agent=agent,
        may_see=may_see,
        verdicts=verdicts(evaluations, reviews, set_of=set_of),
        findings=findings,
        reviews=reviews,
        when=when,
        now=services.clock.now(),
    )


def _clock(unit: UnitOfWork, call: Recording) -> Callable[[datetime], str]:
    """Writes an instant in the time zone of the call's queue, and says which."""
    zone = ZoneInfo(unit.queues.find(call.queue).hours.time_zone)
    return lambda instant: instant.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")
