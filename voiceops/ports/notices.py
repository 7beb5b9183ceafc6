"""Ports to what others are told: the outbox, those who want to be told, and the stream of all tasks' events."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from voiceops.domain.notice import NoticeState, OutgoingNotice, Subscription, TaskChange
from voiceops.ports.records import Page


class NoticeStore(Protocol):
    """The outbox. Notices enter it by `UnitOfWork.tell`, and for webhooks with every event of a task."""

    def add(self, notice: OutgoingNotice) -> None:
        """Store a new one; it is sent after the commit."""
        ...

    def get(self, notice_id: str) -> OutgoingNotice:
        """Raises NotFound."""
        ...

    def claim(self, notice_id: str, *, now: datetime, held_until: datetime) -> OutgoingNotice | None:
        """The notice with one attempt more, if it waits and its time has come.

        Nobody else gets it before `held_until`; if we die, it is tried again then.
        """
        ...

    def save(self, notice: OutgoingNotice) -> bool:
        """Overwrite, unless it was claimed again meanwhile. Whether it was stored."""
        ...

    def send_again(self, notice_id: str, *, now: datetime) -> OutgoingNotice:
        """Let a failed one wait for delivery, with its attempts counted from zero; it is sent after the commit.

        Raises NotFound, or Conflict for one that has not failed.
        """
        ...

    def list(self, state: NoticeState | None, page: Page) -> Sequence[OutgoingNotice]:
        """One page, newest first, in one state or in all. Raises NotFound for an unknown `page.after`."""
        ...

    def due(self, *, now: datetime, subscription_id: str | None = None, limit: int = 200) -> Sequence[OutgoingNotice]:
        """Those waiting whose time has come, oldest first; of all, or of one subscription."""
        ...

    def count(self, state: NoticeState) -> int:
        """How many are in a state."""
        ...

    def forget(self, *, ended_before: datetime, limit: int = 1000) -> int:
        """Remove delivered and failed ones that ended before an instant. How many were removed."""
        ...


class SubscriptionStore(Protocol):
    """Who wants to be told; lists are ordered by owner, then id."""

    def add(self, subscription: Subscription) -> None:
        """Store a new one."""
        ...

    def get(self, subscription_id: str) -> Subscription:
        """Raises NotFound."""
        ...

    def find(self, subscription_id: str) -> Subscription | None:
        """The subscription, or None if it is gone."""
        ...

    def list(self) -> Sequence[Subscription]:
        """All of them."""
        ...

    def remove(self, subscription_id: str) -> None:
        """Raises NotFound."""
        ...


class TaskFeed(Protocol):
    """The events of all tasks in the order of their numbers."""

    def newest(self) -> int:
        """The highest number; 0 where there is none."""
        ...

    def after(self, number: int, *, limit: int = 100) -> Sequence[TaskChange]:
        """At most `limit` events with a higher number, lowest first.

        Numbers may have gaps: of units that were undone, and of units that have yet to commit.
        """
        ...
