"""Wakes tasks whose time has come: they are assigned, shown and become overdue again."""

from dataclasses import replace

import structlog

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove
from voiceops.errors import Conflict
from voiceops.ports import Notice, Services

log = structlog.get_logger(__name__)


def wake_tasks(services: Services) -> int:
    """How many tasks were woken."""
    with services.open_view() as unit:
        asleep = unit.tasks.asleep(until=services.clock.now())
    return sum(_wake(services, task) for task in asleep)


def _wake(services: Services, task: CallbackTask) -> bool:
    awake = replace(task.by(TaskMove.WAKE), snoozed_until=None)
    try:
        with services.open_unit() as unit:
            why = "Its time has come."
            unit.tasks.save(awake, TaskEvent(task.id, services.clock.now(), actor="system", what="woken", why=why))
            if task.agent_id is not None:
                text = f"Call back by {task.due_at:%Y-%m-%d %H:%M} UTC."
                unit.tell(Notice(task.agent_id, subject="A caller's time has come", text=text, task_id=task.id))
            unit.commit()
    except Conflict:
        log.info("task moved by somebody else meanwhile", task_id=task.id)
        return False
    return True
