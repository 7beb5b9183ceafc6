"""The tables of who may come in, and of what they looked at."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from voiceops.domain.access_entry import AccessAction
from voiceops.domain.people import Role
from voiceops.storage.column_types import Document, Identifier, UtcInstant, enum_type
from voiceops.storage.metadata import metadata

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("name", Identifier, nullable=False, unique=True),
    Column("role", enum_type(Role), nullable=False),
    Column("sha256", Identifier, nullable=False, unique=True),
    Column("created_at", UtcInstant, nullable=False),
    Column("agent_id", Identifier),
    Column("expires_at", UtcInstant),
    Column("scopes", Document(tuple[str, ...]), nullable=False, server_default="[]"),
    Column("teams", Document(tuple[str, ...]), nullable=False, server_default="[]"),
)

users = Table(
    "users",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("name", Identifier, nullable=False, unique=True),
    Column("role", enum_type(Role), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", UtcInstant, nullable=False),
    Column("agent_id", Identifier),
    Column("must_change_password", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcInstant),
    Column("disabled_at", UtcInstant),
    Column("teams", Document(tuple[str, ...]), nullable=False, server_default="[]"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("user_id", Identifier, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("sha256", Identifier, nullable=False, unique=True),
    Column("created_at", UtcInstant, nullable=False),
    Column("used_at", UtcInstant, nullable=False),
    Column("expires_at", UtcInstant, nullable=False),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

# Triggers of the migration refuse to change or remove a line.
access_log = Table(
    "access_log",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", UtcInstant, nullable=False),
    Column("actor", Identifier, nullable=False),
    Column("action", enum_type(AccessAction), nullable=False),
    Column("record", Identifier, nullable=False),
    Column("customer", Identifier),
    Column("detail", Text, nullable=False),
    Index(None, "actor", "number"),
    Index(None, "customer", "number"),
    Index(None, "record", "number"),
    Index(None, "action", "number"),
)
