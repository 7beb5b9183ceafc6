"""What people and other systems are told about tasks, where it goes, and how far each delivery has come."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from voiceops.domain.callback_task import TaskState

WEBHOOK, SUPERVISOR = "webhook", "supervisor"
AGENT_PREFIX, QUEUE_PREFIX = "agent:", "queue:"


class EventType(StrEnum):
    """What happened to a task, by the names that webhooks and the live stream use."""

    RAISED = "task.raised"
    ENRICHED = "task.enriched"
    OFFERED = "task.offered"
    ACCEPTED = "task.accepted"
    RELEASED = "task.released"
    HANDED_OVER = "task.handed_over"
    SNOOZED = "task.snoozed"
    ATTEMPTED = "task.attempted"
    JOINED = "task.joined"
    ESCALATED = "task.escalated"
    DONE = "task.done"
    CANCELLED = "task.cancelled"
    CHANGED = "task.changed"
    TEST = "test"


_BY_FIRST_WORD = {
    "raised": EventType.RAISED,
    "enriched": EventType.ENRICHED,
    "offered": EventType.OFFERED,
    "accepted": EventType.ACCEPTED,
    "released": EventType.RELEASED,
    "handed": EventType.HANDED_OVER,
    "escalated": EventType.ESCALATED,
    "snoozed": EventType.SNOOZED,
    "attempt": EventType.ATTEMPTED,
    "joined": EventType.JOINED,
}
_BY_END = {TaskState.DONE: EventType.DONE, TaskState.CANCELLED: EventType.CANCELLED}


def event_type(what: str, state: TaskState | None = None, *, left_agent: bool = False) -> EventType:
    """The type of a task's event: how it ended or that it left its agent, whatever the sentence says.

    Else by the word that the event's sentence begins with, and CHANGED where that is none of ours.
    """
    if state in _BY_END:
        return _BY_END[state]
    if left_agent:
        return EventType.RELEASED
    return _BY_FIRST_WORD.get(what.partition(" ")[0].rstrip(":"), EventType.CHANGED)


@dataclass(frozen=True)
class TaskChange:
    """One event of a task as others may hear of it: ids and states, never what a caller said.

    `number` rises with every event of all tasks; 0 where it is not known yet. `agent_id` holds the task
    after the event, `agent_before` held it before. `state` is None for events of earlier versions.
    """

    type: EventType
    at: datetime
    actor: str
    task_id: str
    state: TaskState | None = None
    agent_id: str | None = None
    agent_before: str | None = None
    queue: str | None = None
    number: int = 0


@dataclass(frozen=True)
class Address:
    """Where a notice can be sent. Both may be absent; an `email` needs the mail server of the settings.

    `url` and `secret` are secrets and stay out of logs, messages and representations.
    """

    url: str | None = field(default=None, repr=False)
    secret: str | None = field(default=None, repr=False)
    email: str | None = None


@dataclass(frozen=True)
class Subscription:
    """The wish of a person, a queue or another system to be told.

    `owner` is "webhook", "supervisor", "agent:ID", or "queue:ID", which hears what the supervisor hears about
    that queue's tasks. `secret` signs what a webhook is sent. A webhook without `types` hears of everything.
    """

    id: str
    owner: str
    url: str = field(repr=False)
    added_at: datetime
    added_by: str
    types: tuple[EventType, ...] = ()
    secret: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The address as anybody may see it: services put secrets into any part of it but the first."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.hostname or ''}/…" if self.owner == WEBHOOK else f"{parts.scheme}://…"

    @property
    def address(self) -> Address:
        """Where to send it."""
        return Address(url=self.url, secret=self.secret)


class NoticeState(StrEnum):
    """How far a delivery has come."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class OutgoingNotice:
    """One notice to one address. `text` is a sentence for people, a JSON document for a webhook.

    `recipient` is an agent's id, "supervisor" or "webhook". Without a `subscription_id` the settings say
    where it goes. `last_error` is a sentence without secrets. `id` stays the same however often it is sent.
    """

    id: str
    type: EventType
    recipient: str
    subject: str
    text: str = field(repr=False)
    made_at: datetime
    next_try_at: datetime
    task_id: str | None = None
    subscription_id: str | None = None
    state: NoticeState = NoticeState.WAITING
    attempts: int = 0
    last_error: str | None = None
    ended_at: datetime | None = None
