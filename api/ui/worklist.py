"""The worklist of QA: which calls need a person, before those that need none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.deps import Cursor, Here, Who, one_page
from api.guard import GuardedRoute
from api.ui.judged import Judged, SetOf, judged, sets_of
from api.ui.render import render
from voiceops.domain.finding import Evaluation
from voiceops.domain.recording import Recording, RecordingKind
from voiceops.ports import RecordingFilter, UnitOfWork

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 50

# A form sends what was left empty, too.
Wish = Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9._@-]*$")]


@dataclass(frozen=True)
class Listed:
    """A call with what was made of it."""

    call: Recording
    evaluations: Sequence[Evaluation]
    findings: Sequence[Judged]

    @property
    def to_decide(self) -> int:
        """How many findings wait for a person."""
        return sum(one.waits for one in self.findings)


@router.get("/calls", name="calls_page")
def calls_page(
    request: Request, services: Here, who: Who, *, queue: Wish = "", agent: Wish = "", cursor: Cursor = None
) -> Response:
    """Calls, the newest first; on each page those that need somebody before the others."""
    if agent:
        who.require_own(agent, record=f"calls of {agent}")
    wanted = RecordingFilter(
        kind=RecordingKind.CALL, queue=queue or None, agent_id=agent or who.only_agent, teams=who.only_teams
    )
    with services.open_view() as unit:
        page, following = one_page(
            lambda page: unit.recordings.list(wanted, page), limit=SHOWN, cursor=cursor, id_of=lambda one: one.id
        )
        set_of = sets_of(unit)
        listed = [_listed(unit, call, set_of) for call in page]
        queues, agents = unit.queues.list(), unit.agents.list()
    return render(
        request,
        "calls.html",
        needing=[one for one in listed if one.to_decide],
        others=[one for one in listed if not one.to_decide],
        queues=[one.id for one in queues],
        agents=[] if who.only_agent else agents,
        agent_names={one.id: one.name for one in agents},
        queue=queue,
        agent=agent,
        following=following,
    )


def _listed(unit: UnitOfWork, call: Recording, set_of: SetOf) -> Listed:
    evaluations = unit.evaluations.of_recording(call.id)
    return Listed(call, evaluations, judged(unit, call.id, evaluations, set_of=set_of))
