"""An agent accepts a task that was offered to them, or claims one from the pool."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.errors import Conflict
from voiceops.ports import Services
from voiceops.usecases.move_task import move_task


def accept_task(services: Services, task_id: str, *, actor: str) -> CallbackTask:
    """The task, accepted by the agent `actor`; accepting it twice is harmless.

    Raises Conflict if it was offered to somebody else or has ended.
    """
    with services.open_view() as unit:
        task = unit.tasks.get(task_id)
        unit.agents.get(actor)
    if task.state is TaskState.ACCEPTED and task.agent_id == actor:
        return task
    return move_task(services, task_id, lambda task: _accepted(task, actor), event=(actor, "accepted", ""))


def _accepted(task: CallbackTask, actor: str) -> CallbackTask:
    if task.agent_id not in {None, actor}:
        raise Conflict(
            "The task was offered to somebody else.",
            record=task.id,
            next_step="Take another task, or ask your supervisor to hand it over.",
        )
    return replace(task.moved(TaskState.ACCEPTED), agent_id=actor, version=task.version + 1)
