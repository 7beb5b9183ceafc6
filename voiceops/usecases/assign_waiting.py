"""Assigns tasks that wait: their transcript is late, or nobody was on shift before."""

from dataclasses import replace
from datetime import timedelta

import structlog

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.errors import Conflict
from voiceops.ports import Services
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.raise_callback_task import BEING_TRANSCRIBED

log = structlog.get_logger(__name__)

LATE = "The transcript is late: listen to the recording."


def assign_waiting(services: Services) -> int:
    """How many tasks were offered to somebody, the first due first.

    A failed or slow transcription never delays a callback longer than the grace: then the task
    is assigned with what is known. Ends with the first task that nobody can take: anyone is every
    queue's last target, so then nobody has room.
    """
    raised_before = services.clock.now() - timedelta(seconds=services.policy.assign_grace_seconds)
    with services.open_view() as unit:
        waiting = unit.tasks.unassigned(raised_before=raised_before)
    assigned = 0
    for task in waiting:
        state = _assign(services, task)
        if state is TaskState.OPEN:
            break
        assigned += state is TaskState.OFFERED
    return assigned


def _assign(services: Services, task: CallbackTask) -> TaskState | None:
    """Where the task stands now; None if somebody else moved it meanwhile."""
    try:
        if task.facts is None and task.note == BEING_TRANSCRIBED:
            _mark_late(services, task)
        return assign_task(services, task.id).state
    except Conflict:
        log.info("task moved by somebody else meanwhile", task_id=task.id)
        return None


def _mark_late(services: Services, task: CallbackTask) -> None:
    with services.open_unit() as unit:
        marked = replace(task, note=LATE, version=task.version + 1)
        why = f"No transcript within {services.policy.assign_grace_seconds} s."
        unit.tasks.save(marked, TaskEvent(task.id, services.clock.now(), actor="system", what="late", why=why))
        unit.commit()
