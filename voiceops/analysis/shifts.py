"""Whether an agent is there: by their schedule and by what they say themselves."""

from datetime import datetime

from voiceops.analysis.working_hours import is_open
from voiceops.domain.people import Agent, Presence


def is_on_shift(agent: Agent, at: datetime) -> bool:
    """True inside their shifts, if they do not say they are gone; busy and away agents are on shift."""
    return agent.presence is not Presence.OFFLINE and (agent.shifts is None or is_open(at, agent.shifts))


def takes_offers(agent: Agent, at: datetime) -> bool:
    """True where a new task may be offered to them now."""
    return agent.presence is Presence.AVAILABLE and is_on_shift(agent, at)
