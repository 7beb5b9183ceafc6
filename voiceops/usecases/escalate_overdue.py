"""Tells the supervisor of tasks that are overdue, once each."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.errors import Conflict
from voiceops.ports import Notice, Services


def escalate_overdue(services: Services) -> int:
    """How many tasks were marked as escalated."""
    with services.open_view() as unit:
        overdue = unit.tasks.overdue(now=services.clock.now())
    return sum(_escalate(services, task) for task in overdue)


def _escalate(services: Services, task: CallbackTask) -> bool:
    why = f"Due {task.due_at:%Y-%m-%d %H:%M} UTC and still {task.state}."
    marked = replace(task, escalation_level=task.escalation_level + 1, version=task.version + 1)
    try:
        with services.open_unit() as unit:
            unit.tasks.save(marked, TaskEvent(task.id, services.clock.now(), actor="system", what="escalated", why=why))
            unit.tell(Notice("supervisor", subject="A callback is overdue", text=why, task_id=task.id))
            unit.commit()
    except Conflict:
        return False
    return True
