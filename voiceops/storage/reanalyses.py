"""Re-analyses, their parts and the changes they found, as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, literal, select, tuple_, update

from voiceops.domain.reanalysis import (
    ChangeCount,
    Counts,
    ListedChange,
    Purpose,
    Reanalysis,
    ReanalysisPart,
    ReanalysisState,
    Received,
    VerdictChange,
)
from voiceops.errors import NotFound
from voiceops.ports import Page
from voiceops.storage.reanalysis_tables import reanalyses, reanalysis_parts, verdict_changes
from voiceops.storage.statements import all_rows, hold_row, may_write


class SqlReanalysisStore:
    """The re-analyses of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reanalysis: Reanalysis, parts: Sequence[ReanalysisPart]) -> None:
        """See the port."""
        self._connection.execute(insert(reanalyses).values(**_row(reanalysis)))
        if parts:
            self._connection.execute(insert(reanalysis_parts), [_part_row(part) for part in parts])

    def get(self, reanalysis_id: str) -> Reanalysis:
        """See the port."""
        row = hold_row(self._connection, select(reanalyses).where(reanalyses.c.id == reanalysis_id))
        if row is None:
            raise _not_found(reanalysis_id)
        return _reanalysis(row)

    def save(self, reanalysis: Reanalysis) -> None:
        """See the port."""
        self._overwrite(reanalyses, reanalysis.id, _row(reanalysis))

    def list(self, keyword_set_id: str | None, page: Page) -> Sequence[Reanalysis]:
        """See the port."""
        query = select(reanalyses).order_by(reanalyses.c.started_at.desc(), reanalyses.c.id.desc()).limit(page.limit)
        if keyword_set_id is not None:
            query = query.where(reanalyses.c.keyword_set_id == keyword_set_id)
        if page.after is not None:
            query = query.where(self._older_than(page.after))
        return [_reanalysis(row) for row in all_rows(self._connection, query)]

    def _older_than(self, reanalysis_id: str) -> ColumnElement[bool]:
        started_at = self._connection.scalar(select(reanalyses.c.started_at).where(reanalyses.c.id == reanalysis_id))
        if started_at is None:
            raise _not_found(reanalysis_id)
        place = tuple_(literal(started_at, reanalyses.c.started_at.type), literal(reanalysis_id, reanalyses.c.id.type))
        return tuple_(reanalyses.c.started_at, reanalyses.c.id) < place

    def running(self, keyword_set_id: str) -> Sequence[Reanalysis]:
        """See the port."""
        query = select(reanalyses).where(
            reanalyses.c.keyword_set_id == keyword_set_id, reanalyses.c.state == ReanalysisState.RUNNING
        )
        if may_write(self._connection):
            query = query.with_for_update(key_share=True)
        return [_reanalysis(row) for row in all_rows(self._connection, query.order_by(reanalyses.c.id))]

    def part(self, part_id: str) -> ReanalysisPart:
        """See the port."""
        row = hold_row(self._connection, select(reanalysis_parts).where(reanalysis_parts.c.id == part_id))
        if row is None:
            raise _not_found(part_id)
        return _part(row)

    def parts(self, reanalysis_id: str) -> Sequence[ReanalysisPart]:
        """See the port. The range that is open at its end comes last on both databases."""
        query = select(reanalysis_parts).where(reanalysis_parts.c.reanalysis_id == reanalysis_id)
        query = query.order_by(reanalysis_parts.c.upto.is_(None), reanalysis_parts.c.upto)
        return [_part(row) for row in all_rows(self._connection, query)]

    def save_part(self, part: ReanalysisPart) -> None:
        """See the port."""
        self._overwrite(reanalysis_parts, part.id, _part_row(part))

    def _overwrite(self, table: Table, record_id: str, row: Mapping[str, Any]) -> None:
        if self._connection.execute(update(table).where(table.c.id == record_id).values(**row)).rowcount == 0:
            raise _not_found(record_id)

    def stuck(self, *, idle_before: datetime, limit: int = 100) -> Sequence[ReanalysisPart]:
        """See the port."""
        query = select(reanalysis_parts).join(reanalyses)
        query = query.where(
            reanalyses.c.state == ReanalysisState.RUNNING,
            reanalysis_parts.c.is_done.is_(False),
            reanalysis_parts.c.moved_at < idle_before,
        )
        query = query.order_by(reanalysis_parts.c.moved_at, reanalysis_parts.c.id).limit(limit)
        return [_part(row) for row in all_rows(self._connection, query)]

    def add_changes(self, reanalysis_id: str, changes: Sequence[VerdictChange]) -> None:
        """See the port."""
        if changes:
            rows = [dict(vars(change)) | {"reanalysis_id": reanalysis_id} for change in changes]
            self._connection.execute(insert(verdict_changes), rows)

    def changes(
        self, reanalysis_id: str, *, rule_id: str | None = None, after: int = 0, limit: int = 50
    ) -> Sequence[ListedChange]:
        """See the port."""
        table = verdict_changes
        query = select(table).where(table.c.reanalysis_id == reanalysis_id, table.c.number > after)
        if rule_id is not None:
            query = query.where(table.c.rule_id == rule_id)
        query = query.order_by(table.c.number).limit(limit)
        return [_change(row) for row in all_rows(self._connection, query)]

    def count_changes(self, reanalysis_id: str) -> Sequence[ChangeCount]:
        """See the port."""
        kind = (verdict_changes.c.rule_id, verdict_changes.c.before, verdict_changes.c.after)
        query = select(*kind, func.count()).where(verdict_changes.c.reanalysis_id == reanalysis_id).group_by(*kind)
        found = [ChangeCount(*row) for row in self._connection.execute(query)]
        return sorted(found, key=lambda one: (one.rule_id or "", -one.calls, one.before or "", one.after or ""))

    def forget_what_ifs(self, *, ended_before: datetime, limit: int = 20) -> int:
        """See the port. Parts and changes go with them."""
        old = select(reanalyses.c.id).where(
            reanalyses.c.purpose == Purpose.WHAT_IF, reanalyses.c.ended_at < ended_before
        )
        return self._connection.execute(delete(reanalyses).where(reanalyses.c.id.in_(old.limit(limit)))).rowcount


def _row(reanalysis: Reanalysis) -> dict[str, Any]:
    row = dict(vars(reanalysis))
    received = row.pop("received")
    return row | {"from_at": received.from_at, "to_at": received.to_at}


def _reanalysis(row: Mapping[Any, Any]) -> Reanalysis:
    fields = dict(row)
    received = Received(fields.pop("from_at"), fields.pop("to_at"))
    return Reanalysis(**fields, received=received)


def _part_row(part: ReanalysisPart) -> dict[str, Any]:
    row = dict(vars(part))
    del row["counts"]
    return row | vars(part.counts)


def _part(row: Mapping[Any, Any]) -> ReanalysisPart:
    fields = dict(row)
    counts = Counts(*(fields.pop(name) for name in ("looked_at", "evaluated", "changed", "failed")))
    return ReanalysisPart(**fields, counts=counts)


def _change(row: Mapping[Any, Any]) -> ListedChange:
    return ListedChange(row["number"], VerdictChange(row["recording_id"], row["rule_id"], row["before"], row["after"]))


def _not_found(record_id: str) -> NotFound:
    return NotFound(
        "There is no re-analysis with this id.", record=record_id, next_step="Look it up in the list of re-analyses."
    )
