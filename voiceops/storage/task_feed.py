"""The events of all tasks, read in the order of their numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from voiceops.domain.notice import TaskChange, event_type
from voiceops.storage.statements import all_rows
from voiceops.storage.tables import task_events


class SqlTaskFeed:
    """The feed as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> int:
        """See the port."""
        return self._connection.scalar(select(func.max(task_events.c.number))) or 0

    def after(self, number: int, *, limit: int = 100) -> Sequence[TaskChange]:
        """See the port."""
        query = select(task_events).where(task_events.c.number > number).order_by(task_events.c.number).limit(limit)
        return [_change(row) for row in all_rows(self._connection, query)]


def _change(row: Mapping[Any, Any]) -> TaskChange:
    same = ("at", "actor", "task_id", "state", "agent_id", "agent_before", "queue", "number")
    left_agent = row["agent_before"] is not None and row["agent_id"] is None
    kind = event_type(row["what"], row["state"], left_agent=left_agent)
    return TaskChange(type=kind, **{name: row[name] for name in same})
