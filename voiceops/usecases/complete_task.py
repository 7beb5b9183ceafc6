"""An agent completes a task with a disposition."""

from dataclasses import replace
from datetime import datetime

from voiceops.domain.callback_task import CallbackTask, Disposition, TaskState
from voiceops.errors import Conflict
from voiceops.ports import Services
from voiceops.usecases.move_task import move_task


def complete_task(
    services: Services, task_id: str, *, actor: str, disposition: Disposition, note: str = ""
) -> CallbackTask:
    """The task, done. Raises Conflict if it is not accepted, or accepted by somebody else."""
    now = services.clock.now()
    return move_task(
        services,
        task_id,
        lambda task: _done(task, actor, disposition, at=now),
        event=(actor, f"done: {disposition}", note),
    )


def _done(task: CallbackTask, actor: str, disposition: Disposition, *, at: datetime) -> CallbackTask:
    if task.state is not TaskState.ACCEPTED or task.agent_id != actor:
        raise Conflict(
            "Only who accepted a task can complete it.",
            record=task.id,
            next_step="Accept the task first, or ask your supervisor to hand it over.",
        )
    return replace(task.moved(TaskState.DONE), disposition=disposition, ended_at=at, version=task.version + 1)
