"""The outbox as rows: what is to be told, filled in the same transaction as the task's event."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, literal, select, tuple_, update

from voiceops.analysis.notice_document import write_task_change
from voiceops.domain.notice import (
    AGENT_PREFIX,
    QUEUE_PREFIX,
    SUPERVISOR,
    WEBHOOK,
    EventType,
    NoticeState,
    OutgoingNotice,
    Subscription,
    TaskChange,
)
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Clock, Notice, Page
from voiceops.storage.notice_tables import notices, subscriptions
from voiceops.storage.statements import all_rows, find_row
from voiceops.storage.tables import tasks


class SqlNoticeStore:
    """The outbox of one transaction. `added` are the ids that a worker should hear of after the commit."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.added: list[str] = []
        self._happened: dict[str, EventType] = {}

    def add(self, notice: OutgoingNotice) -> None:
        """See the port."""
        self._connection.execute(insert(notices).values(**vars(notice)))
        self.added.append(notice.id)

    def tell(self, notice: Notice) -> None:
        """Add a notice for each address of its recipient, or one that the settings find an address for."""
        found: Sequence[str | None] = [one.id for one in self._subscriptions(self._owners(notice))]
        for subscription_id in found or [None]:
            kind = self._happened.get(notice.task_id, EventType.CHANGED)
            self._add(kind, notice.recipient, notice.task_id, (notice.subject, notice.text), subscription_id)

    def tell_webhooks(self, change: TaskChange) -> None:
        """Add a notice for each webhook that wants to hear of such an event."""
        self._happened[change.task_id] = change.type
        for webhook in self._subscriptions([WEBHOOK]):
            if not webhook.types or change.type in webhook.types:
                document = json.dumps(write_task_change(change), ensure_ascii=False)
                self._add(change.type, WEBHOOK, change.task_id, (change.type.value, document), webhook.id)

    def _add(
        self, kind: EventType, recipient: str, task_id: str, words: tuple[str, str], subscription_id: str | None
    ) -> None:
        now = self._clock.now()
        subject, text = words
        self.add(
            OutgoingNotice(
                id=f"msg_{uuid.uuid4().hex}",
                type=kind,
                recipient=recipient,
                subject=subject,
                text=text,
                made_at=now,
                next_try_at=now,
                task_id=task_id,
                subscription_id=subscription_id,
            )
        )

    def _owners(self, notice: Notice) -> Sequence[str]:
        if notice.recipient != SUPERVISOR:
            return [f"{AGENT_PREFIX}{notice.recipient}"]
        queue = self._connection.scalar(select(tasks.c.queue).where(tasks.c.id == notice.task_id))
        return [SUPERVISOR] if queue is None else [SUPERVISOR, f"{QUEUE_PREFIX}{queue}"]

    def _subscriptions(self, owners: Sequence[str]) -> Sequence[Subscription]:
        query = select(subscriptions).where(subscriptions.c.owner.in_(owners)).order_by(subscriptions.c.id)
        return [Subscription(**row) for row in all_rows(self._connection, query)]

    def get(self, notice_id: str) -> OutgoingNotice:
        """See the port."""
        row = find_row(self._connection, select(notices).where(notices.c.id == notice_id))
        if row is None:
            raise _not_found(notice_id)
        return OutgoingNotice(**row)

    def claim(self, notice_id: str, *, now: datetime, held_until: datetime) -> OutgoingNotice | None:
        """See the port."""
        waits = (notices.c.id == notice_id, notices.c.state == NoticeState.WAITING, notices.c.next_try_at <= now)
        taken = update(notices).where(*waits).values(attempts=notices.c.attempts + 1, next_try_at=held_until)
        return self.get(notice_id) if self._connection.execute(taken).rowcount else None

    def save(self, notice: OutgoingNotice) -> bool:
        """See the port. The attempt is the fencing token."""
        ours = (notices.c.id == notice.id, notices.c.state == NoticeState.WAITING)
        statement = update(notices).where(*ours, notices.c.attempts == notice.attempts).values(**vars(notice))
        return self._connection.execute(statement).rowcount > 0

    def send_again(self, notice_id: str, *, now: datetime) -> OutgoingNotice:
        """See the port."""
        found = self.get(notice_id)
        again = replace(found, state=NoticeState.WAITING, attempts=0, next_try_at=now, ended_at=None)
        failed = (notices.c.id == notice_id, notices.c.state == NoticeState.FAILED)
        if self._connection.execute(update(notices).where(*failed).values(**vars(again))).rowcount == 0:
            raise Conflict(
                f"This notice is {found.state}; only one that failed is sent again.",
                record=notice_id,
                next_step="Look at the list of failed notices.",
            )
        self.added.append(notice_id)
        return again

    def list(self, state: NoticeState | None, page: Page) -> Sequence[OutgoingNotice]:
        """See the port."""
        query = select(notices).order_by(notices.c.made_at.desc(), notices.c.id.desc()).limit(page.limit)
        if state is not None:
            query = query.where(notices.c.state == state)
        if page.after is not None:
            query = query.where(self._older_than(page.after))
        return [OutgoingNotice(**row) for row in all_rows(self._connection, query)]

    def _older_than(self, notice_id: str) -> ColumnElement[bool]:
        made_at = self.get(notice_id).made_at
        place = tuple_(literal(made_at, notices.c.made_at.type), literal(notice_id, notices.c.id.type))
        return tuple_(notices.c.made_at, notices.c.id) < place

    def due(self, *, now: datetime, subscription_id: str | None = None, limit: int = 200) -> Sequence[OutgoingNotice]:
        """See the port."""
        query = select(notices).where(notices.c.state == NoticeState.WAITING, notices.c.next_try_at <= now)
        if subscription_id is not None:
            query = query.where(notices.c.subscription_id == subscription_id)
        query = query.order_by(notices.c.next_try_at).limit(limit)
        return [OutgoingNotice(**row) for row in all_rows(self._connection, query)]

    def count(self, state: NoticeState) -> int:
        """See the port."""
        query = select(func.count()).select_from(notices).where(notices.c.state == state)
        return self._connection.scalar(query) or 0

    def forget(self, *, ended_before: datetime, limit: int = 1000) -> int:
        """See the port."""
        old = select(notices.c.id).where(notices.c.ended_at < ended_before).limit(limit)
        return self._connection.execute(delete(notices).where(notices.c.id.in_(old))).rowcount


def _not_found(notice_id: str) -> NotFound:
    return NotFound(
        "There is no notice with this id.", record=notice_id, next_step="Look it up in the list of notices."
    )
