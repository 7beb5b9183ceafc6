"""Agents and call-centre queues: list them, look at one, put one in place."""

from collections import Counter
from http import HTTPStatus

from fastapi import APIRouter, Response

from api.answers import problems
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.preconditions import SeenTag, tagged
from api.reach import require_reach, require_team
from api.schemas.people import AgentIn, AgentList, AgentOut, PresenceIn, SkillList, SkillOut, agent_out
from api.schemas.queue import QueueIn, QueueList, QueueOut, queue_out
from voiceops.analysis.version_tag import version_tag
from voiceops.domain.people import Agent, Queue
from voiceops.errors import NotFound
from voiceops.usecases import set_presence as setting_presence
from voiceops.usecases.store_agent import store_agent
from voiceops.usecases.store_queue import store_queue

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=GuardedRoute)


@router.get("/agents", name="list_agents", responses=problems())
def list_agents(services: Here) -> AgentList:
    """All agents, by id."""
    with services.open_view() as unit:
        return AgentList(items=[agent_out(agent) for agent in unit.agents.list()])


@router.get("/agents/{agent_id}", name="get_agent", responses=problems(HTTPStatus.NOT_FOUND))
def get_agent(agent_id: PathId, response: Response, services: Here, who: Who) -> AgentOut:
    """One agent; agents see themselves."""
    who.require_own(agent_id, record=agent_id)
    with services.open_view() as unit:
        return _agent(unit.agents.get(agent_id), response)


@router.put("/agents/{agent_id}", name="put_agent", responses=problems(HTTPStatus.PRECONDITION_FAILED))
def put_agent(agent_id: PathId, body: AgentIn, response: Response, services: Here, who: Who, seen: SeenTag) -> AgentOut:
    """Store or replace an agent; supervisors in their teams."""
    with services.open_view() as unit:
        before = unit.agents.hold(agent_id)
    for team in {body.team} | ({before.team} if before is not None else set()):
        require_team(who, [team], record=agent_id)
    return _agent(
        store_agent(services, body.agent(agent_id), presence=body.presence, seen=seen, actor=who.actor), response
    )


@router.put("/agents/{agent_id}/presence", name="set_presence", responses=problems(HTTPStatus.NOT_FOUND))
def set_presence(agent_id: PathId, body: PresenceIn, response: Response, services: Here, who: Who) -> AgentOut:
    """Say whether an agent is there; going offline gives back at once what they have not started."""
    with services.open_view() as unit:
        require_reach(unit, who, record=agent_id, agent_id=agent_id)
    return _agent(setting_presence.set_presence(services, agent_id, body.presence), response)


@router.get("/skills", name="list_skills", responses=problems())
def list_skills(services: Here) -> SkillList:
    """Every skill that an agent has or a queue asks for, by name."""
    with services.open_view() as unit:
        held = Counter(skill for agent in unit.agents.list() for skill in set(agent.skills))
        asked = Counter(skill for queue in unit.queues.list() for skill in set(queue.skills))
    return SkillList(
        items=[SkillOut(skill=one, agents=held[one], queues=asked[one]) for one in sorted({*held, *asked})]
    )


@router.get("/queues", name="list_queues", responses=problems())
def list_queues(services: Here) -> QueueList:
    """All queues, by id."""
    with services.open_view() as unit:
        return QueueList(items=[queue_out(queue) for queue in unit.queues.list()])


@router.get("/queues/{queue_id}", name="get_queue", responses=problems(HTTPStatus.NOT_FOUND))
def get_queue(queue_id: PathId, response: Response, services: Here) -> QueueOut:
    """One queue."""
    with services.open_view() as unit:
        queue = unit.queues.hold(queue_id)
    if queue is None:
        raise NotFound("There is no queue with this id.", record=queue_id, next_step="List the queues there are.")
    return _queue(queue, response)


@router.put("/queues/{queue_id}", name="put_queue", responses=problems(HTTPStatus.PRECONDITION_FAILED))
def put_queue(queue_id: PathId, body: QueueIn, response: Response, services: Here, who: Who, seen: SeenTag) -> QueueOut:
    """Store or replace a queue; supervisors in their teams."""
    with services.open_view() as unit:
        before = unit.queues.hold(queue_id)
    for team in {body.team} | ({before.team} if before is not None else set()):
        require_team(who, [team], record=queue_id)
    queue = body.queue(queue_id, region=services.policy.default_region)
    return _queue(store_queue(services, queue, seen=seen, actor=who.actor), response)


def _agent(agent: Agent, response: Response) -> AgentOut:
    tagged(response, version_tag(agent))
    return agent_out(agent)


def _queue(queue: Queue, response: Response) -> QueueOut:
    tagged(response, version_tag(queue))
    return queue_out(queue)
