"""The worklist of QA: which calls need a person, before those that need none."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access import ACCESS, SignedIn
from api.calls_wanted import CallsWanted, cursor_of
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.reach import may_see_results
from api.ui.render import render
from voiceops.analysis.hours_of_week import clocks_of
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Recording, RecordingKind
from voiceops.domain.verdict import Verdict
from voiceops.ports import Page, RecordingFilter, UnitOfWork, WorklistEntry, WorklistOrder, WorklistPlace
from voiceops.usecases.log_search import log_search

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 50
SAMPLES_SHOWN = 5


@dataclass(frozen=True)
class Listed:
    """A call with what counts of it. `at` is when it began, by the clock of its queue."""

    call: Recording
    at: datetime
    needs_person: bool
    verdicts: Sequence[Verdict]

    @property
    def to_decide(self) -> int:
        """How many findings wait for a person."""
        return sum(one.to_decide for one in self.verdicts)


@router.get("/calls", name="calls_page")
def calls_page(request: Request, services: Here, who: Who, wanted: Annotated[CallsWanted, Query()]) -> Response:
    """Calls that need a person, from page to page, then the others."""
    may_sample = who.identity.role in ACCESS["draw_sample_by_form"] and who.only_teams is None
    if wanted.words is not None and who.only_agent is None:
        log_search(services, actor=who.actor)
    with services.open_view() as unit:
        found = _found(unit, wanted, who)
        released = [one.recording.id for one in found if may_see_results(services, unit, one.recording, who)]
        listed = listed_of(unit, found[:SHOWN], released)
        queues, agents = unit.queues.list(), unit.agents.list()
        samples = unit.samples.list(limit=SAMPLES_SHOWN) if may_sample else []
        keyword_sets = [one.keyword_set for one in unit.keyword_sets.list_active()]
    return render(
        request,
        "calls.html",
        needing=[one for one in listed if one.needs_person],
        others=[one for one in listed if not one.needs_person],
        wanted=wanted,
        queues=[one.id for one in queues],
        is_own=who.only_agent is not None,
        agents=[] if who.only_agent else agents,
        agent_names={one.id: one.name for one in agents},
        keyword_sets=keyword_sets,
        outcomes=list(Outcome),
        orders=list(WorklistOrder),
        may_sample=may_sample,
        samples=samples,
        may_export=who.identity.role in ACCESS["export_calls"],
        following=cursor_of(found[SHOWN - 1].place) if len(found) > SHOWN else None,
    )


def _found(unit: UnitOfWork, wanted: CallsWanted, who: SignedIn) -> Sequence[WorklistEntry]:
    """The calls of this page and one more. Agents get theirs by time: any other order tells what is not released."""
    asked, place = wanted.filter(who, unit), wanted.place()
    if who.only_agent is None:
        return unit.worklist.list(asked, order=wanted.order, limit=SHOWN + 1, after=place)
    own = RecordingFilter(kind=RecordingKind.CALL, queue=asked.queue, agent_id=asked.agent_id)
    page = unit.recordings.list(own, Page(SHOWN + 1, place.recording_id if place is not None else None))
    return [WorklistEntry(one, WorklistPlace(False, one.received_at, 0.0, one.id)) for one in page]


def listed_of(unit: UnitOfWork, entries: Sequence[WorklistEntry], released: Sequence[str]) -> Sequence[Listed]:
    """The calls with the verdicts that may be seen."""
    verdicts = defaultdict[str, list[Verdict]](list)
    for verdict in unit.verdicts.of_recordings(released):
        verdicts[verdict.recording_id].append(verdict)
    clocks = clocks_of(unit.queues.find_all({one.recording.queue for one in entries}))
    return [
        Listed(call, (call.started_at or call.received_at).astimezone(clocks[call.queue]), needs, verdicts[call.id])
        for call, needs in ((one.recording, one.place.needs_person) for one in entries)
    ]
