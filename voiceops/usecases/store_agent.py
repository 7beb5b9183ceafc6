"""Stores an agent, or replaces one; what they said about their presence stays unless it is said anew."""

from dataclasses import replace

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import Agent, Presence
from voiceops.ports import Services
from voiceops.usecases.require_seen import require_seen


def store_agent(
    services: Services,
    agent: Agent,
    *,
    presence: Presence | None = None,
    seen: str | None = None,
    actor: str = "system",
) -> Agent:
    """The agent as stored. `presence` None keeps the stored one; a new agent has that of `agent`.

    `seen` is the version tag of the agent that the caller saw. Raises Changed if that is another one now.
    """
    with services.open_unit() as unit:
        before = unit.agents.hold(agent.id)
        stored = replace(agent, presence=presence or (before.presence if before is not None else agent.presence))
        require_seen(before, stored, seen=seen)
        unit.agents.put(stored)
        if (stored.team, stored.queues) != ((before.team, before.queues) if before is not None else (None, ())):
            # Whose supervisor sees their work, and whose pool they see.
            detail = f"Team {stored.team or 'none'}; queues {', '.join(stored.queues) or 'all'}."
            unit.access_log.add(
                AccessEntry(services.clock.now(), actor, AccessAction.CHANGED_RIGHTS, agent.id, detail=detail)
            )
        unit.commit()
    return stored
