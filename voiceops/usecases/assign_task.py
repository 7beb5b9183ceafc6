"""Offers an open task to the right agent, with the reason in a sentence."""

from dataclasses import replace

import structlog

from voiceops.analysis.route import Board, Choice, LastSpoken, Needs, choose_agent
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.ports import Notice, Page, Services, TaskFilter, UnitOfWork

log = structlog.get_logger(__name__)


def assign_task(services: Services, task_id: str) -> CallbackTask:
    """The task, offered to somebody; or unchanged if it is no longer open or nobody can take it."""
    with services.open_unit() as unit:
        task = unit.tasks.get(task_id)
        waits = task.state is TaskState.OPEN and task.snoozed_until is None and not task.with_supervisor
        choice = _choose(unit, task) if waits else None
        if choice is None:
            # Every sweep comes by here for as long as nobody can take the task.
            log.debug("task not assigned", task_id=task_id, state=task.state.value)
            return task
        offered = _offered(task, choice)
        now = services.clock.now()
        unit.tasks.save(offered, TaskEvent(task_id, now, actor="system", what="offered", why=choice.reason))
        unit.tell(
            Notice(
                recipient=choice.agent_id,
                subject="A caller waits for your call",
                text=f"Call back by {offered.due_at:%Y-%m-%d %H:%M} UTC. {choice.reason}",
                task_id=task_id,
            )
        )
        unit.commit()
    return offered


def _choose(unit: UnitOfWork, task: CallbackTask) -> Choice | None:
    queue = unit.queues.find(task.queue)
    # `loads` first: it keeps other assigners waiting until this unit ends.
    loads = unit.tasks.loads()
    board = Board(
        loads=loads,
        last_offered=unit.tasks.last_offered(),
        last_spoken=_last_agent_of_caller(unit, task),
    )
    asked_for = task.facts.asked_for if task.facts is not None else None
    needs = Needs(
        language=task.language or queue.language,
        skills=queue.skills,
        queue=task.queue,
        asked_for=asked_for.value if asked_for is not None else None,
    )
    return choose_agent(needs, unit.agents.list(), board=board)


def _last_agent_of_caller(unit: UnitOfWork, task: CallbackTask) -> LastSpoken | None:
    """Who last had a task of the same caller's number, and since when."""
    if task.caller_number is None:
        return None
    same_caller = unit.tasks.list(TaskFilter(caller_number=task.caller_number), Page(limit=100))
    earlier = [
        LastSpoken(one.agent_id, one.raised_at) for one in same_caller if one.agent_id is not None and one.id != task.id
    ]
    return max(earlier, key=lambda one: one.at, default=None)


def _offered(task: CallbackTask, choice: Choice) -> CallbackTask:
    return replace(
        task.moved(TaskState.OFFERED),
        agent_id=choice.agent_id,
        assignment_reason=choice.reason,
        version=task.version + 1,
    )
