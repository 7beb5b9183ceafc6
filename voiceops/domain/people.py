"""The people and groups of a call centre, and who may sign in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from voiceops.domain.callback_task import Disposition
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.masking import Masking
from voiceops.domain.retention import Retention
from voiceops.domain.task_attempt import AttemptPolicy, FollowUpPolicy
from voiceops.domain.working_hours import WorkingHours


class Presence(StrEnum):
    """What an agent says about themselves. Only who is available gets offers; who is offline is off shift."""

    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"


@dataclass(frozen=True)
class Agent:
    """A human at a desk. `capacity` is how many tasks they can hold at once.

    `shifts` None means no schedule: then their presence alone decides whether they are on shift.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    skills: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    capacity: int = 5
    presence: Presence = Presence.AVAILABLE
    email: str | None = None
    team: str | None = None
    shifts: WorkingHours | None = None


class Target(StrEnum):
    """Whom a task is for; a queue tries its targets in order, and anyone at last."""

    ASKED_FOR = "asked_for"
    OWNER = "owner"
    LAST_SPOKEN = "last_spoken"
    SKILL_AND_LANGUAGE = "skill_and_language"
    TEAM = "team"
    LANGUAGE = "language"
    ANYONE = "anyone"


@dataclass(frozen=True)
class Queue:
    """Work waiting for a group with skills. `target_minutes` counts opening hours only.

    `team` works the queue beside those agents who name it themselves. An offer that is not accepted
    within `offer_minutes` of the agent's shift goes to the next. The supervisor is told when a task is
    overdue for each of `escalation_minutes` of opening hours, in rising order.

    `region` is the ISO 3166 country that telephone numbers without a country code belong to.
    `keyword_sets` names the sets that its calls are evaluated with; empty means every active set
    of the call's language. `dispositions` are the ways in which its tasks may end. Without a
    `follow_up` nobody asks afterwards. Without a `retention` of its own the one of the settings counts.
    `masking` is what is masked in the words of its recordings before they are stored.
    """

    id: str
    title: str
    language: str = "en"
    region: str = "US"
    skills: tuple[str, ...] = ()
    hours: WorkingHours = field(default_factory=WorkingHours)
    target_minutes: tuple[tuple[Urgency, int], ...] = (
        (Urgency.HIGH, 60),
        (Urgency.NORMAL, 240),
        (Urgency.LOW, 480),
    )
    keyword_sets: tuple[str, ...] = ()
    dispositions: tuple[Disposition, ...] = tuple(Disposition)
    attempts: AttemptPolicy = field(default_factory=AttemptPolicy)
    follow_up: FollowUpPolicy | None = None
    team: str | None = None
    targets: tuple[Target, ...] = tuple(Target)
    offer_minutes: int = 15
    escalation_minutes: tuple[int, ...] = (0, 60, 240)
    retention: Retention | None = None
    masking: Masking | None = None


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
    """A bearer token, kept only as its SHA-256. `agent_id` is set for agents, `teams` for supervisors.

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
    teams: tuple[str, ...] = ()
