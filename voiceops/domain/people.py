"""The people and groups of a call centre, and who may sign in."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from voiceops.domain.callback_task import Disposition
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.task_attempt import AttemptPolicy, FollowUpPolicy


@dataclass(frozen=True)
class Agent:
    """A human at a desk. `capacity` is how many tasks they can hold at once."""

    id: str
    name: str
    languages: tuple[str, ...]
    skills: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    capacity: int = 5
    on_shift: bool = True
    email: str | None = None


@dataclass(frozen=True)
class OpeningHours:
    """When a queue is worked, in its own time zone. `weekdays` counts Monday as 0.

    `closed_days` are holidays and closures, as local dates. A queue that closes no later than it
    opens closes on the following day; equal times mean around the clock.
    """

    time_zone: str = "UTC"
    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    closed_days: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Queue:
    """Work waiting for a group with skills. `target_minutes` counts opening hours only.

    `region` is the ISO 3166 country that telephone numbers without a country code belong to.
    `keyword_sets` names the sets that its calls are evaluated with; empty means every active set
    of the call's language. `dispositions` are the ways in which its tasks may end. Without a
    `follow_up` nobody asks afterwards.
    """

    id: str
    title: str
    language: str = "en"
    region: str = "US"
    skills: tuple[str, ...] = ()
    hours: OpeningHours = field(default_factory=OpeningHours)
    target_minutes: tuple[tuple[Urgency, int], ...] = (
        (Urgency.HIGH, 60),
        (Urgency.NORMAL, 240),
        (Urgency.LOW, 480),
    )
    keyword_sets: tuple[str, ...] = ()
    dispositions: tuple[Disposition, ...] = tuple(Disposition)
    attempts: AttemptPolicy = field(default_factory=AttemptPolicy)
    follow_up: FollowUpPolicy | None = None


# What stands in where no queue is stored. Told by identity: somebody may have stored the same values.
BUILT_IN_QUEUE = Queue(id="default", title="Default")


class Role(StrEnum):
    """What a signed-in person or machine may do."""

    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    QA = "qa"
    AGENT = "agent"
    INGEST = "ingest"


@dataclass(frozen=True)
class AccessToken:
    """A bearer token, kept only as its SHA-256. `agent_id` is set for agents.

    `scopes` narrow what the role allows, such as "recordings:read"; () narrows nothing.
    """

    id: str
    name: str
    role: Role
    sha256: str
    created_at: datetime
    agent_id: str | None = None
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()
