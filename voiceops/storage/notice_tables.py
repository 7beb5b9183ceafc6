"""The tables of what others are told: who wants to be told, and the outbox."""

from sqlalchemy import Column, Index, Integer, Table, Text

from voiceops.domain.notice import EventType, NoticeState
from voiceops.storage.column_types import Document, Identifier, UtcInstant, enum_type
from voiceops.storage.metadata import metadata

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("owner", Identifier, nullable=False),
    Column("url", Text, nullable=False),
    Column("types", Document(tuple[EventType, ...]), nullable=False),
    Column("secret", Text),
    Column("added_at", UtcInstant, nullable=False),
    Column("added_by", Text, nullable=False),
    Index(None, "owner", "id"),
)

# No foreign keys: what was told stays on record when a task's or a receiver's row is gone.
notices = Table(
    "notices",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("type", enum_type(EventType), nullable=False),
    Column("recipient", Identifier, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", UtcInstant, nullable=False),
    Column("next_try_at", UtcInstant, nullable=False),
    Column("task_id", Identifier),
    Column("subscription_id", Identifier),
    Column("state", enum_type(NoticeState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text),
    Column("ended_at", UtcInstant),
    Index(None, "made_at", "id"),
    Index(None, "state", "made_at", "id"),
    Index(None, "state", "next_try_at"),
    Index(None, "ended_at"),
)
