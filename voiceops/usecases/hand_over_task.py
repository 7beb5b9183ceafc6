"""Hands a task over to a named colleague, with a reason."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskMove
from voiceops.ports import Notice, Services
from voiceops.usecases.move_task import move_task


def hand_over_task(services: Services, task_id: str, *, actor: str, to_agent_id: str, why: str) -> CallbackTask:
    """The task, offered to the other agent, who reads `why`. Raises NotFound for an unknown agent."""
    with services.open_view() as unit:
        colleague = unit.agents.get(to_agent_id)
    return move_task(
        services,
        task_id,
        lambda task: replace(
            task.by(TaskMove.HAND_OVER),
            agent_id=colleague.id,
            assignment_reason=f"Handed over by {actor}: {why}",
            with_supervisor=False,
        ),
        event=(actor, f"handed over to {colleague.id}", why),
        notice=Notice(colleague.id, "A callback was handed over to you", f"{actor}: {why}", task_id),
    )
