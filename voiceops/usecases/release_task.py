"""Gives a task back to the pool, so that somebody else gets it."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskMove
from voiceops.ports import Notice, Services
from voiceops.usecases.move_task import move_task


def release_task(services: Services, task_id: str, *, actor: str, why: str, version: int | None = None) -> CallbackTask:
    """The task, open and nobody's; the next sweep offers it. Raises Conflict if it has ended."""
    told = Notice("supervisor", "A callback was given back", f"{actor}: {why}", task_id)
    return move_task(services, task_id, _released, event=(actor, "released", why), notice=told, version=version)


def _released(task: CallbackTask) -> CallbackTask:
    return replace(task.by(TaskMove.RELEASE), agent_id=None, assignment_reason=None)
