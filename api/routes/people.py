"""Agents and call-centre queues: list them, look at one, put one in place."""

from http import HTTPStatus

from fastapi import APIRouter

from api.access import GuardedRoute
from api.answers import problems
from api.deps import Here, PathId, Who
from api.schemas.people import AgentIn, AgentList, AgentOut, PresenceIn, agent_out
from api.schemas.queue import QueueIn, QueueList, QueueOut, queue_out
from voiceops.usecases import set_presence as setting_presence
from voiceops.usecases.store_agent import store_agent

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=GuardedRoute)


@router.get("/agents", name="list_agents", responses=problems())
def list_agents(services: Here) -> AgentList:
    """All agents, by id."""
    with services.open_view() as unit:
        return AgentList(items=[agent_out(agent) for agent in unit.agents.list()])


@router.get("/agents/{agent_id}", name="get_agent", responses=problems(HTTPStatus.NOT_FOUND))
def get_agent(agent_id: PathId, services: Here, who: Who) -> AgentOut:
    """One agent; agents see themselves."""
    who.require_own(agent_id, record=agent_id)
    with services.open_view() as unit:
        return agent_out(unit.agents.get(agent_id))


@router.put("/agents/{agent_id}", name="put_agent", responses=problems())
def put_agent(agent_id: PathId, body: AgentIn, services: Here) -> AgentOut:
    """Store or replace an agent."""
    return agent_out(store_agent(services, body.agent(agent_id), presence=body.presence))


@router.put("/agents/{agent_id}/presence", name="set_presence", responses=problems(HTTPStatus.NOT_FOUND))
def set_presence(agent_id: PathId, body: PresenceIn, services: Here, who: Who) -> AgentOut:
    """Say whether an agent is there; going offline gives back at once what they have not started."""
    who.require_own(agent_id, record=agent_id)
    return agent_out(setting_presence.set_presence(services, agent_id, body.presence))


@router.get("/queues", name="list_queues", responses=problems())
def list_queues(services: Here) -> QueueList:
    """All queues, by id."""
    with services.open_view() as unit:
        return QueueList(items=[queue_out(queue) for queue in unit.queues.list()])


@router.put("/queues/{queue_id}", name="put_queue", responses=problems())
def put_queue(queue_id: PathId, body: QueueIn, services: Here) -> QueueOut:
    """Store or replace a queue."""
    queue = body.queue(queue_id, region=services.policy.default_region)
    with services.open_unit() as unit:
        unit.queues.put(queue)
        unit.commit()
    return queue_out(queue)
