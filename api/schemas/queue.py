"""Call-centre queues as they cross the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.callback_ways import CallbackWays, ways_out
from api.schemas.retention import MaskingRules, RetentionRules, masking_out, retention_out
from api.schemas.text import Id, Language, Line, Whole
from api.schemas.working_hours import Hours, hours_out
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue, Target

MINUTES_LIMIT = 365 * 24 * 60


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
    target_minutes: dict[Urgency, Annotated[Whole, Field(ge=1, le=MINUTES_LIMIT)]] = Field(
        default={Urgency.HIGH: 60, Urgency.NORMAL: 240, Urgency.LOW: 480},
        description="Promised time to call back, in minutes of opening hours.",
    )
    keyword_sets: list[Id] = Field(default_factory=list, max_length=200)
    team: Id | None = Field(None, description="Works the queue, beside those agents who name it.")
    targets: list[Target] = Field(
        default_factory=lambda: list(Target), max_length=20, description="Tried in order; anyone is always the last."
    )
    offer_minutes: Whole = Field(15, ge=1, le=MINUTES_LIMIT, description="Time to accept, within the agent's shift.")
    escalation_minutes: list[Annotated[Whole, Field(ge=0, le=MINUTES_LIMIT)]] = Field(
        default_factory=lambda: [0, 60, 240], max_length=20, description="Overdue so long, in opening hours: tell."
    )

    retention: RetentionRules | None = Field(None, description="How long its recordings are kept; null: the settings'.")

    masking: MaskingRules | None = Field(None, description="null: nothing is masked.")

    def queue(self, queue_id: str, *, region: str = "US") -> Queue:
        """The queue with that id; urgencies without a target keep the default. `region` is that of the settings."""
        defaults = dict(Queue(id=queue_id, title=self.title).target_minutes)
        return Queue(
            id=queue_id,
            title=self.title,
            language=self.language,
            region=self.region or region,
            skills=tuple(self.skills),
            hours=self.hours.working_hours(),
            target_minutes=tuple({**defaults, **self.target_minutes}.items()),
            keyword_sets=tuple(self.keyword_sets),
            team=self.team,
            targets=tuple(self.targets),
            offer_minutes=self.offer_minutes,
            escalation_minutes=tuple(sorted(set(self.escalation_minutes))),
            retention=self.retention.retention() if self.retention is not None else None,
            masking=self.masking.masking() if self.masking is not None else None,
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
        hours=hours_out(queue.hours),
        target_minutes=dict(queue.target_minutes),
        keyword_sets=list(queue.keyword_sets),
        team=queue.team,
        targets=list(queue.targets),
        offer_minutes=queue.offer_minutes,
        escalation_minutes=list(queue.escalation_minutes),
        retention=retention_out(queue.retention),
        masking=masking_out(queue.masking),
        **ways_out(queue),
    )
