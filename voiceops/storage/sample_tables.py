"""The table of samples."""

from sqlalchemy import Column, Index, Integer, Table, Text

from voiceops.storage.column_types import Document, Identifier, UtcInstant
from voiceops.storage.metadata import metadata

samples = Table(
    "samples",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("drawn_by", Text, nullable=False),
    Column("drawn_at", UtcInstant, nullable=False),
    Column("asked", Text, nullable=False),
    Column("per_agent", Integer, nullable=False),
    Column("seed", Text, nullable=False),
    Column("out_of", Integer, nullable=False),
    Column("recording_ids", Document(tuple[str, ...]), nullable=False),
    Index(None, "drawn_at", "id"),
)
