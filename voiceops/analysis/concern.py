"""Which of a task's events somebody may see: agents their own and their pool's, supervisors their teams'."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from voiceops.domain.notice import TaskChange


def as_seen_by(change: TaskChange, agent_id: str, queues: Sequence[str]) -> TaskChange | None:
    """The change as this agent may see it, or None. No `queues` means all of them.

    That a task leaves the pool is their business, who took it is not. Of events of earlier versions nobody
    can say whose they were.
    """
    if agent_id in {change.agent_id, change.agent_before, change.actor}:
        return change
    if change.state is None or (change.agent_before is not None and change.agent_id is not None):
        return None
    if queues and change.queue is not None and change.queue not in queues:
        return None
    if change.agent_id is None:
        return replace(change, agent_before=None, actor="")
    return replace(change, agent_id=None, actor="")


def concerns(change: TaskChange, agent_ids: Collection[str], queues: Collection[str]) -> bool:
    """Whether a change is about one of these agents, before or after it, or about one of these queues."""
    return change.agent_id in agent_ids or change.agent_before in agent_ids or change.queue in queues
