"""Callback tasks and their events as rows; a change by two people at once is refused."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, or_, select, update

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.notice import TaskChange, event_type
from voiceops.domain.task_message import TaskMessage
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Page, TaskFilter, TaskOrder
from voiceops.storage.message_tables import task_messages
from voiceops.storage.ordered import ordered_rows
from voiceops.storage.statements import all_rows, hold_row, insert_new, take_turns
from voiceops.storage.tables import task_events, tasks
from voiceops.storage.teams import of_teams

# The key of PostgreSQL's lock that assigners wait for.
_ASSIGNING = 0x766F6963652D6173


class SqlTaskStore:
    """The tasks of one transaction."""

    def __init__(self, connection: Connection, tell: Callable[[TaskChange], None]) -> None:
        self._connection = connection
        self._tell = tell

    def add(self, task: CallbackTask, event: TaskEvent) -> None:
        """See the port."""
        taken = Conflict(
            "A task with this id, or for the same recording, is there already.",
            record=task.id,
            next_step="Use the one that is stored.",
        )
        with self._connection.begin_nested():  # a task without its message must not stay behind
            insert_new(self._connection, tasks, _row(task), taken=taken)
            if task.recording_id is not None:
                first = TaskMessage(task.recording_id, task.id, task.raised_at, facts=task.facts, note=task.note)
                insert_new(self._connection, task_messages, vars(first), taken=taken)
        self._add_event(event, None, task)

    def get(self, task_id: str) -> CallbackTask:
        """See the port."""
        return read_task(self._stored(task_id))

    def find_by_recording(self, recording_id: str) -> CallbackTask | None:
        """See the port."""
        of_message = select(task_messages.c.task_id).where(task_messages.c.recording_id == recording_id)
        row = hold_row(self._connection, select(tasks).where(tasks.c.id == of_message.scalar_subquery()))
        return None if row is None else read_task(row)

    def save(self, task: CallbackTask, event: TaskEvent) -> None:
        """See the port."""
        before = self._stored(task.id)
        unchanged = tasks.c.version == task.version - 1
        statement = update(tasks).where(tasks.c.id == task.id, unchanged).values(**_row(task))
        if self._connection.execute(statement).rowcount == 0:
            raise Conflict(
                "Somebody else changed this task meanwhile.",
                record=task.id,
                next_step="Load it again and decide once more.",
            )
        self._add_event(event, before, task)

    def _stored(self, task_id: str) -> RowMapping:
        row = hold_row(self._connection, select(tasks).where(tasks.c.id == task_id))
        if row is None:
            raise _not_found(task_id)
        return row

    def _add_event(self, event: TaskEvent, before: RowMapping | None, after: CallbackTask) -> None:
        agent_before = before["agent_id"] if before is not None else None
        left_agent = agent_before is not None and after.agent_id is None
        change = TaskChange(
            type=event_type(event.what, after.state, left_agent=left_agent),
            at=event.at,
            actor=event.actor,
            task_id=event.task_id,
            state=after.state,
            agent_id=after.agent_id,
            agent_before=agent_before,
            queue=after.queue,
        )
        stands = {name: getattr(change, name) for name in ("state", "agent_id", "agent_before", "queue")}
        offered_to = _newly_offered_to(before, after)
        self._connection.execute(insert(task_events).values(**vars(event), offered_to=offered_to, **stands))
        self._tell(change)

    def list(self, wanted: TaskFilter, page: Page, order: TaskOrder = TaskOrder.DUE_FIRST) -> Sequence[CallbackTask]:
        """See the port."""
        conditions = _conditions(wanted)
        if wanted.teams is not None:
            conditions = of_teams(self._connection, wanted.teams, tasks, wanted=conditions)
        return self._page(conditions, page, order)

    def _page(
        self, conditions: Sequence[ColumnElement[bool]], page: Page, order: TaskOrder = TaskOrder.DUE_FIRST
    ) -> Sequence[CallbackTask]:
        query = select(tasks).where(*conditions)
        rows = ordered_rows(self._connection, query, table=tasks, order=order, page=page, missing=_not_found)
        return [read_task(row) for row in rows]

    def events(self, task_id: str) -> Sequence[TaskEvent]:
        """See the port."""
        query = select(task_events).where(task_events.c.task_id == task_id).order_by(task_events.c.number)
        return [_event(row) for row in all_rows(self._connection, query)]

    def loads(self) -> Mapping[str, int]:
        """See the port."""
        take_turns(self._connection, _ASSIGNING)
        held = tasks.c.state.in_([TaskState.OFFERED, TaskState.ACCEPTED])
        query = select(tasks.c.agent_id, func.count()).where(held, tasks.c.agent_id.is_not(None))
        return dict(self._connection.execute(query.group_by(tasks.c.agent_id)).all())

    def unassigned(self, *, raised_before: datetime, limit: int = 100) -> Sequence[CallbackTask]:
        """See the port."""
        pool = (*_for_anybody(), tasks.c.raised_at < raised_before)
        return self._page(pool, Page(limit))

    def overdue(self, *, now: datetime, below_level: int, page: Page) -> Sequence[CallbackTask]:
        """See the port."""
        late = (
            tasks.c.is_ended.is_(False),
            tasks.c.snoozed_until.is_(None),
            tasks.c.due_at < now,
            tasks.c.escalation_level < below_level,
        )
        return self._page(late, page)

    def asleep(self, *, until: datetime, limit: int = 100) -> Sequence[CallbackTask]:
        """See the port."""
        over = (tasks.c.is_ended.is_(False), tasks.c.snoozed_until <= until)
        return self._page(over, Page(limit))


def _for_anybody() -> Sequence[ColumnElement[bool]]:
    """What makes a task one of the pool: open, nobody's, awake and not the supervisor's."""
    return (
        tasks.c.state == TaskState.OPEN,
        tasks.c.agent_id.is_(None),
        tasks.c.snoozed_until.is_(None),
        tasks.c.with_supervisor.is_(False),
    )


def _newly_offered_to(before: RowMapping | None, after: CallbackTask) -> str | None:
    """The agent that a change offers the task to; a change to a task already offered is no offer."""
    as_before = before is not None and before["state"] is TaskState.OFFERED and before["agent_id"] == after.agent_id
    return after.agent_id if after.state is TaskState.OFFERED and not as_before else None


def _conditions(wanted: TaskFilter) -> Sequence[ColumnElement[bool]]:
    pairs = (
        (tasks.c.state, wanted.state),
        (tasks.c.agent_id, wanted.agent_id),
        (tasks.c.queue, wanted.queue),
        (tasks.c.caller_number, wanted.caller_number),
        (tasks.c.follow_up_of, wanted.follow_up_of),
    )
    conditions = [column == value for column, value in pairs if value is not None]
    if wanted.ended is not None:
        conditions.append(tasks.c.is_ended.is_(wanted.ended))
    if wanted.recording_id is not None:
        of_message = select(task_messages.c.task_id).where(task_messages.c.recording_id == wanted.recording_id)
        conditions.append(tasks.c.id.in_(of_message))
    if wanted.pool_of is not None:
        conditions += [*_for_anybody(), or_(tasks.c.queue.is_(None), tasks.c.queue.in_(wanted.pool_of))]
    elif wanted.pool:
        conditions += _for_anybody()
    return conditions


def _row(task: CallbackTask) -> dict[str, Any]:
    return dict(vars(task)) | {"is_ended": task.state.is_ended}


def read_task(row: Mapping[Any, Any]) -> CallbackTask:
    """The task of a row."""
    return CallbackTask(**{name: value for name, value in row.items() if name != "is_ended"})


def _event(row: Mapping[Any, Any]) -> TaskEvent:
    return TaskEvent(task_id=row["task_id"], at=row["at"], actor=row["actor"], what=row["what"], why=row["why"])


def _not_found(task_id: str) -> NotFound:
    return NotFound("There is no task with this id.", record=task_id, next_step="Look it up in the list of tasks.")
