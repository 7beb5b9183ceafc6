"""Recordings as rows: found by id, by content and by state, and taken by one worker at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, literal, or_, select, update

from voiceops.domain.recording import Priority, Recording, RecordingState
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Page, RecordingFilter, RecordingOrder
from voiceops.storage.ordered import ordered_rows
from voiceops.storage.statements import all_rows, find_row, hold_row, insert_new
from voiceops.storage.tables import OTHER_FILES, recordings
from voiceops.storage.teams import of_teams

# The columns of a Recording, without what is known to the row alone.
FIELDS = tuple(recordings.c[field.name] for field in fields(Recording))


class SqlRecordingStore:
    """The recordings of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, recording: Recording) -> None:
        """See the port."""
        taken = Conflict(
            "A recording with this id or with the same bytes is there already.",
            record=recording.id,
            next_step="Use the one that is stored.",
        )
        insert_new(self._connection, recordings, _row(recording), taken=taken)

    def get(self, recording_id: str) -> Recording:
        """See the port."""
        row = hold_row(self._connection, select(*FIELDS).where(recordings.c.id == recording_id))
        if row is None:
            raise _not_found(recording_id)
        return _recording(row)

    def find_by_sha256(self, sha256: str) -> Recording | None:
        """See the port."""
        row = find_row(self._connection, select(*FIELDS).where(recordings.c.sha256 == sha256))
        return None if row is None else _recording(row)

    def list(
        self, wanted: RecordingFilter, page: Page, order: RecordingOrder = RecordingOrder.RECEIVED_LAST
    ) -> Sequence[Recording]:
        """See the port."""
        query = select(*FIELDS).where(*self._conditions(wanted))
        rows = ordered_rows(self._connection, query, table=recordings, order=order, page=page, missing=_not_found)
        return [_recording(row) for row in rows]

    def _conditions(self, wanted: RecordingFilter) -> Sequence[ColumnElement[bool]]:
        names = ("kind", "state", "queue", "agent_id", "customer", "caller_number")
        pairs = [(recordings.c[name], getattr(wanted, name)) for name in names]
        conditions = [column == value for column, value in pairs if value is not None]
        if wanted.clarity_below is not None:
            conditions.append(recordings.c.clarity < wanted.clarity_below)
        if wanted.teams is None:
            return conditions
        return of_teams(self._connection, wanted.teams, recordings, wanted=conditions)

    def save(self, recording: Recording) -> None:
        """See the port."""
        statement = update(recordings).where(recordings.c.id == recording.id).values(**_row(recording))
        if self._connection.execute(statement).rowcount == 0:
            raise _not_found(recording.id)

    def claim(self, recording_id: str, *, now: datetime, lease_until: datetime) -> Recording | None:
        """See the port. Transcribing without any lease counts as a lease that has run out."""
        statement = (
            update(recordings)
            .where(recordings.c.id == recording_id)
            .where(or_(recordings.c.state == RecordingState.RECEIVED, _abandoned(now)))
            .values(
                state=RecordingState.TRANSCRIBING,
                state_changed_at=now,
                lease_until=lease_until,
                attempts=recordings.c.attempts + 1,
            )
        )
        taken = self._connection.execute(statement).rowcount == 1
        return self.get(recording_id) if taken else None

    def has_file(self, sha256: str) -> bool:
        """See the port."""
        sent = and_(recordings.c.sha256 == sha256, recordings.c.redacted_sha256.is_(None))
        owned = (sent, *(recordings.c[name] == sha256 for name in OTHER_FILES))
        there = (exists().where(one, recordings.c.audio_removed_at.is_(None)) for one in owned)
        return any(self._connection.scalar(select(one)) for one in there)

    def half_redacted(self, *, limit: int) -> Sequence[str]:
        """See the port."""
        waiting = select(recordings.c.id).where(recordings.c.replaced_sha256.is_not(None), recordings.c.hold.is_(None))
        return self._connection.scalars(waiting.order_by(recordings.c.id).limit(limit)).all()

    def begin_analysis(self, recording_id: str) -> int | None:
        """See the port."""
        statement = (
            update(recordings)
            .where(recordings.c.id == recording_id, recordings.c.state == RecordingState.TRANSCRIBED)
            .values(analyses_begun=recordings.c.analyses_begun + 1)
            .returning(recordings.c.analyses_begun)
        )
        begun: int | None = self._connection.scalar(statement)
        return begun

    def renew(self, recording_id: str, *, held_until: datetime, lease_until: datetime) -> bool:
        """See the port."""
        statement = (
            update(recordings)
            .where(recordings.c.id == recording_id)
            .where(recordings.c.state == RecordingState.TRANSCRIBING, recordings.c.lease_until == held_until)
            .values(lease_until=lease_until)
        )
        return self._connection.execute(statement).rowcount == 1

    def stuck(
        self, *, now: datetime, idle_before: datetime, at_latest: datetime | None = None, limit: int = 100
    ) -> Sequence[Recording]:
        """See the port."""
        since = func.coalesce(recordings.c.state_changed_at, recordings.c.received_at)
        waits = recordings.c.state.in_([RecordingState.RECEIVED, RecordingState.TRANSCRIBED])
        latest = literal(at_latest or datetime.max.replace(tzinfo=UTC), recordings.c.received_at.type)
        idle = and_(waits, or_(since < literal(idle_before, recordings.c.received_at.type), since > latest))
        held_by_a_wrong_clock = and_(
            recordings.c.state == RecordingState.TRANSCRIBING, recordings.c.lease_until > latest
        )
        # What merely waits its turn may be very much, and must not hide what a dead worker left.
        order = (recordings.c.state == RecordingState.RECEIVED, _TURN, since, recordings.c.id)
        query = select(*FIELDS).where(or_(idle, _abandoned(now), held_by_a_wrong_clock)).order_by(*order).limit(limit)
        return [_recording(row) for row in all_rows(self._connection, query)]

    def waiting_beside(self, recording: Recording, *, limit: int) -> int:
        """See the port."""
        whose = recordings.c.queue if recording.customer is None else recordings.c.customer
        query = select(recordings.c.id).where(
            recordings.c.kind == recording.kind,
            recordings.c.state == RecordingState.RECEIVED,
            recordings.c.priority == Priority.TODAY,
            whose.is_not_distinct_from(recording.queue if recording.customer is None else recording.customer),
        )
        return self._connection.scalar(select(func.count()).select_from(query.limit(limit).subquery())) or 0


_TURN = case({priority.value: turn for turn, priority in enumerate(Priority)}, value=recordings.c.priority)


def _abandoned(now: datetime) -> ColumnElement[bool]:
    lease_over = or_(recordings.c.lease_until.is_(None), recordings.c.lease_until < now)
    return and_(recordings.c.state == RecordingState.TRANSCRIBING, lease_over)


def _row(recording: Recording) -> dict[str, Any]:
    return dict(vars(recording)) | {"labels": dict(recording.labels)}


def _recording(row: Mapping[Any, Any]) -> Recording:
    return Recording(**row)


def _not_found(recording_id: str) -> NotFound:
    return NotFound(
        "There is no recording with this id.", record=recording_id, next_step="Look it up in the list of recordings."
    )
