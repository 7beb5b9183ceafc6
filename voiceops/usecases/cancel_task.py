"""Cancels a task that nobody needs to work any more."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskMove
from voiceops.ports import Services
from voiceops.usecases.move_task import move_task


def cancel_task(services: Services, task_id: str, *, actor: str, why: str, version: int | None = None) -> CallbackTask:
    """The task, cancelled. Raises Conflict if it has ended."""
    now = services.clock.now()
    return move_task(
        services,
        task_id,
        lambda task: replace(task.by(TaskMove.CANCEL), ended_at=now, snoozed_until=None),
        event=(actor, "cancelled", why),
        version=version,
    )
