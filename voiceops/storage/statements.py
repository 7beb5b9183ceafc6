"""The few statements that every store writes in the same way on both databases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from voiceops.errors import Conflict
from voiceops.storage.database import READ_ONLY


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any], *, taken: Conflict) -> None:
    """Insert a row; raises `taken` if a key is taken, leaving the transaction usable."""
    try:
        # Without the savepoint PostgreSQL would refuse everything else in this transaction.
        with connection.begin_nested():
            connection.execute(insert(table).values(**values))
    except Conflict as error:
        raise taken from error


def put(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row, or replace the one with the same primary key, in one statement."""
    keys = {column.name for column in table.primary_key}
    others = {name: value for name, value in values.items() if name not in keys}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=sorted(keys), set_=others))


def put_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """As `put`, for many rows with the same columns, in one round trip to the database."""
    if not rows:
        return
    keys = {column.name for column in table.primary_key}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=sorted(keys), set_=others), rows)


def find_row(connection: Connection, query: Select[Any]) -> RowMapping | None:
    """The only row, or None."""
    return connection.execute(query).mappings().one_or_none()


def hold_row(connection: Connection, query: Select[Any]) -> RowMapping | None:
    """The only row, or None. Where the unit may write, nobody else changes the row until it ends."""
    # SQLite ignores this: there the whole database is already ours. On PostgreSQL the key itself stays
    # free to be referred to, so that adding a finding to a recording waits for nobody who holds it.
    return find_row(connection, query.with_for_update(key_share=True) if may_write(connection) else query)


def take_turns(connection: Connection, key: int) -> None:
    """Wait until no other unit that may write is past this line with the same key."""
    # On SQLite such units exclude each other anyway.
    if may_write(connection) and connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def may_write(connection: Connection) -> bool:
    """False in a unit that was opened for reading only."""
    return not connection.get_execution_options().get(READ_ONLY, False)


def all_rows(connection: Connection, query: Select[Any]) -> Sequence[dict[str, Any]]:
    """All rows, each by the names of its columns."""
    found = connection.execute(query)
    # A page of hundreds of rows is read: a plain dict costs a quarter of what a RowMapping does.
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found.all()]
