"""The table of who looks after which customer."""

from sqlalchemy import Column, Table, Text

from voiceops.storage.column_types import Identifier, UtcInstant
from voiceops.storage.metadata import metadata

customer_owners = Table(
    "customer_owners",
    metadata,
    Column("customer", Identifier, primary_key=True),
    Column("agent_id", Identifier, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", UtcInstant, nullable=False),
)
