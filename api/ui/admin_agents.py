"""Agents: what they can do, how much they hold, and when they work."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from api.access import SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.reach import require_reach
from api.routes import people
from api.schemas.people import AgentIn
from api.ui.admin import render_admin
from api.ui.admin_queues import NamedSo
from api.ui.filled import EMPTY, Filled, Unfit, checked, names_in, refused, whole_numbers_in
from api.ui.forms import Typed, go_to
from api.ui.hours_form import HoursForm, hours_values
from voiceops.analysis.version_tag import version_tag
from voiceops.domain.people import Agent
from voiceops.errors import Conflict
from voiceops.ports import Services

router = APIRouter(prefix="/admin", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


class AgentForm:
    """As it was typed."""

    def __init__(  # noqa: PLR0913 - each field of the form is one parameter
        self,
        *,
        id: Typed = "",  # noqa: A002 - the field's name
        name: Typed = "",
        languages: Typed = "",
        skills: Typed = "",
        queues: Typed = "",
        capacity: Typed = "",
        email: Typed = "",
        team: Typed = "",
        seen: Typed = "",
        hours: Annotated[HoursForm, Depends()],
    ) -> None:
        self.hours, self.seen = hours, seen
        self.values = {name: value for name, value in locals().items() if isinstance(value, str)} | hours.values

    def read(self) -> AgentIn:
        """The agent in the API's own form. Raises Unfit."""
        typed = self.values
        shifts = self.hours.read()
        said: dict[str, Any] = {
            "name": typed["name"],
            "languages": names_in(typed["languages"].lower()),
            "skills": names_in(typed["skills"]),
            "queues": names_in(typed["queues"]),
            "capacity": next(iter(whole_numbers_in(typed, "capacity")), None),
            "email": typed["email"] or None,
            "team": typed["team"] or None,
            "shifts": shifts.model_dump() if shifts is not None else None,
        }
        return checked(AgentIn, said)


Sent = Annotated[AgentForm, Depends()]


@router.get("/agents", name="agents_page")
def agents_page(request: Request, services: Here, who: Who) -> Response:
    """All agents; supervisors see those of their teams."""
    with services.open_view() as unit:
        agents = [one for one in unit.agents.list() if who.only_teams is None or one.team in who.only_teams]
    return render_admin(request, who, "admin_agents.html", agents=agents)


@router.get("/agents-new", name="new_agent_page")
def new_agent_page(request: Request, who: Who) -> Response:
    """An empty form."""
    return _form(request, who, Agent("", "", ()))


@router.post("/agents-new", name="add_agent_by_form")
def add_agent_by_form(request: Request, services: Here, who: Who, sent: Sent) -> Response:
    """Stores a new agent."""
    agent = Agent(sent.values["id"], "", ())
    try:
        checked(NamedSo, {"id": agent.id})
        body = sent.read()
        _require_new(services, agent.id)
        people.put_agent(agent.id, body, Response(), services, who, None)
    except Conflict as error:
        return _form(request, who, agent, refused(request, sent.values, error, field="id"))
    except Unfit as error:
        return _form(request, who, agent, refused(request, sent.values, error))
    return go_to("/admin/agents", done="saved")


@router.get("/agents/{agent_id}", name="agent_page")
def agent_page(request: Request, agent_id: PathId, services: Here, who: Who) -> Response:
    """One agent."""
    return _form(request, who, _within_reach(services, agent_id, who), is_new=False)


@router.post("/agents/{agent_id}", name="change_agent_by_form")
def change_agent_by_form(request: Request, agent_id: PathId, services: Here, who: Who, sent: Sent) -> Response:
    """Stores what was changed."""
    agent = _within_reach(services, agent_id, who)
    try:
        people.put_agent(agent_id, sent.read(), Response(), services, who, sent.seen)
    except (Unfit, Conflict) as error:
        return _form(request, who, agent, refused(request, sent.values, error), is_new=False)
    return go_to("/admin/agents", done="saved")


def _within_reach(services: Services, agent_id: str, who: SignedIn) -> Agent:
    with services.open_view() as unit:
        require_reach(unit, who, record=agent_id, agent_id=agent_id)
        return unit.agents.get(agent_id)


def _require_new(services: Services, agent_id: str) -> None:
    with services.open_view() as unit:
        if unit.agents.hold(agent_id) is not None:
            raise Conflict(
                "There is an agent with this id.", record=agent_id, next_step="Choose another, or change that one."
            )


def _form(request: Request, who: SignedIn, agent: Agent, filled: Filled = EMPTY, *, is_new: bool = True) -> Response:
    return render_admin(
        request,
        who,
        "admin_agent.html",
        status=filled.status,
        agent=agent,
        is_new=is_new,
        seen=version_tag(agent),
        filled=Filled({**_values(agent), **filled.values}, filled.errors, filled.problem),
    )


def _values(agent: Agent) -> dict[str, str]:
    return {
        "id": agent.id,
        "name": agent.name,
        "languages": ", ".join(agent.languages),
        "skills": ", ".join(agent.skills),
        "queues": ", ".join(agent.queues),
        "capacity": str(agent.capacity),
        "email": agent.email or "",
        "team": agent.team or "",
        **hours_values(agent.shifts),
    }
