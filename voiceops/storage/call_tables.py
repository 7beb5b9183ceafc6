"""The tables of what is kept about a recording beside its transcript and findings."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from voiceops.domain.release import DisputeAnswer
from voiceops.domain.waveform import Waveform
from voiceops.storage.column_types import CompressedDocument, Identifier, UtcInstant, enum_type
from voiceops.storage.metadata import metadata

waveforms = Table(
    "waveforms",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("waveform", CompressedDocument(Waveform), nullable=False),
)

# In the form in which they are compared. What finds them is no table of ours: the migration made it.
spoken_words = Table(
    "spoken_words",
    metadata,
    # Known to the row alone: by it SQLite's index points to the row.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column(
        "recording_id",
        Identifier,
        ForeignKey("transcripts.recording_id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("words", Text, nullable=False),
)

releases = Table(
    "releases",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("released_at", UtcInstant, nullable=False),
    Column("released_by", Text, nullable=False),
    Column("acknowledged_at", UtcInstant),
)

disputes = Table(
    "disputes",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), nullable=False),
    Column("keyword_set_id", Identifier, nullable=False),
    Column("keyword_set_version", Integer, nullable=False),
    Column("rule_id", Identifier, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcInstant, nullable=False),
    Column("answer", enum_type(DisputeAnswer)),
    Column("note", Text, nullable=False),
    Column("answered_by", Text),
    Column("answered_at", UtcInstant),
    UniqueConstraint("recording_id", "keyword_set_id", "keyword_set_version", "rule_id", name="uq_disputes_finding"),
    Index(None, "answer", "at", "id"),
)
