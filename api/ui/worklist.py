"""The worklist of QA: which calls need a person, before those that need none."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.deps import Here, Who
from api.guard import GuardedRoute
from api.ui.calls_wanted import CallsWanted, cursor_of
from api.ui.render import render
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Recording
from voiceops.domain.verdict import Verdict
from voiceops.ports import UnitOfWork, WorklistEntry, WorklistOrder

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 50


@dataclass(frozen=True)
class Listed:
    """A call with what counts of it."""

    call: Recording
    needs_person: bool
    verdicts: Sequence[Verdict]

    @property
    def to_decide(self) -> int:
        """How many findings wait for a person."""
        return sum(one.to_decide for one in self.verdicts)


@router.get("/calls", name="calls_page")
def calls_page(request: Request, services: Here, who: Who, wanted: Annotated[CallsWanted, Query()]) -> Response:
    """Calls that need a person, from page to page, then the others."""
    with services.open_view() as unit:
        found = unit.worklist.list(wanted.filter(who), order=wanted.order, limit=SHOWN + 1, after=wanted.place())
        listed = _listed(unit, found[:SHOWN])
        queues, agents = unit.queues.list(), unit.agents.list()
        keyword_sets = [one.keyword_set for one in unit.keyword_sets.list_active()]
    return render(
        request,
        "calls.html",
        needing=[one for one in listed if one.needs_person],
        others=[one for one in listed if not one.needs_person],
        wanted=wanted,
        queues=[one.id for one in queues],
        agents=[] if who.only_agent else agents,
        agent_names={one.id: one.name for one in agents},
        keyword_sets=keyword_sets,
        outcomes=list(Outcome),
        orders=list(WorklistOrder),
        following=cursor_of(found[SHOWN - 1].place) if len(found) > SHOWN else None,
    )


def _listed(unit: UnitOfWork, entries: Sequence[WorklistEntry]) -> Sequence[Listed]:
    verdicts = defaultdict[str, list[Verdict]](list)
    for verdict in unit.verdicts.of_recordings([one.recording.id for one in entries]):
        verdicts[verdict.recording_id].append(verdict)
    return [Listed(one.recording, one.place.needs_person, verdicts[one.recording.id]) for one in entries]
