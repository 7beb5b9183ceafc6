"""Alembic's entry point: runs the migrations on the connection that `database.migrate` hands in."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlalchemy.types import TypeDecorator

from voiceops.storage.tables import metadata


def render_plainly(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A new migration names the plain type under one of ours, so that it stays true whatever becomes of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    return False


def is_ours(_: Any, name: str | None, kind: str, reflected: bool, __: Any) -> bool:  # noqa: FBT001  Alembic calls it so
    """Not what finds spoken words: SQLite's index is tables of its own, PostgreSQL's a column that fills itself."""
    finds = (name or "").startswith("spoken_words_index") or name in {"lexemes", "ix_spoken_words_lexemes"}
    return not (reflected and finds and kind in {"table", "column", "index"})


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=render_plainly,
    include_object=is_ours,
    # SQLite cannot change a column in place: Alembic copies the table.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
