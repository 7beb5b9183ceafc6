"""Moves a callback task from one state to another, with its event: what every task verb shares."""

from collections.abc import Callable

from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.ports import Notice, Services
from voiceops.usecases.require_seen import task_as_seen


def move_task(
    services: Services,
    task_id: str,
    change: Callable[[CallbackTask], CallbackTask],
    *,
    event: tuple[str, str, str],
    notice: Notice | None = None,
    version: int | None = None,
) -> CallbackTask:
    """The task after `change`, stored with an event of (actor, what, why); `notice` says who is told.

    `version` is the one that the actor saw. Raises NotFound, Changed, or Conflict for an
    illegal move and if somebody changed the task meanwhile.
    """
    actor, what, why = event
    with services.open_unit() as unit:
        task = change(task_as_seen(unit, task_id, version))
        unit.tasks.save(task, TaskEvent(task_id, services.clock.now(), actor=actor, what=what, why=why))
        if notice is not None:
            unit.tell(notice)
        unit.commit()
    return task
