"""Offers an open task to the right agent, with the reason in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from voiceops.analysis.customer_key import customer_key
from voiceops.analysis.due_text import due_text
from voiceops.analysis.route import Board, Choice, Needs, choose_agent
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove, TaskState
from voiceops.domain.people import Queue
from voiceops.ports import Notice, Services, UnitOfWork

log = structlog.get_logger(__name__)


def assign_task(services: Services, task_id: str) -> CallbackTask:
    """The task, offered to somebody; or unchanged if it is no longer open or nobody can take it."""
    now = services.clock.now()
    with services.open_unit() as unit:
        # `loads` first: it keeps other assigners waiting until this unit ends. Who held a task while
        # waiting here could wait for ever for another who waits for that task.
        loads = unit.tasks.loads()
        task = unit.tasks.get(task_id)
        queue = unit.queues.find(task.queue)
        choice = None
        if _is_for_anybody(task):
            board = _board(unit, task, queue, loads=loads)
            choice = choose_agent(_needs(unit, task, queue), unit.agents.list(), board=board, at=now)
        if choice is None:
            # Every sweep comes by here for as long as nobody can take the task.
            log.debug("task not assigned", task_id=task_id, state=task.state.value)
            return task
        offered = _offered(task, choice)
        unit.tasks.save(offered, TaskEvent(task.id, now, actor="system", what="offered", why=choice.reason))
        unit.tell(_notice(offered, choice, due=due_text(offered.due_at, now=now, time_zone=queue.hours.time_zone)))
        unit.commit()
    return offered


def _is_for_anybody(task: CallbackTask) -> bool:
    return task.state is TaskState.OPEN and task.snoozed_until is None and not task.with_supervisor


def _board(unit: UnitOfWork, task: CallbackTask, queue: Queue, *, loads: Mapping[str, int]) -> Board:
    numbers = _numbers(task)
    known_by = (*numbers, *_references(unit, task))
    owner = unit.owners.find([customer_key(text, region=queue.region) for text in known_by])
    return Board(
        loads=loads,
        last_offered=unit.offers.last_offered(),
        owner_id=owner.agent_id if owner is not None else None,
        last_spoken=unit.offers.last_spoken(numbers, but_not=task.id),
    )


def _numbers(task: CallbackTask) -> Sequence[str]:
    """The numbers that the caller called from and wants to be called at, where known."""
    return tuple(dict.fromkeys(number for number in (task.caller_number, task.number_to_call) if number))


def _references(unit: UnitOfWork, task: CallbackTask) -> Sequence[str]:
    """What else the customer is known by: as the telephone system named them, and the reference they said."""
    sent = unit.recordings.get(task.recording_id).customer if task.recording_id is not None else None
    said = task.facts.reference.value if task.facts and task.facts.reference else None
    return tuple(text for text in (sent, said) if text)


def _needs(unit: UnitOfWork, task: CallbackTask, queue: Queue) -> Needs:
    asked_for = task.facts.asked_for if task.facts is not None else None
    return Needs(
        language=task.language or queue.language,
        skills=queue.skills,
        queue=task.queue,
        asked_for=asked_for.value if asked_for is not None else None,
        team=queue.team,
        targets=queue.targets,
        passed=unit.offers.passed(task.id),
    )


def _offered(task: CallbackTask, choice: Choice) -> CallbackTask:
    return replace(task.by(TaskMove.OFFER), agent_id=choice.agent_id, assignment_reason=choice.reason)


def _notice(task: CallbackTask, choice: Choice, *, due: str) -> Notice:
    return Notice(
        recipient=choice.agent_id,
        subject="A caller waits for your call",
        text=f"It is {due}. {choice.reason}",
        task_id=task.id,
    )
