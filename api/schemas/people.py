"""Agents and access tokens as they cross the wire."""

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Id, Instant, Language, Line, Scope, Team, Whole
from api.schemas.working_hours import Hours, hours_out
from voiceops.domain.people import AccessToken, Agent, Presence, Role


class AgentIn(BaseModel):
    """What may be said about an agent."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Ana Diaz",
                    "languages": ["en", "es"],
                    "skills": ["billing"],
                    "queues": ["service"],
                    "capacity": 3,
                }
            ]
        },
    )

    name: Line
    languages: list[Language] = Field(min_length=1, max_length=50)
    skills: list[Id] = Field(default_factory=list, max_length=200)
    queues: list[Id] = Field(default_factory=list, max_length=200)
    capacity: Whole = Field(5, ge=0, le=1000, description="How many tasks they can hold at once.")
    presence: Presence | None = Field(None, description="Null keeps what the agent said; a new one is available.")
    email: Line | None = None
    team: Id | None = None
    shifts: Hours | None = Field(None, description="Null: no schedule, so presence alone decides.")

    def agent(self, agent_id: str) -> Agent:
        """The agent with that id."""
        return Agent(
            id=agent_id,
            name=self.name,
            languages=tuple(self.languages),
            skills=tuple(self.skills),
            queues=tuple(self.queues),
            capacity=self.capacity,
            presence=self.presence or Presence.AVAILABLE,
            email=self.email,
            team=self.team,
            shifts=self.shifts.working_hours() if self.shifts is not None else None,
        )


class AgentOut(AgentIn):
    """A human at a desk."""

    id: Id


class AgentList(BaseModel):
    """All agents, by id."""

    items: list[AgentOut]


class SkillOut(BaseModel):
    """A skill that an agent has or a queue asks for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"skill": "billing", "agents": 4, "queues": 1}]})

    skill: str
    agents: int = Field(description="How many agents have it.")
    queues: int = Field(description="How many queues ask for it.")


class SkillList(BaseModel):
    """All skills, by name."""

    items: list[SkillOut]


def agent_out(agent: Agent) -> AgentOut:
    """The agent for the wire; what is stored is not checked once more."""
    return AgentOut.model_construct(
        id=agent.id,
        name=agent.name,
        languages=list(agent.languages),
        skills=list(agent.skills),
        queues=list(agent.queues),
        capacity=agent.capacity,
        presence=agent.presence,
        email=agent.email,
        team=agent.team,
        shifts=hours_out(agent.shifts) if agent.shifts is not None else None,
    )


class PresenceIn(BaseModel):
    """Whether an agent is there."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"presence": "away"}]})

    presence: Presence


class TokenIn(BaseModel):
    """For whom a token is made."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "ana's desk", "role": "agent", "agent_id": "ana"}]}
    )

    name: Line
    role: Role
    agent_id: Id | None = Field(None, description="Needed for role agent, and only there.")
    teams: list[Team] = Field([], max_length=50, description="Needed for role supervisor, and only there; * for all.")
    expires_at: Instant | None = Field(None, description="When it ends by itself; null: never.")
    scopes: list[Scope] = Field([], max_length=40, description="What of the role it may do; empty: all of it.")


class TokenOut(BaseModel):
    """A token, without its secret."""

    id: str
    name: str
    role: Role
    agent_id: str | None
    teams: list[str]
    created_at: Instant
    expires_at: Instant | None
    scopes: list[str]


class NewToken(TokenOut):
    """A token just made; its secret is shown this once and kept only as a hash."""

    secret: str


class TokenList(BaseModel):
    """All tokens, by name."""

    items: list[TokenOut]


def token_fields(token: AccessToken) -> dict[str, object]:
    """What every shape of a token on the wire has in common."""
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role,
        "agent_id": token.agent_id,
        "teams": list(token.teams),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "scopes": list(token.scopes),
    }
