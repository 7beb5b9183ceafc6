"""Users, their sessions, scopes of tokens, and an access log that refuses to be changed.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
CHOICE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = "A line of the access log can neither be changed nor removed."


def upgrade() -> None:
    """Create the tables and the triggers."""
    op.add_column("access_tokens", sa.Column("scopes", sa.Text(), nullable=False, server_default="[]"))
    _create_users()
    _create_sessions()
    _create_access_log()
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    """Remove them."""
    for table in ("access_log", "sessions", "users"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_access_log_change")
    with op.batch_alter_table("access_tokens") as batch:
        batch.drop_column("scopes")


def _create_users() -> None:
    op.create_table(
        "users",
        _filled("id", NAME),
        _filled("name", NAME),
        _filled("role", CHOICE),
        _filled("password_hash", sa.Text()),
        _filled("created_at", INSTANT),
        sa.Column("agent_id", NAME),
        _filled("must_change_password", sa.Boolean()),
        _filled("failures", sa.Integer()),
        sa.Column("locked_until", INSTANT),
        sa.Column("disabled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        _filled("id", NAME),
        _filled("user_id", NAME),
        _filled("sha256", NAME),
        _filled("created_at", INSTANT),
        _filled("used_at", INSTANT),
        _filled("expires_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("sha256", name="uq_sessions_sha256"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])


def _create_access_log() -> None:
    op.create_table(
        "access_log",
        _filled("number", NUMBER, autoincrement=True),
        _filled("at", INSTANT),
        _filled("actor", NAME),
        _filled("action", CHOICE),
        _filled("record", NAME),
        sa.Column("customer", NAME),
        _filled("detail", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_access_log"),
    )
    for column in ("actor", "customer", "record", "action"):
        op.create_index(f"ix_access_log_{column}_number", "access_log", [column, "number"])


def _guard_on_sqlite() -> None:
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER access_log_no_{what.lower()} BEFORE {what} ON access_log "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_access_log_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER access_log_no_change BEFORE UPDATE OR DELETE ON access_log "
        "FOR EACH ROW EXECUTE FUNCTION refuse_access_log_change()"
    )


def _filled(name: str, kind: Any, *, autoincrement: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement=autoincrement)
