"""The tables of what is kept about a recording beside its transcript and findings."""

from sqlalchemy import Column, ForeignKey, Table

from voiceops.domain.waveform import Waveform
from voiceops.storage.column_types import CompressedDocument, Identifier
from voiceops.storage.metadata import metadata

waveforms = Table(
    "waveforms",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("waveform", CompressedDocument(Waveform), nullable=False),
)
