"""Callback tasks: list them and act on one."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.access import SignedIn
from api.answers import problems
from api.deps import Here, Limit, PathId, PlaceInOrder, Who, one_page_in_order
from api.guard import GuardedRoute
from api.preconditions import SeenNumber, tagged
from api.reach import require_reach, task_within_reach
from api.schemas.task import TaskDetail, TaskOut, TaskPage, task_detail, task_out
from api.schemas.task_move import Attempt, Completion, HandOver, NumberToCall, Reason, Snooze, ToQueue
from api.schemas.text import Id
from voiceops.analysis.due_text import task_due_text
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.ports import Services, TaskFilter, TaskOrder
from voiceops.usecases import accept_task as accepting
from voiceops.usecases import cancel_task as cancelling
from voiceops.usecases import complete_task as completing
from voiceops.usecases import correct_number as correcting
from voiceops.usecases import hand_over_task as handing_over
from voiceops.usecases import log_attempt as attempting
from voiceops.usecases import release_task as releasing
from voiceops.usecases import send_to_queue as sending
from voiceops.usecases import snooze_task as snoozing
from voiceops.usecases.log_access import log_access

router = APIRouter(prefix="/api/v1/tasks", tags=["tasks"], route_class=GuardedRoute)

_MOVES = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED)


class Move:
    """What every change of a task has in common: the version that the client saw, and the one in the answer."""

    def __init__(self, response: Response, version: SeenNumber) -> None:
        self.version = version
        self._response = response

    def out(self, task: CallbackTask) -> TaskOut:
        """The task as it is now, for the wire."""
        tagged(self._response, task.version)
        return task_out(task)


@router.get("", name="list_tasks", responses=problems(HTTPStatus.NOT_FOUND))
def list_tasks(  # noqa: PLR0913 - each filter is one parameter of the address
    services: Here,
    who: Who,
    *,
    state: TaskState | None = None,
    agent: Id | None = None,
    queue: Id | None = None,
    ended: Annotated[bool | None, Query(description="false: only what is still somebody's duty.")] = None,
    pool: Annotated[bool, Query(description="true: only what may be claimed; for agents, in their queues.")] = False,
    recording: Annotated[Id | None, Query(description="Only the task that this voicemail raised or joined.")] = None,
    sort: TaskOrder = TaskOrder.DUE_FIRST,
    limit: Limit = 50,
    cursor: PlaceInOrder = None,
) -> TaskPage:
    """Tasks by due time; agents see their own and the pool of their queues, supervisors what belongs to their teams."""
    if agent is not None:
        who.require_own(agent, record=f"tasks of {agent}")
    wanted = TaskFilter(
        state=state,
        agent_id=agent or who.only_agent,
        queue=queue,
        ended=ended,
        recording_id=recording,
        teams=who.only_teams,
    )
    with services.open_view() as unit:
        if pool:
            claimant = agent or who.only_agent
            works = unit.agents.get(claimant).queues if claimant is not None else ()
            wanted = replace(wanted, agent_id=None, pool=True, pool_of=works or None)
        page, following = one_page_in_order(
            lambda page: unit.tasks.list(wanted, page, sort), limit=limit, cursor=cursor, order=sort
        )
        queues = unit.queues.find_all({one.queue for one in page})
    now = services.clock.now()
    zones = {name: queue.hours.time_zone for name, queue in queues.items()}
    items = [task_out(one, due=task_due_text(one, now=now, time_zone=zones[one.queue])) for one in page]
    return TaskPage(items=items, next=following)


@router.get("/{task_id}", name="get_task", responses=problems(HTTPStatus.NOT_FOUND))
def get_task(task_id: PathId, response: Response, services: Here, who: Who) -> TaskDetail:
    """One task with what the caller said and everything that happened to it."""
    with services.open_view() as unit:
        task = task_within_reach(unit, task_id, who)
        tagged(response, task.version)
        zone = unit.queues.find(task.queue).hours.time_zone
        detail = task_detail(
            task,
            due=task_due_text(task, now=services.clock.now(), time_zone=zone),
            messages=unit.messages.of_task(task_id),
            attempts=unit.attempts.of_task(task_id),
            events=unit.tasks.events(task_id),
        )
    if detail.quotes:
        log_access(
            services, task, actor=who.actor, action=AccessAction.READ_TRANSCRIPT, detail=f"Quoted in task {task_id}."
        )
    return detail


@router.post("/{task_id}/accept", name="accept_task", responses=_MOVES)
def accept_task(task_id: PathId, services: Here, who: Who, move: Annotated[Move, Depends()]) -> TaskOut:
    """Accept a task that was offered to you, or claim one from the pool of your queues."""
    with services.open_view() as unit:
        task = unit.tasks.get(task_id)
    if task.agent_id is not None:
        who.require_own(task.agent_id, record=task_id)
    return move.out(accepting.accept_task(services, task_id, actor=who.actor, version=move.version))


@router.post("/{task_id}/attempts", name="log_attempt", responses=_MOVES)
def log_attempt(
    task_id: PathId, attempt: Attempt, services: Here, who: Who, move: Annotated[Move, Depends()]
) -> TaskOut:
    """Note how a call to the caller went; the queue's policy says when to try again."""
    _require_reach(services, task_id, who)
    return move.out(
        attempting.log_attempt(
            services, task_id, actor=who.actor, version=move.version, result=attempt.result, note=attempt.note
        )
    )


@router.post("/{task_id}/snooze", name="snooze_task", responses=_MOVES)
def snooze_task(task_id: PathId, snooze: Snooze, services: Here, who: Who, move: Annotated[Move, Depends()]) -> TaskOut:
    """Put a task off until a time; before it, it is neither assigned nor overdue."""
    _require_reach(services, task_id, who)
    return move.out(
        snoozing.snooze_task(
            services, task_id, actor=who.actor, version=move.version, until=snooze.until, why=snooze.why
        )
    )


@router.post("/{task_id}/complete", name="complete_task", responses=_MOVES)
def complete_task(
    task_id: PathId, completion: Completion, services: Here, who: Who, move: Annotated[Move, Depends()]
) -> TaskOut:
    """Complete a task that you accepted."""
    _require_reach(services, task_id, who)
    return move.out(
        completing.complete_task(
            services,
            task_id,
            actor=who.actor,
            version=move.version,
            disposition=completion.disposition,
            note=completion.note,
        )
    )


@router.post("/{task_id}/release", name="release_task", responses=_MOVES)
def release_task(
    task_id: PathId, reason: Reason, services: Here, who: Who, move: Annotated[Move, Depends()]
) -> TaskOut:
    """Give a task back to the pool; the next sweep offers it to somebody."""
    _require_reach(services, task_id, who)
    return move.out(releasing.release_task(services, task_id, actor=who.actor, version=move.version, why=reason.why))


@router.post("/{task_id}/hand-over", name="hand_over_task", responses=_MOVES)
def hand_over_task(
    task_id: PathId, hand_over: HandOver, services: Here, who: Who, move: Annotated[Move, Depends()]
) -> TaskOut:
    """Offer a task to a named colleague."""
    _require_reach(services, task_id, who)
    return move.out(
        handing_over.hand_over_task(
            services,
            task_id,
            actor=who.actor,
            version=move.version,
            to_agent_id=hand_over.to_agent_id,
            why=hand_over.why,
        )
    )


@router.post("/{task_id}/to-queue", name="send_to_queue", responses=_MOVES)
def send_to_queue(
    task_id: PathId, to_queue: ToQueue, services: Here, who: Who, move: Annotated[Move, Depends()]
) -> TaskOut:
    """Send a task to another queue, where whoever works it gets it; it stays due when it was."""
    _require_reach(services, task_id, who)
    return move.out(
        sending.send_to_queue(
            services, task_id, actor=who.actor, version=move.version, queue=to_queue.queue, why=to_queue.why
        )
    )


@router.put("/{task_id}/number", name="correct_number", responses=_MOVES)
def correct_number(
    task_id: PathId, number: NumberToCall, services: Here, who: Who, move: Annotated[Move, Depends()]
) -> TaskOut:
    """Put right the number to call; what was heard stays with the facts, and an event says who changed it."""
    _require_reach(services, task_id, who)
    return move.out(
        correcting.correct_number(services, task_id, actor=who.actor, version=move.version, number=number.number)
    )


@router.post("/{task_id}/cancel", name="cancel_task", responses=_MOVES)
def cancel_task(task_id: PathId, reason: Reason, services: Here, who: Who, move: Annotated[Move, Depends()]) -> TaskOut:
    """Cancel a task that nobody needs to work any more."""
    _require_reach(services, task_id, who)
    return move.out(cancelling.cancel_task(services, task_id, actor=who.actor, version=move.version, why=reason.why))


def _require_reach(services: Services, task_id: str, who: SignedIn) -> None:
    with services.open_view() as unit:
        task = unit.tasks.get(task_id)
        require_reach(unit, who, record=task_id, agent_id=task.agent_id, queue=task.queue)
