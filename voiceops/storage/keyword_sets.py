"""Keyword sets as rows: every version is kept, at most one of each is active."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, tuple_, update

from voiceops.errors import Conflict, NotFound
from voiceops.ports import StoredKeywordSet
from voiceops.storage.statements import all_rows, find_row, insert_new
from voiceops.storage.tables import keyword_sets


class SqlKeywordSetStore:
    """The keyword sets of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stored: StoredKeywordSet) -> None:
        """See the port."""
        added = stored.keyword_set
        same_id = keyword_sets.c.id == added.id
        newest = self._connection.scalar(select(func.max(keyword_sets.c.version)).where(same_id))
        if newest is not None and added.version <= newest:
            raise _not_newer(stored, newest)
        if stored.active:
            self._connection.execute(update(keyword_sets).where(same_id).values(active=False))
        insert_new(self._connection, keyword_sets, _row(stored), taken=_not_newer(stored, newest))

    def get(self, keyword_set_id: str, version: int | None = None) -> StoredKeywordSet:
        """See the port."""
        wanted = keyword_sets.c.active.is_(True) if version is None else keyword_sets.c.version == version
        row = find_row(self._connection, select(keyword_sets).where(keyword_sets.c.id == keyword_set_id, wanted))
        if row is None:
            raise _not_found(keyword_set_id, version)
        return _stored(row)

    def activate(self, keyword_set_id: str, version: int) -> None:
        """See the port. First all others are put out of use: at no moment may two be in use."""
        of_id = keyword_sets.c.id == keyword_set_id
        self._connection.execute(update(keyword_sets).where(of_id).values(active=False))
        chosen = update(keyword_sets).where(of_id, keyword_sets.c.version == version).values(active=True)
        if self._connection.execute(chosen).rowcount == 0:
            raise _not_found(keyword_set_id, version)

    def list_active(self) -> Sequence[StoredKeywordSet]:
        """See the port."""
        query = select(keyword_sets).where(keyword_sets.c.active.is_(True)).order_by(keyword_sets.c.id)
        return [_stored(row) for row in all_rows(self._connection, query)]

    def list_newest(self) -> Sequence[StoredKeywordSet]:
        """See the port."""
        newest = select(keyword_sets.c.id, func.max(keyword_sets.c.version)).group_by(keyword_sets.c.id)
        own = tuple_(keyword_sets.c.id, keyword_sets.c.version)
        query = select(keyword_sets).where(own.in_(newest)).order_by(keyword_sets.c.id)
        return [_stored(row) for row in all_rows(self._connection, query)]

    def versions(self, keyword_set_id: str) -> Sequence[StoredKeywordSet]:
        """See the port."""
        query = select(keyword_sets).where(keyword_sets.c.id == keyword_set_id)
        query = query.order_by(keyword_sets.c.version.desc())
        return [_stored(row) for row in all_rows(self._connection, query)]


def _row(stored: StoredKeywordSet) -> dict[str, Any]:
    return dict(vars(stored)) | {"id": stored.keyword_set.id, "version": stored.keyword_set.version}


def _stored(row: Mapping[Any, Any]) -> StoredKeywordSet:
    return StoredKeywordSet(
        keyword_set=row["keyword_set"],
        source=row["source"],
        uploaded_at=row["uploaded_at"],
        uploaded_by=row["uploaded_by"],
        active=row["active"],
    )


def _not_found(keyword_set_id: str, version: int | None) -> NotFound:
    return NotFound(
        f"There is no {'active version' if version is None else f'version {version}'} of this keyword set.",
        record=keyword_set_id,
        next_step="Look at the list of keyword sets and their versions.",
    )


def _not_newer(stored: StoredKeywordSet, newest: int | None) -> Conflict:
    there = "another version" if newest is None else f"version {newest}"
    return Conflict(
        f"Version {stored.keyword_set.version} is not higher than {there}, which is stored.",
        record=stored.keyword_set.id,
        next_step="Raise `version` in the file and upload it again.",
    )
