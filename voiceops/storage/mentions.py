"""Where a person is mentioned: what their number looks like in a text, and a search through every column of text."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, String, Text, cast, false, func, or_, select
from sqlalchemy.types import TypeDecorator, TypeEngine

from voiceops.domain.erasure import Person, Stayed
from voiceops.storage.call_tables import spoken_words
from voiceops.storage.metadata import metadata

# What people write between digits; a dot would make numbers of the times in documents.
_BETWEEN = r"[\s\-()/]*"
_SEPARATORS = (" ", "-", "(", ")", "/", "\u00a0")


def pattern_of(person: Person) -> re.Pattern[str]:
    """Their number, however it is written, or a reference of theirs, never as a part of a longer one."""
    numbers = [rf"(?<!\d)[+0]*{_BETWEEN.join(one.lstrip('0'))}(?!\d)" for one in person.numbers]
    references = [rf"(?<![\w-]){re.escape(one)}(?![\w-])" for one in person.references]
    return re.compile("|".join([*numbers, *references]), re.IGNORECASE)


def is_person(column: Column[Any], person: Person) -> ColumnElement[bool]:
    """Whether the column is their number, however it is written, or a reference of theirs."""
    number = func.ltrim(_without_separators(column), "+0").in_([one.lstrip("0") for one in person.numbers])
    return or_(number, func.upper(cast(column, Text)).in_([one.upper() for one in person.references]))


def mentioning(
    connection: Connection, columns: Sequence[Column[Any]], key: Column[Any], person: Person
) -> Sequence[str]:
    """The keys of rows with a mention of the person in one of these columns."""
    texts = [cast(column, Text) for column in columns]
    rows = connection.execute(select(key, *texts).where(or_(*(_maybe(text, person) for text in texts))))
    wanted = pattern_of(person)
    return [own for own, *found in rows if any(text and wanted.search(text) for text in found)]


def remaining_mentions(connection: Connection, person: Person) -> Sequence[Stayed]:
    """Each column with rows that mention the person; it reads the whole database."""
    return list(_remaining(connection, person))


def _remaining(connection: Connection, person: Person) -> Iterator[Stayed]:
    for table in metadata.sorted_tables:
        if table is spoken_words:
            # What others said is not searched for a person, in whatever form it is kept.
            continue
        for column in filter(_is_text, table.columns):
            key = next(iter(table.primary_key.columns))
            found = len(mentioning(connection, [column], key, person))
            if found:
                why = "Mentioned there in what is not theirs alone, or is under a legal hold: look at it and decide."
                yield Stayed(f"{found} row(s)", f"{table.name}.{column.name}", why)


def _maybe(text: ColumnElement[str], person: Person) -> ColumnElement[bool]:
    """Whether it is worth reading: it has the digits of their number in it, or a reference of theirs."""
    digits = _without_separators(text)
    numbers = [digits.contains(one.lstrip("0"), autoescape=True) for one in person.numbers]
    references = [text.icontains(one, autoescape=True) for one in person.references]
    return or_(false(), *numbers, *references)


def _is_text(column: Column[Any]) -> bool:
    kind: TypeEngine[Any] = column.type
    while isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    return isinstance(kind, String) and not isinstance(kind, LargeBinary)


def _without_separators(column: ColumnElement[Any]) -> ColumnElement[str]:
    text: ColumnElement[str] = cast(column, Text)
    for separator in _SEPARATORS:
        text = func.replace(text, separator, "")
    return text
