"""Rows as lines of JSON that SQLite and PostgreSQL read alike: the first line says the columns and their kinds."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Table, TableClause
from sqlalchemy.types import TypeDecorator, TypeEngine

from voiceops.errors import BadInput
from voiceops.storage.column_types import UtcInstant

AT_ONCE = 500
# What a column of a kind is read and written as, so that documents go through unread.
_KINDS: Mapping[str, TypeEngine[Any]] = {
    "text": sa.Text(),
    "bytes": sa.LargeBinary(),
    "instant": UtcInstant(),
    "integer": sa.BigInteger(),
    "number": sa.Double(),
    "truth": sa.Boolean(),
}


def write_rows(connection: Connection, table: Table) -> Iterator[bytes]:
    """The lines of a table; rows that others refer to come first."""
    kinds = {column.name: _kind_of(column) for column in table.columns}
    yield _line([[name, kind] for name, kind in kinds.items()])
    raw = _raw_table(table.name, kinds)
    refers_to_itself = [raw.c[key.parent.name].is_not(None) for key in table.foreign_keys if key.column.table is table]
    keys = [raw.c[column.name] for column in table.primary_key]
    by_time = [raw.c[name] for name in ("raised_at",) if name in raw.c]
    query = sa.select(raw).order_by(*refers_to_itself, *by_time, *keys)
    for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield _line([_encoded(value) for value in row])


def read_rows(connection: Connection, table_name: str, lines: Iterable[bytes]) -> int:
    """Insert the rows of a table; how many there were. Raises BadInput for a form that is not known."""
    given = iter(lines)
    try:
        kinds = {str(name): str(kind) for name, kind in json.loads(next(given, b"[]"))}
        raw, count, batch = _raw_table(table_name, kinds), 0, []
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            "The columns of a table cannot be read.", record=table_name, next_step="Use another backup."
        ) from error
    for line in given:
        row = zip(kinds.items(), json.loads(line), strict=True)
        batch.append({name: _decoded(value, kind) for (name, kind), value in row})
        if len(batch) == AT_ONCE:
            connection.execute(sa.insert(raw), batch)
            count, batch = count + len(batch), []
    if batch:
        connection.execute(sa.insert(raw), batch)
    return count + len(batch)


def go_on_counting(connection: Connection, tables: Sequence[Table]) -> None:
    """Let numbers that PostgreSQL gives go on after the highest that was restored; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        column = table.autoincrement_column
        if column is not None and table.c[column.name].autoincrement is True:
            highest = sa.select(sa.func.max(column)).scalar_subquery()
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1), highest.is_not(None))))


def _raw_table(name: str, kinds: Mapping[str, str]) -> TableClause:
    return sa.table(name, *(sa.column(column, _KINDS[kind]) for column, kind in kinds.items()))


def _kind_of(column: Column[Any]) -> str:
    kind: TypeEngine[Any] = column.type
    if isinstance(kind, UtcInstant):
        return "instant"
    while isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    families = ((sa.LargeBinary, "bytes"), (sa.Boolean, "truth"), (sa.Integer, "integer"), (sa.Float, "number"))
    return next((name for family, name in families if isinstance(kind, family)), "text")


def _encoded(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _decoded(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "instant":
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if kind == "bytes" else value


def _line(values: Sequence[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
