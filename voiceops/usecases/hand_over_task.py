"""Hands a task over to a named colleague, with a reason."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove
from voiceops.ports import Notice, Services
from voiceops.usecases.require_room import require_room
from voiceops.usecases.require_seen import task_as_seen

FULL = "Choose a colleague with room, or give the task back to the pool: whoever has room first gets it."


def hand_over_task(
    services: Services, task_id: str, *, actor: str, to_agent_id: str, why: str, version: int | None = None
) -> CallbackTask:
    """The task, offered to the other agent, who reads `why`.

    Raises NotFound for an unknown agent, and Conflict if they hold as many tasks as they can.
    """
    with services.open_unit() as unit:
        # `loads` first, as whoever assigns does: nobody else fills the colleague's last place meanwhile.
        held = unit.tasks.loads().get(to_agent_id, 0)
        task, colleague = task_as_seen(unit, task_id, version), unit.agents.get(to_agent_id)
        handed = replace(
            task.by(TaskMove.HAND_OVER),
            agent_id=colleague.id,
            assignment_reason=f"Handed over by {actor}: {why}",
            with_supervisor=False,
        )
        if task.agent_id != colleague.id:
            require_room(colleague, held=held, record=task_id, next_step=FULL)
        what = f"handed over to {colleague.id}"
        unit.tasks.save(handed, TaskEvent(task_id, services.clock.now(), actor=actor, what=what, why=why))
        unit.tell(Notice(colleague.id, "A callback was handed over to you", f"{actor}: {why}", task_id))
        unit.commit()
    return handed
