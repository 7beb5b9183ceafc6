"""The table of replies that are kept for clients who send a request again."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from voiceops.storage.column_types import Document, Identifier, UtcInstant
from voiceops.storage.metadata import metadata

kept_replies = Table(
    "kept_replies",
    metadata,
    Column("principal", Identifier, primary_key=True),
    Column("key_sha256", Identifier, primary_key=True),
    Column("held_until", UtcInstant, nullable=False),
    Column("expires_at", UtcInstant, nullable=False),
    Column("request_sha256", Identifier),
    # A status says that there is a reply.
    Column("status", Integer),
    Column("headers", Document(dict[str, str])),
    Column("body", LargeBinary),
    Index(None, "expires_at"),
)
