"""The tables of what counts: findings that a database can ask, and the verdicts made of them.

They follow from evaluations and reviews, and are written in the same transaction.
"""

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, Table

from voiceops.domain.finding import Outcome
from voiceops.storage.column_types import Identifier, enum_type
from voiceops.storage.metadata import metadata

findings = Table(
    "findings",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("keyword_set_id", Identifier, primary_key=True),
    Column("rule_id", Identifier, primary_key=True),
    Column("keyword_set_version", Integer, nullable=False),
    Column("outcome", enum_type(Outcome), nullable=False),
    Column("is_reviewed", Boolean, nullable=False),
    Index(None, "outcome", "keyword_set_id", "rule_id", "recording_id"),
    # Dozens of short rows for each call: without a second tree for the key they take half the room.
    sqlite_with_rowid=False,
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("keyword_set_id", Identifier, primary_key=True),
    Column("keyword_set_version", Integer, nullable=False),
    Column("score", Double),
    Column("passed", Boolean),
    Column("to_decide", Integer, nullable=False),
    Index(None, "keyword_set_id", "recording_id"),
    sqlite_with_rowid=False,
)
