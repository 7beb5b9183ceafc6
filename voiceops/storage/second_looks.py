"""Second looks as rows: where each stands to search by, what was heard as a compressed document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from voiceops.domain.second_look import SecondLooks, SecondLookState
from voiceops.storage.second_look_tables import second_looks
from voiceops.storage.statements import all_rows, put

_FIELDS = [column for column in second_looks.c if column.name != "held_until"]


class SqlSecondLookStore:
    """The second looks of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, recording_id: str) -> SecondLooks | None:
        """See the port."""
        return self.of([recording_id]).get(recording_id)

    def of(self, recording_ids: Sequence[str]) -> Mapping[str, SecondLooks]:
        """See the port."""
        rows = all_rows(self._connection, select(*_FIELDS).where(second_looks.c.recording_id.in_(recording_ids)))
        return {row["recording_id"]: SecondLooks(**row) for row in rows}

    def put(self, looks: SecondLooks) -> None:
        """See the port. Whoever held it holds it no longer."""
        values: dict[str, Any] = dict(vars(looks))
        put(self._connection, second_looks, values | {"held_until": None})

    def begin(self, recording_id: str, *, now: datetime, held_until: datetime) -> SecondLooks | None:
        """See the port."""
        free = or_(second_looks.c.held_until.is_(None), second_looks.c.held_until < now)
        taken = self._connection.execute(
            update(second_looks)
            .where(second_looks.c.recording_id == recording_id, second_looks.c.state == SecondLookState.ASKED, free)
            .values(attempts=second_looks.c.attempts + 1, held_until=held_until, moved_at=now)
        )
        return self.find(recording_id) if taken.rowcount else None

    def stuck(self, *, now: datetime, idle_before: datetime, limit: int = 100) -> Sequence[str]:
        """See the port."""
        free = or_(second_looks.c.held_until.is_(None), second_looks.c.held_until < now)
        query = select(second_looks.c.recording_id).where(second_looks.c.state == SecondLookState.ASKED, free)
        query = query.where(second_looks.c.moved_at < idle_before).order_by(second_looks.c.moved_at).limit(limit)
        return self._connection.scalars(query).all()

    def forget(self, recording_id: str) -> None:
        """See the port."""
        self._connection.execute(delete(second_looks).where(second_looks.c.recording_id == recording_id))
