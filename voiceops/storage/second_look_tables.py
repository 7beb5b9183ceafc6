"""The table of second looks: one row for each recording that was looked at again, or is to be."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from voiceops.domain.second_look import SecondLook, SecondLookState
from voiceops.storage.column_types import CompressedDocument, Identifier, UtcInstant, enum_type
from voiceops.storage.metadata import metadata

second_looks = Table(
    "second_looks",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("state", enum_type(SecondLookState), nullable=False),
    Column("moved_at", UtcInstant, nullable=False),
    Column("held_until", UtcInstant),
    Column("attempts", Integer, nullable=False),
    Column("failure", Text),
    Column("looks", CompressedDocument(tuple[SecondLook, ...]), nullable=False),
    Index(None, "state", "moved_at"),
)
