"""The words of transcripts as an index finds them: FTS5 on SQLite, a text search vector on PostgreSQL.

The index follows its table by the database's own means, which the migration made.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    column,
    delete,
    false,
    func,
    insert,
    literal_column,
    select,
    table,
)

from voiceops.analysis.comparable_words import Phrases, words_said, words_wanted
from voiceops.domain.transcript import Transcript
from voiceops.storage.call_tables import spoken_words


def keep_words(connection: Connection, recording_id: str, transcript: Transcript) -> None:
    """Let a recording be found by the words of its transcript, and by no others."""
    connection.execute(delete(spoken_words).where(spoken_words.c.recording_id == recording_id))
    connection.execute(insert(spoken_words).values(recording_id=recording_id, words=words_said(transcript)))


def those_saying(connection: Connection, typed: str) -> Select[Any]:
    """The ids of recordings in which this is said."""
    wanted, query = words_wanted(typed), select(spoken_words.c.recording_id)
    if not wanted:
        return query.where(false())
    if connection.dialect.name == "postgresql":
        return query.where(literal_column("spoken_words.lexemes").op("@@")(_vector_query(wanted)))
    index = table("spoken_words_index", column("rowid"), column("words"))
    return query.where(index.c.rowid == spoken_words.c.number, index.c.words.op("MATCH")(_fts_query(wanted)))


def _fts_query(wanted: Sequence[Phrases]) -> str:
    """In quotation marks a word is a word, whatever it means to FTS5; none has a mark within."""
    return " OR ".join("(" + " AND ".join(f'"{" ".join(one)}"' for one in phrases) + ")" for phrases in wanted)


def _vector_query(wanted: Sequence[Phrases]) -> ColumnElement[Any]:
    simple: ColumnElement[Any] = literal_column("'simple'::regconfig")
    wordings = ([func.phraseto_tsquery(simple, " ".join(one)) for one in phrases] for phrases in wanted)
    return _joined("||", [_joined("&&", phrases).self_group() for phrases in wordings])


def _joined(operator: str, parts: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    return reduce(lambda one, other: one.op(operator)(other), parts)
