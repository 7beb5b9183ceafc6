"""The table of speech measures, in a form that the database can average."""

from sqlalchemy import Column, Double, ForeignKey, Table

from voiceops.storage.column_types import Identifier
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
