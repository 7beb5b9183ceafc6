"""The supervisor's board: what waits where and how long, who is there to do it, and a press that moves a task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.access import SignedIn
from api.deps import Cursor, Here, PathId, Who, one_page
from api.guard import GuardedRoute
from api.routes import tasks as moves
from api.schemas.task_move import HandOver, Reason
from api.schemas.text import Id
from api.ui.clock import clock_of
from api.ui.forms import go_to
from api.ui.render import render
from api.ui.texts import language_of
from voiceops.analysis.service_level import service_levels
from voiceops.analysis.shifts import is_on_shift, takes_offers
from voiceops.domain.board import QueueTally, ServiceLevel
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.people import Agent
from voiceops.ports import TaskFilter, UnitOfWork

router = APIRouter(prefix="/board", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 50
# As many as a hand finds at a glance; those with the most room first.
OFFERED = 6
# No zone's today is longer ago than this.
TODAY = timedelta(hours=26)

Wish = Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9._@-]*$")]
Where = Annotated[str, Form(max_length=64, pattern=r"^[A-Za-z0-9._@-]*$")]
Version = Annotated[int, Form(ge=1)]
Why = Annotated[str, Form(min_length=1, max_length=200)]


@dataclass(frozen=True)
class QueueRow:
    """One queue's work."""

    tally: QueueTally
    level: ServiceLevel


@dataclass(frozen=True)
class Person:
    """Somebody on shift with how many tasks they hold."""

    agent: Agent
    held: int
    takes_offers: bool

    @property
    def room(self) -> int:
        """How many more they can hold."""
        return max(0, self.agent.capacity - self.held)


@router.get("", name="board_page")
def board_page(request: Request, services: Here, who: Who, *, queue: Wish = "", cursor: Cursor = None) -> Response:
    """Counts by queue, the people on shift, and tasks by due time, so that what is overdue comes first."""
    now, language = services.clock.now(), language_of(request)
    wanted = TaskFilter(ended=False, queue=queue or None, teams=who.only_teams)
    with services.open_view() as unit:
        tallies = unit.board.tallies(now=now, teams=who.only_teams)
        done = unit.board.done_since(now - TODAY, teams=who.only_teams)
        tasks, following = one_page(
            lambda page: unit.tasks.list(wanted, page), limit=SHOWN, cursor=cursor, id_of=lambda one: one.id
        )
        named = {one.queue for one in tallies} | {one.queue for one in done} | {one.queue for one in tasks}
        zones = {name: one.hours.time_zone for name, one in unit.queues.find_all(named).items()}
        people, away = _people(unit, who, now)
        names = {one.id: one.name for one in unit.agents.list()}
    levels = service_levels(done, tallies, now=now, zones=zones)
    return render(
        request,
        "board.html",
        rows=_rows(tallies, levels),
        total=sum(levels.values(), ServiceLevel()),
        people=people,
        away=away,
        tasks=tasks,
        following=following,
        queue=queue,
        names=names,
        clocks={one.id: clock_of(one, now=now, time_zone=zones[one.queue], language=language) for one in tasks},
        candidates={one.id: candidates(one, people) for one in tasks},
        doubts={one.id: doubts(one) for one in tasks},
    )


@router.post("/{task_id}/hand-over", name="hand_over_on_board")
def hand_over_on_board(
    task_id: PathId,
    services: Here,
    who: Who,
    *,
    version: Version,
    to_agent_id: Annotated[Id, Form()],
    queue: Where = "",
) -> Response:
    """Offers it to a named agent."""
    told = HandOver(to_agent_id=to_agent_id, why="From the board.")
    moves.hand_over_task(task_id, told, services, who, moves.Move(Response(), version))
    return _back(queue, done="handed-over")


@router.post("/{task_id}/release", name="release_on_board")
def release_on_board(task_id: PathId, services: Here, who: Who, *, version: Version, queue: Where = "") -> Response:
    """Gives it back to the pool."""
    moves.release_task(task_id, Reason(why="From the board."), services, who, moves.Move(Response(), version))
    return _back(queue, done="released")


@router.post("/{task_id}/cancel", name="cancel_on_board")
def cancel_on_board(
    task_id: PathId, services: Here, who: Who, *, version: Version, why: Why, queue: Where = ""
) -> Response:
    """Ends it with a reason: nobody needs to call back."""
    moves.cancel_task(task_id, Reason(why=why), services, who, moves.Move(Response(), version))
    return _back(queue, done="cancelled")


def candidates(task: CallbackTask, people: Sequence[Person]) -> list[Person]:
    """Who may be handed this task with a press: they work its queue and have room; who takes offers comes first."""
    fit = [
        one
        for one in people
        if one.room > 0
        and one.agent.id != task.agent_id
        and (not one.agent.queues or task.queue is None or task.queue in one.agent.queues)
    ]
    return sorted(fit, key=lambda one: (not one.takes_offers, -one.room, one.agent.name))[:OFFERED]


def doubts(task: CallbackTask) -> bool:
    """Whether what the caller said could not all be made out, or names no number to call."""
    facts = task.facts
    if facts is None:
        return False
    # A number that an agent put right leaves no doubt about what was heard of it.
    heard = None if task.corrected_number else facts.callback_number
    unclear = [fact for fact in (heard, facts.caller_name) if fact is not None and fact.value is None]
    number = task.corrected_number or (heard.value if heard is not None else None)
    return bool(unclear) or not (number or task.caller_number)


def _people(unit: UnitOfWork, who: SignedIn, now: datetime) -> tuple[list[Person], int]:
    """Those on shift, and how many are not."""
    teams = who.only_teams
    agents = [one for one in unit.agents.list() if teams is None or one.team in teams]
    loads = unit.tasks.loads()
    there = [Person(one, loads.get(one.id, 0), takes_offers(one, now)) for one in agents if is_on_shift(one, now)]
    there.sort(key=lambda one: (not one.takes_offers, one.agent.name))
    return there, len(agents) - len(there)


def _rows(tallies: Sequence[QueueTally], levels: Mapping[str | None, ServiceLevel]) -> list[QueueRow]:
    waiting = {one.queue: one for one in tallies}
    quiet = [QueueTally(name, 0, 0, 0, 0, 0, 0) for name in levels if name not in waiting]
    return sorted(
        (QueueRow(one, levels.get(one.queue, ServiceLevel())) for one in (*tallies, *quiet)),
        key=lambda row: (-row.tally.overdue, -row.tally.due_soon, row.tally.queue or ""),
    )


def _back(queue: str, *, done: str) -> Response:
    return go_to(f"/board?queue={queue}" if queue else "/board", done=done)
