"""Notices and subscriptions as they cross the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api.schemas.text import Instant
from voiceops.domain.notice import EventType, NoticeState, OutgoingNotice, Subscription
from voiceops.usecases.subscribe import Wish


class NoticeOut(BaseModel):
    """Where one notice to one address stands. Its text is for its recipient only."""

    id: str
    type: EventType
    recipient: str = Field(description="An agent's id, supervisor or webhook.")
    subscription_id: str | None
    task_id: str | None
    subject: str
    state: NoticeState
    attempts: int
    made_at: Instant
    next_try_at: Instant
    last_error: str | None
    ended_at: Instant | None


class NoticePage(BaseModel):
    """Notices, newest first."""

    items: list[NoticeOut]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class SubscriptionIn(BaseModel):
    """Who wants to be told where."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"owner": "webhook", "url": "https://crm.example/hooks/voiceops", "types": ["task.done"]}]
        },
    )

    owner: Annotated[str, Field(pattern=r"^(webhook|supervisor|(agent|queue):[A-Za-z0-9][A-Za-z0-9._@-]{0,63})$")]
    url: SecretStr = Field(
        min_length=1, max_length=2000, description="https://… for a webhook, an Apprise address for people."
    )
    types: list[EventType] = Field(default_factory=list, max_length=50, description="Webhooks only; empty: everything.")

    def wish(self) -> Wish:
        """The same for the use case."""
        return Wish(self.owner, self.url.get_secret_value(), tuple(dict.fromkeys(self.types)))


class SubscriptionOut(BaseModel):
    """Who is told where, the address masked."""

    id: str
    owner: str
    url: str = Field(description="Masked: services put secrets into their addresses.")
    types: list[EventType]
    added_at: Instant
    added_by: str


class NewSubscription(SubscriptionOut):
    """A subscription just made, with the secret that verifies a webhook's signatures."""

    secret: str | None = Field(description="Shown this once; null where nothing is signed.")


class SubscriptionList(BaseModel):
    """All subscriptions, by owner."""

    items: list[SubscriptionOut]


class Arrived(BaseModel):
    """A notice for trying arrived."""

    notice_id: str


def notice_out(notice: OutgoingNotice) -> NoticeOut:
    """The notice for the wire."""
    return NoticeOut(**{name: getattr(notice, name) for name in NoticeOut.model_fields})


def subscription_out(subscription: Subscription) -> SubscriptionOut:
    """The subscription for the wire, without its secrets."""
    return SubscriptionOut(
        id=subscription.id,
        owner=subscription.owner,
        url=subscription.shown,
        types=list(subscription.types),
        added_at=subscription.added_at,
        added_by=subscription.added_by,
    )
