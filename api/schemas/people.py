"""Agents, queues and access tokens as they cross the wire."""

from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StrictBool, WithJsonSchema

from api.schemas.callback_ways import CallbackWays, ways_out
from api.schemas.text import Id, Instant, Language, Line, Scope
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import AccessToken, Agent, OpeningHours, Queue, Role

MINUTES_LIMIT = 365 * 24 * 60


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no such time zone; use a name such as Europe/Budapest")
    return ZoneInfo(name).key


def _without_zone(local: time) -> time:
    if local.tzinfo is not None or local.second or local.microsecond:
        raise ValueError("give the local time as hours and minutes, such as 08:30; time_zone says where")
    return local


LocalTime = Annotated[
    time,
    AfterValidator(_without_zone),
    PlainSerializer(lambda local: local.isoformat("minutes"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["08:30"]}),
]


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
    capacity: int = Field(5, ge=0, le=1000, description="How many tasks they can hold at once.")
    on_shift: StrictBool = True
    email: Line | None = None

    def agent(self, agent_id: str) -> Agent:
        """The agent with that id."""
        return Agent(
            id=agent_id,
            name=self.name,
            languages=tuple(self.languages),
            skills=tuple(self.skills),
            queues=tuple(self.queues),
            capacity=self.capacity,
            on_shift=self.on_shift,
            email=self.email,
        )


class AgentOut(AgentIn):
    """A human at a desk."""

    id: Id


class AgentList(BaseModel):
    """All agents, by id."""

    items: list[AgentOut]


def agent_out(agent: Agent) -> AgentOut:
    """The agent for the wire; what is stored is not checked once more."""
    return AgentOut.model_construct(
        id=agent.id,
        name=agent.name,
        languages=list(agent.languages),
        skills=list(agent.skills),
        queues=list(agent.queues),
        capacity=agent.capacity,
        on_shift=agent.on_shift,
        email=agent.email,
    )


class Hours(BaseModel):
    """When a queue is worked, in its own time zone."""

    model_config = ConfigDict(extra="forbid")

    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    opens: LocalTime = time(9)
    closes: LocalTime = time(17)
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field([0, 1, 2, 3, 4], max_length=7, description="Monday is 0.")
    closed_days: list[date] = Field(default_factory=list, max_length=1000)


class QueueIn(CallbackWays):
    """What may be said about a queue."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "Service",
                    "language": "en",
                    "region": "US",
                    "hours": {"time_zone": "America/New_York", "opens": "08:00", "closes": "18:00"},
                    "target_minutes": {"high": 30, "normal": 120, "low": 480},
                }
            ]
        },
    )

    title: Line
    language: Language = "en"
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(
        None, description="Country of numbers without a country code; left out: VOICEOPS_REGION."
    )
    skills: list[Id] = Field(default_factory=list, max_length=200)
    hours: Hours = Field(default_factory=Hours)
    target_minutes: dict[Urgency, Annotated[int, Field(ge=1, le=MINUTES_LIMIT)]] = Field(
        default={Urgency.HIGH: 60, Urgency.NORMAL: 240, Urgency.LOW: 480},
        description="Promised time to call back, in minutes of opening hours.",
    )
    keyword_sets: list[Id] = Field(default_factory=list, max_length=200)

    def queue(self, queue_id: str, *, region: str = "US") -> Queue:
        """The queue with that id; urgencies without a target keep the default. `region` is that of the settings."""
        defaults = dict(Queue(id=queue_id, title=self.title).target_minutes)
        return Queue(
            id=queue_id,
            title=self.title,
            language=self.language,
            region=self.region or region,
            skills=tuple(self.skills),
            hours=OpeningHours(
                time_zone=self.hours.time_zone,
                opens=self.hours.opens,
                closes=self.hours.closes,
                weekdays=frozenset(self.hours.weekdays),
                closed_days=frozenset(self.hours.closed_days),
            ),
            target_minutes=tuple({**defaults, **self.target_minutes}.items()),
            keyword_sets=tuple(self.keyword_sets),
            **self.ways(),
        )


class QueueOut(QueueIn):
    """Work waiting for a group with skills."""

    id: Id


class QueueList(BaseModel):
    """All queues, by id."""

    items: list[QueueOut]


def queue_out(queue: Queue) -> QueueOut:
    """The queue for the wire; what is stored is not checked once more."""
    return QueueOut.model_construct(
        id=queue.id,
        title=queue.title,
        language=queue.language,
        region=queue.region,
        skills=list(queue.skills),
        hours=Hours.model_construct(
            time_zone=queue.hours.time_zone,
            opens=queue.hours.opens,
            closes=queue.hours.closes,
            weekdays=sorted(queue.hours.weekdays),
            closed_days=sorted(queue.hours.closed_days),
        ),
        target_minutes=dict(queue.target_minutes),
        keyword_sets=list(queue.keyword_sets),
        **ways_out(queue),
    )


class TokenIn(BaseModel):
    """For whom a token is made."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "ana's desk", "role": "agent", "agent_id": "ana"}]}
    )

    name: Line
    role: Role
    agent_id: Id | None = Field(None, description="Needed for role agent, and only there.")
    expires_at: Instant | None = Field(None, description="When it ends by itself; null: never.")
    scopes: list[Scope] = Field([], max_length=40, description="What of the role it may do; empty: all of it.")


class TokenOut(BaseModel):
    """A token, without its secret."""

    id: str
    name: str
    role: Role
    agent_id: str | None
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
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "scopes": list(token.scopes),
    }
