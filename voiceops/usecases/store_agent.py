"""Stores an agent, or replaces one; what they said about their presence stays unless it is said anew."""

from dataclasses import replace

from voiceops.domain.people import Agent, Presence
from voiceops.ports import Services
from voiceops.usecases.require_seen import require_seen


def store_agent(
    services: Services, agent: Agent, *, presence: Presence | None = None, seen: str | None = None
) -> Agent:
    """The agent as stored. `presence` None keeps the stored one; a new agent has that of `agent`.

    `seen` is the version tag of the agent that the caller saw. Raises Changed if that is another one now.
    """
    with services.open_unit() as unit:
        before = unit.agents.hold(agent.id)
        stored = replace(agent, presence=presence or (before.presence if before is not None else agent.presence))
        require_seen(before, stored, seen=seen)
        unit.agents.put(stored)
        unit.commit()
    return stored
