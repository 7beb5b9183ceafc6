"""Passes on offers that were not accepted in time: back to the pool, and at once to the next agent."""

from datetime import datetime, timedelta

import structlog

from voiceops.analysis.working_hours import after
from voiceops.domain.offers import LAPSED
from voiceops.domain.people import Agent
from voiceops.errors import Conflict
from voiceops.ports import Offer, Services
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.return_to_pool import return_to_pool

log = structlog.get_logger(__name__)


def pass_on_offers(services: Services) -> int:
    """How many offers lapsed. The time counts inside the agent's shift only."""
    now = services.clock.now()
    with services.open_view() as unit:
        pending = unit.offers.pending()
        if not pending:
            return 0
        agents = {agent.id: agent for agent in unit.agents.list()}
        minutes = {queue: unit.queues.find(queue).offer_minutes for queue in {offer.task.queue for offer in pending}}
    return sum(
        _pass_on(services, offer, minutes[offer.task.queue])
        for offer in pending
        if _lapses_at(offer, agents.get(offer.task.agent_id or ""), minutes[offer.task.queue]) <= now
    )


def _lapses_at(offer: Offer, agent: Agent | None, minutes: int) -> datetime:
    """An offer to an agent who is not there any more lapses at once."""
    if agent is None:
        return offer.at
    time = timedelta(minutes=minutes)
    return offer.at + time if agent.shifts is None else after(offer.at, time, agent.shifts)


def _pass_on(services: Services, offer: Offer, minutes: int) -> bool:
    task = offer.task
    try:
        return_to_pool(services, task, what=LAPSED, why=f"{task.agent_id} did not accept it within {minutes} minutes.")
        assign_task(services, task.id)
    except Conflict:
        log.info("task moved by somebody else meanwhile", task_id=task.id)
        return False
    return True
