"""The ledger of voicemails, counted in the tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, exists, func, literal, null, select

from voiceops.domain.callback_task import Disposition, TaskKind
from voiceops.domain.ledger import FaultKind, Ledger, LedgerFault
from voiceops.domain.recording import RecordingKind
from voiceops.storage.message_tables import task_messages
from voiceops.storage.statements import all_rows
from voiceops.storage.tables import recordings, tasks

_CALLBACK = tasks.c.kind == TaskKind.CALLBACK
_SILENT = case((tasks.c.disposition == Disposition.NO_MESSAGE, 1), else_=0)


class SqlLedgerStore:
    """The ledger as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, *, now: datetime, limit: int = 1000) -> Ledger:
        """See the port."""
        faults, total = [], 0
        for kind, query in _FAULTS.items():
            rows = all_rows(self._connection, query.order_by("recording_id", "task_id").limit(limit))
            faults += [LedgerFault(kind, row["recording_id"], row["task_id"]) for row in rows]
            total += len(rows) if len(rows) < limit else self._count(query)
        late = and_(tasks.c.snoozed_until.is_(None), tasks.c.due_at < literal(now, tasks.c.due_at.type))
        callbacks = self._callbacks()
        return Ledger(
            received=self._count(select(recordings.c.id).where(recordings.c.kind == RecordingKind.VOICEMAIL)),
            open=callbacks.get((False, False), 0) + callbacks.get((False, True), 0),
            ended=callbacks.get((True, False), 0),
            merged=self._count(_MERGED),
            no_message=callbacks.get((True, True), 0),
            overdue=self._count(select(tasks.c.id).where(tasks.c.is_ended.is_(False), late)),
            fault_count=total,
            faults=tuple(faults),
        )

    def _callbacks(self) -> Mapping[tuple[bool, bool], int]:
        """How many callbacks there are, by whether they ended and whether nobody spoke: one pass over all."""
        query = select(tasks.c.is_ended, _SILENT, func.count()).where(_CALLBACK).group_by(tasks.c.is_ended, _SILENT)
        return {(bool(ended), bool(silent)): number for ended, silent, number in self._connection.execute(query)}

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
