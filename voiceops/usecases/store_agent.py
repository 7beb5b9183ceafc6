"""Stores an agent, or replaces one; what they said about their presence stays unless it is said anew."""

from dataclasses import replace

from voiceops.domain.people import Agent, Presence
from voiceops.errors import NotFound
from voiceops.ports import Services, UnitOfWork


def store_agent(services: Services, agent: Agent, *, presence: Presence | None = None) -> Agent:
    """The agent as stored. `presence` None keeps the stored one; a new agent has that of `agent`."""
    with services.open_unit() as unit:
        stored = replace(agent, presence=presence or _presence_of(unit, agent))
        unit.agents.put(stored)
        unit.commit()
    return stored


def _presence_of(unit: UnitOfWork, agent: Agent) -> Presence:
    try:
        return unit.agents.get(agent.id).presence
    except NotFound:
        return agent.presence
