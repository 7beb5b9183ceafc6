"""The tables of what figures over weeks count: speech measures, and one short row for each call.

Triggers of the migration let `call_figures` follow recordings, measures and verdicts, whichever version of this
program writes them.
"""

from sqlalchemy import Column, Double, ForeignKey, Index, Table, Text, text

from voiceops.storage.column_types import Identifier, UtcInstant
from voiceops.storage.metadata import metadata

speech_measures = Table(
    "speech_measures",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("dead_air_seconds", Double, nullable=False),
    Column("talk_ratio", Double),
    Column("overlap_seconds", Double, nullable=False),
    # As findings: a short row for each call needs no second tree for its key.
    sqlite_with_rowid=False,
)

# In the order of time, so that the calls of some weeks lie together.
call_figures = Table(
    "call_figures",
    metadata,
    Column("received_at", UtcInstant, primary_key=True),
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True, unique=True),
    Column("queue", Identifier),
    Column("agent_id", Identifier),
    Column("dead_air_seconds", Double),
    Column("talk_ratio", Double),
    # See `judgements`. None where a verdict changed since: it is counted from its findings until it is written anew.
    Column("judged", Text),
    sqlite_with_rowid=False,
)
to_judge = text("judged IS NULL")
Index("ix_call_figures_to_judge", call_figures.c.received_at, sqlite_where=to_judge, postgresql_where=to_judge)
