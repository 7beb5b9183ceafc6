"""Whether an agent may claim a task from the pool."""

from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.domain.people import Agent


def may_claim(agent: Agent, task: CallbackTask) -> bool:
    """True for an open task that is nobody's, of a queue that they work. Who names no queue works all."""
    free = task.state is TaskState.OPEN and task.agent_id is None and not task.with_supervisor
    return free and (not agent.queues or task.queue is None or task.queue in agent.queues)
