"""An agent says whether they are there; who goes gives back at once what they have not started."""

from dataclasses import replace

import structlog

from voiceops.domain.people import Agent, Presence
from voiceops.ports import Services
from voiceops.usecases.give_back_tasks import give_back_tasks

log = structlog.get_logger(__name__)


def set_presence(services: Services, agent_id: str, presence: Presence) -> Agent:
    """The agent with their new presence. Raises NotFound."""
    with services.open_unit() as unit:
        agent = replace(unit.agents.get(agent_id), presence=presence)
        unit.agents.put(agent)
        unit.commit()
    log.info("presence set", agent_id=agent_id, presence=presence.value)
    if presence is Presence.OFFLINE:
        give_back_tasks(services, agent_id)
    return agent
