"""Kinds of values that cross the wire: ids and single lines that every database can store, numbers and instants."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, PlainSerializer, StringConstraints

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._@-]*$"
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ID_PATTERN)]

# "*" stands for every team.
Team = Annotated[str, StringConstraints(max_length=64, pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9._@-]*)$")]

# Line and Sentence hold no control characters: NUL cannot be stored in PostgreSQL.
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Telephone = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[0-9A-Za-z+*#() .:@/-]*$")
]


def _written(instant: object) -> object:
    if not isinstance(instant, str | datetime):
        raise ValueError("write an instant as text with its zone, such as 2026-03-02T09:15:00Z")  # noqa: TRY004 - for pydantic
    return instant


def _utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies before the year 1 or after 9999 in UTC") from error


def _rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# A group of routes and what is done there: see the end of each route's description.
Scope = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,30}:(read|write)$")]


# An instant, written in UTC with a Z as RFC 3339 has it.
Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_written),
    AfterValidator(_utc),
    PlainSerializer(_rfc3339, return_type=str, when_used="json"),
]


def _counted(number: object) -> object:
    if isinstance(number, bool | str):
        raise ValueError("write a whole number, without quotes")  # noqa: TRY004 - for pydantic
    return number


# Pydantic's own `int` takes true for 1 and "5" for 5, which no description of an integer allows.
Whole = Annotated[int, BeforeValidator(_counted)]
