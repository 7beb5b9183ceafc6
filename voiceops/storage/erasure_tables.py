"""The table of receipts for erasures."""

from sqlalchemy import Column, Table

from voiceops.domain.erasure import Erasure
from voiceops.storage.column_types import Document, Identifier, UtcInstant
from voiceops.storage.metadata import metadata

erasures = Table(
    "erasures",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("at", UtcInstant, nullable=False),
    Column("receipt", Document(Erasure), nullable=False),
)
