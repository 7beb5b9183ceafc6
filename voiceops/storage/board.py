"""Counts the tasks of a board in the database, so that a busy day costs a page no more than a quiet one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_, select

from voiceops.domain.board import DUE_SOON, NEW, DoneTask, QueueTally
from voiceops.domain.callback_task import Disposition, TaskState
from voiceops.storage.statements import all_rows
from voiceops.storage.tables import tasks
from voiceops.storage.teams import belongs_to


class SqlBoardStore:
    """The counts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tallies(self, *, now: datetime, teams: Sequence[str] | None) -> Sequence[QueueTally]:
        """See the port."""
        awake = or_(tasks.c.snoozed_until.is_(None), tasks.c.snoozed_until <= _at(now))
        counted = {
            "new": tasks.c.raised_at >= _at(now - NEW),
            "due_soon": and_(awake, tasks.c.due_at >= _at(now), tasks.c.due_at < _at(now + DUE_SOON)),
            "overdue": and_(awake, tasks.c.due_at < _at(now)),
            "asleep": tasks.c.snoozed_until > _at(now),
            "unassigned": tasks.c.agent_id.is_(None),
        }
        sums = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in counted.items()]
        query = select(tasks.c.queue, func.count().label("waiting"), *sums)
        query = query.where(tasks.c.is_ended.is_(False), *_of(teams)).group_by(tasks.c.queue)
        rows = all_rows(self._connection, query)
        return sorted((QueueTally(**row) for row in rows), key=lambda one: one.queue or "")

    def done_since(self, instant: datetime, *, teams: Sequence[str] | None) -> Sequence[DoneTask]:
        """See the port."""
        query = select(tasks.c.queue, tasks.c.due_at, tasks.c.ended_at).where(
            tasks.c.ended_at >= _at(instant),
            tasks.c.state == TaskState.DONE,
            tasks.c.disposition != Disposition.NO_MESSAGE,
            *_of(teams),
        )
        return [DoneTask(**row) for row in all_rows(self._connection, query)]


def _of(teams: Sequence[str] | None) -> Sequence[ColumnElement[bool]]:
    return () if teams is None else (belongs_to(teams, tasks),)


def _at(instant: datetime) -> ColumnElement[datetime]:
    return literal(instant, tasks.c.due_at.type)
