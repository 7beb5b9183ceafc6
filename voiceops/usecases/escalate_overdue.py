"""Tells the supervisor of tasks that are overdue, once for each level of the queue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from voiceops.analysis.due_text import due_text
from voiceops.analysis.working_hours import after
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.people import Queue
from voiceops.errors import Conflict
from voiceops.ports import Notice, Page, Services, UnitOfWork

PAGE = 200


def escalate_overdue(services: Services) -> int:
    """How many tasks were escalated. A task that passed several levels meanwhile is told of once."""
    now = services.clock.now()
    with services.open_view() as unit:
        late = [
            (task, queue) for task, queue in _overdue(unit, now) if _level(task, queue, now) > task.escalation_level
        ]
    return sum(_escalate(services, task, queue, now=now) for task, queue in late)


def _overdue(unit: UnitOfWork, now: datetime) -> Iterator[tuple[CallbackTask, Queue]]:
    """Every overdue task that can still rise, with its queue."""
    queues = {queue.id: queue for queue in unit.queues.list()}
    others = unit.queues.find(None)
    highest = max(len(queue.escalation_minutes) for queue in (others, *queues.values()))
    page = Page(limit=PAGE)
    while found := unit.tasks.overdue(now=now, below_level=highest, page=page):
        yield from ((task, queues.get(task.queue or "", others)) for task in found)
        page = Page(limit=PAGE, after=found[-1].id)


def _level(task: CallbackTask, queue: Queue, now: datetime) -> int:
    """How many of the queue's levels have passed; their minutes count inside opening hours."""
    return sum(
        after(task.due_at, timedelta(minutes=minutes), queue.hours) < now for minutes in queue.escalation_minutes
    )


def _escalate(services: Services, task: CallbackTask, queue: Queue, *, now: datetime) -> bool:
    level = _level(task, queue, now)
    due = due_text(task.due_at, now=now, time_zone=queue.hours.time_zone)
    why = f"Still {task.state}, {due}; level {level} of {len(queue.escalation_minutes)}."
    marked = replace(task, escalation_level=level, version=task.version + 1)
    try:
        with services.open_unit() as unit:
            unit.tasks.save(marked, TaskEvent(task.id, now, actor="system", what="escalated", why=why))
            unit.tell(Notice("supervisor", subject="A callback is overdue", text=why, task_id=task.id))
            unit.commit()
    except Conflict:
        return False
    return True
