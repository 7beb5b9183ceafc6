"""An agent accepts a task that was offered to them, or claims one from the pool."""

from dataclasses import replace

from voiceops.analysis.may_claim import may_claim
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove, TaskState
from voiceops.domain.people import Agent
from voiceops.errors import Conflict, NotAllowed
from voiceops.ports import Services
from voiceops.usecases.require_room import require_room
from voiceops.usecases.require_seen import task_as_seen

FULL = "Complete a task or give one back first, or ask your supervisor for a higher capacity."


def accept_task(services: Services, task_id: str, *, actor: str, version: int | None = None) -> CallbackTask:
    """The task, accepted by the agent `actor`; accepting it twice is harmless.

    Raises Conflict if it was offered to somebody else, has ended, or is claimed by an agent without room,
    and NotAllowed if it is not in the pool of their queues.
    """
    with services.open_unit() as unit:
        # `loads` first, as whoever assigns does: of two claims at once the second sees the first one's task.
        held = unit.tasks.loads().get(actor, 0)
        task, agent = unit.tasks.get(task_id), unit.agents.get(actor)
        if task.state is TaskState.ACCEPTED and task.agent_id == actor:
            return task
        accepted = _accepted(task_as_seen(unit, task_id, version), agent)
        if task.state is TaskState.OPEN:
            require_room(agent, held=held, record=task_id, next_step=FULL)
        unit.tasks.save(accepted, TaskEvent(task_id, services.clock.now(), actor=actor, what="accepted", why=""))
        unit.commit()
    return accepted


def _accepted(task: CallbackTask, agent: Agent) -> CallbackTask:
    if task.agent_id not in {None, agent.id}:
        raise Conflict(
            "The task was offered to somebody else.",
            record=task.id,
            next_step="Take another task, or ask your supervisor to hand it over.",
        )
    # Who claims a task that was put off works it now.
    accepted = replace(task.by(TaskMove.ACCEPT), agent_id=agent.id, snoozed_until=None)
    if task.state is TaskState.OPEN and not may_claim(agent, task):
        raise NotAllowed(
            "The task waits for a supervisor."
            if task.with_supervisor
            else "The task belongs to a queue that you do not work.",
            record=task.id,
            next_step="Ask a supervisor to hand it over to you.",
        )
    return accepted
