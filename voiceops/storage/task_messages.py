"""Messages of tasks and attempts to reach their callers as rows."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, literal, select, update

from voiceops.domain.callback_task import CallbackTask, TaskKind
from voiceops.domain.recording import RecordingKind
from voiceops.domain.task_attempt import TaskAttempt
from voiceops.domain.task_message import TaskMessage
from voiceops.errors import Conflict, NotFound
from voiceops.ports.messages import Caller
from voiceops.storage.message_tables import task_attempts, task_messages
from voiceops.storage.statements import all_rows, find_row, hold_row, insert_new, take_turns
from voiceops.storage.tables import recordings, tasks
from voiceops.storage.tasks import read_task


class SqlMessageStore:
    """The messages of tasks in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: TaskMessage) -> None:
        """See the port."""
        taken = Conflict(
            "This recording belongs to a task already.",
            record=message.recording_id,
            next_step="Use the task that is stored.",
        )
        insert_new(self._connection, task_messages, vars(message), taken=taken)

    def find(self, recording_id: str) -> TaskMessage | None:
        """See the port."""
        query = select(task_messages).where(task_messages.c.recording_id == recording_id)
        row = find_row(self._connection, query)
        return None if row is None else TaskMessage(**row)

    def save(self, message: TaskMessage) -> None:
        """See the port."""
        statement = update(task_messages).where(task_messages.c.recording_id == message.recording_id)
        if self._connection.execute(statement.values(**vars(message))).rowcount == 0:
            raise NotFound(
                "This recording is no message of a task.",
                record=message.recording_id,
                next_step="Look at the ledger: it lists voicemails without a task.",
            )

    def of_task(self, task_id: str) -> Sequence[TaskMessage]:
        """See the port."""
        query = select(task_messages).where(task_messages.c.task_id == task_id)
        query = query.order_by(task_messages.c.received_at, task_messages.c.recording_id)
        return [TaskMessage(**row) for row in all_rows(self._connection, query)]

    def tasks_of(self, recording_ids: Collection[str]) -> Mapping[str, CallbackTask]:
        """See the port."""
        query = select(task_messages.c.recording_id.label("message"), tasks)
        query = query.join_from(task_messages, tasks).where(task_messages.c.recording_id.in_(recording_ids))
        return {row.pop("message"): read_task(row) for row in all_rows(self._connection, query)}

    def joinable(self, caller: Caller, *, since: datetime) -> CallbackTask | None:
        """See the port."""
        take_turns(self._connection, _lock_of(caller))
        recent = and_(
            task_messages.c.task_id == tasks.c.id,
            task_messages.c.received_at >= literal(since, task_messages.c.received_at.type),
        )
        query = (
            select(tasks)
            .where(tasks.c.caller_number == caller.number, tasks.c.queue.is_not_distinct_from(caller.queue))
            .where(tasks.c.kind == TaskKind.CALLBACK, tasks.c.is_ended.is_(False), exists().where(recent))
            .order_by(tasks.c.raised_at.desc(), tasks.c.id.desc())
            .limit(1)
        )
        row = hold_row(self._connection, query)
        return None if row is None else read_task(row)

    def unaccounted(self, *, since: datetime | None = None, limit: int = 100) -> Sequence[str]:
        """See the port."""
        listed = exists().where(task_messages.c.recording_id == recordings.c.id, tasks.c.id == task_messages.c.task_id)
        query = (
            select(recordings.c.id)
            .where(recordings.c.kind == RecordingKind.VOICEMAIL, ~listed)
            .where(~exists().where(tasks.c.recording_id == recordings.c.id))
            .order_by(recordings.c.received_at, recordings.c.id)
            .limit(limit)
        )
        if since is not None:
            query = query.where(recordings.c.received_at >= literal(since, recordings.c.received_at.type))
        return self._connection.scalars(query).all()

    def part(self, recording_id: str) -> None:
        """See the port."""
        joined = ~exists().where(tasks.c.recording_id == task_messages.c.recording_id)
        self._connection.execute(delete(task_messages).where(task_messages.c.recording_id == recording_id, joined))

    def forget(self, recording_id: str) -> None:
        """See the port."""
        gone = ~exists().where(tasks.c.id == task_messages.c.task_id)
        self._connection.execute(delete(task_messages).where(task_messages.c.recording_id == recording_id, gone))


class SqlAttemptStore:
    """The attempts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, attempt: TaskAttempt) -> None:
        """See the port."""
        taken = Conflict(
            f"Attempt {attempt.number} of this task is there already.",
            record=attempt.task_id,
            next_step="Load the task again and look at its attempts.",
        )
        insert_new(self._connection, task_attempts, vars(attempt), taken=taken)

    def of_task(self, task_id: str) -> Sequence[TaskAttempt]:
        """See the port."""
        query = select(task_attempts).where(task_attempts.c.task_id == task_id).order_by(task_attempts.c.number)
        return [TaskAttempt(**row) for row in all_rows(self._connection, query)]


def _lock_of(caller: Caller) -> int:
    """The key of PostgreSQL's lock for one caller; two callers with the same one only wait for each other."""
    digest = hashlib.sha256(f"{caller.number}\n{caller.queue}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
