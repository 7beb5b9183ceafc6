"""Column types that give the same values back from SQLite and PostgreSQL."""

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import DateTime, Dialect, Enum, LargeBinary, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

# Identifiers sort by their bytes on both databases: a list has the same order everywhere, and an
# index never depends on the version of an operating system's collation.
Identifier = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def enum_type(members: type[StrEnum]) -> Enum:
    """A column that keeps an enum's value as text, so that a new member needs no migration."""
    return Enum(
        members, native_enum=False, create_constraint=False, length=32, values_callable=lambda e: [m.value for m in e]
    )


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, given back in UTC with its microseconds. A naive one raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite's text has no zone, so what is written there is UTC without saying so."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant without a time zone cannot be stored; use datetime.now(UTC).")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The instant in UTC, whatever zone the session of the database is in."""
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """SQLite's text is read in one step: a page of a list has hundreds of instants."""
        return _utc_of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _utc_of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


class Document(TypeDecorator[Any]):
    """A value of plain dataclasses, enums and collections, kept as JSON text.

    Reading ignores keys that are not known and fills missing ones with their defaults, so that
    the version before and the version after an upgrade read each other's rows.
    """

    impl: Any = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Built on first use: importing the tables stays cheap."""
        return TypeAdapter(self.shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """JSON text."""
        return None if value is None else self.adapter.dump_json(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """The value."""
        return None if value is None else self.adapter.validate_json(value)


class SharedDocument(Document):
    """The same for values that few people change and every sweep reads: shifts, skills, opening hours.

    Each text is read once by a process, so everybody is handed the same value; nobody may change it.
    """

    cache_ok = True

    @cached_property
    def _read(self) -> Callable[[str], Any]:
        return lru_cache(maxsize=4096)(self.adapter.validate_json)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """The value."""
        return None if value is None else self._read(value)


class CompressedDocument(Document):
    """The same for long documents: JSON with word times shrinks to about a tenth."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """Compressed JSON."""
        return None if value is None else zlib.compress(self.adapter.dump_json(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """The value."""
        return None if value is None else self.adapter.validate_json(zlib.decompress(value))
