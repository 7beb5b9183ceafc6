"""Puts a task off until a time, with the reason: until then it is neither assigned nor overdue."""

from datetime import UTC, datetime, timedelta

from voiceops.analysis.due import due_at
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove
from voiceops.errors import BadInput
from voiceops.ports import Services
from voiceops.usecases.find_queue import find_queue
from voiceops.usecases.require_seen import task_as_seen

# Whoever must wait longer than this is forgotten in truth.
LONGEST = timedelta(days=90)


def snooze_task(
    services: Services, task_id: str, *, actor: str, until: datetime, why: str, version: int | None = None
) -> CallbackTask:
    """The task, asleep; the sweep wakes it, and its service target counts anew from then.

    Raises Conflict if it is offered or has ended, and BadInput for a time that is past or too far away.
    """
    now, until = services.clock.now(), until.astimezone(UTC)
    if not now < until <= now + LONGEST:
        raise BadInput(
            f"A task is put off to a time between now and {LONGEST.days} days from now.",
            record=task_id,
            next_step="Choose another time, or cancel the task with the reason.",
        )
    with services.open_unit() as unit:
        task = task_as_seen(unit, task_id, version)
        again = due_at(raised_at=until, urgency=task.urgency, queue=find_queue(services, unit, task.queue))
        asleep = task.put_off(TaskMove.SNOOZE, until, due_at=again)
        unit.tasks.save(
            asleep, TaskEvent(task_id, now, actor=actor, what=f"snoozed until {until:%Y-%m-%d %H:%M} UTC", why=why)
        )
        unit.commit()
    return asleep
