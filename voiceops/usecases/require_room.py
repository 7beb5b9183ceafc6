"""Sees that an agent who is about to get a task beside those they hold has room for it."""

from voiceops.domain.people import Agent
from voiceops.errors import Conflict


def require_room(agent: Agent, *, held: int, record: str, next_step: str) -> None:
    """Raises Conflict if an agent who holds `held` tasks can hold no more; `record` is the task's id."""
    if held >= agent.capacity:
        raise Conflict(
            f"{agent.name} ({agent.id}) holds {held} of at most {agent.capacity} tasks already.",
            record=record,
            next_step=next_step,
        )
