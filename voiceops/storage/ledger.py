"""The ledger of voicemails, counted in the tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, literal, null, select

from voiceops.domain.callback_task import Disposition, TaskKind
from voiceops.domain.ledger import FaultKind, Ledger, LedgerFault
from voiceops.domain.recording import RecordingKind
from voiceops.storage.message_tables import task_messages
from voiceops.storage.statements import all_rows
from voiceops.storage.tables import recordings, tasks

_CALLBACK = tasks.c.kind == TaskKind.CALLBACK
_SILENT = and_(tasks.c.is_ended.is_(True), tasks.c.disposition.is_not_distinct_from(Disposition.NO_MESSAGE))
_ENDED = and_(tasks.c.is_ended.is_(True), tasks.c.disposition.is_distinct_from(Disposition.NO_MESSAGE))


class SqlLedgerStore:
    """The ledger as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, *, now: datetime, limit: int = 1000) -> Ledger:
        """See the port."""
        faults, total = [], 0
        for kind, query in _FAULTS.items():
            total += self._count(query)
            rows = all_rows(self._connection, query.order_by("recording_id", "task_id").limit(limit))
            faults += [LedgerFault(kind, row["recording_id"], row["task_id"]) for row in rows]
        late = and_(tasks.c.snoozed_until.is_(None), tasks.c.due_at < literal(now, tasks.c.due_at.type))
        return Ledger(
            received=self._count(select(recordings.c.id).where(recordings.c.kind == RecordingKind.VOICEMAIL)),
            open=self._tasks(_CALLBACK, tasks.c.is_ended.is_(False)),
            ended=self._tasks(_CALLBACK, _ENDED),
            merged=self._count(_MERGED),
            no_message=self._tasks(_CALLBACK, _SILENT),
            overdue=self._tasks(tasks.c.is_ended.is_(False), late),
            fault_count=total,
            faults=tuple(faults),
        )

    def _tasks(self, *conditions: ColumnElement[bool]) -> int:
        return self._count(select(tasks.c.id).where(*conditions))

    def _count(self, query: Select[Any]) -> int:
        return self._connection.scalar(select(func.count()).select_from(query.subquery())) or 0


_MERGED = (
    select(task_messages.c.recording_id)
    .join(tasks, tasks.c.id == task_messages.c.task_id)
    .where(tasks.c.recording_id.is_distinct_from(task_messages.c.recording_id))
)


def _voicemails_of_no_task() -> tuple[Select[Any], Select[Any]]:
    """Voicemails without any task, and those listed in one that is gone."""
    raised = exists().where(tasks.c.recording_id == recordings.c.id)
    listed = exists().where(task_messages.c.recording_id == recordings.c.id)
    bare = select(recordings.c.id.label("recording_id"), null().label("task_id"))
    bare = bare.where(recordings.c.kind == RecordingKind.VOICEMAIL, ~raised, ~listed)
    gone = select(task_messages.c.recording_id, task_messages.c.task_id)
    gone = gone.where(
        ~exists().where(tasks.c.id == task_messages.c.task_id),
        ~exists().where(tasks.c.recording_id == task_messages.c.recording_id),
    )
    return bare, gone


def _tasks_of_no_recording() -> Select[Any]:
    """Callbacks whose recording is gone, and messages of others that are."""
    raised = select(tasks.c.recording_id, tasks.c.id.label("task_id"))
    raised = raised.where(_CALLBACK, ~exists().where(recordings.c.id == tasks.c.recording_id))
    joined = select(task_messages.c.recording_id, task_messages.c.task_id)
    joined = joined.where(
        ~exists().where(recordings.c.id == task_messages.c.recording_id),
        ~exists().where(tasks.c.recording_id == task_messages.c.recording_id),
    )
    either = raised.union_all(joined).subquery()
    return select(either.c.recording_id, either.c.task_id)


def _twice() -> Select[Any]:
    raised = tasks.alias()
    return (
        select(task_messages.c.recording_id, task_messages.c.task_id)
        .join(raised, raised.c.recording_id == task_messages.c.recording_id)
        .where(raised.c.id != task_messages.c.task_id)
    )


_BARE, _GONE = _voicemails_of_no_task()
_FAULTS: Mapping[FaultKind, Select[Any]] = {
    FaultKind.VOICEMAIL_WITHOUT_TASK: _BARE,
    FaultKind.TASK_MISSING: _GONE,
    FaultKind.RECORDING_MISSING: _tasks_of_no_recording(),
    FaultKind.ANSWERED_TWICE: _twice(),
}
