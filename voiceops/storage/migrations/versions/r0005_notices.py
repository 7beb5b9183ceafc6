"""The outbox of notices, those who want to be told, and how each event left its task.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
CHOICE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, and add to the events what the stream shows of them."""
    for name, kind in (("state", CHOICE), ("agent_id", NAME), ("agent_before", NAME), ("queue", NAME)):
        op.add_column("task_events", sa.Column(name, kind))
    _create_subscriptions()
    _create_notices()


def downgrade() -> None:
    """Remove them."""
    op.drop_table("notices")
    op.drop_table("subscriptions")
    for name in ("queue", "agent_before", "agent_id", "state"):
        op.drop_column("task_events", name)


def _create_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        _filled("id", NAME),
        _filled("owner", NAME),
        _filled("url", sa.Text()),
        _filled("types", sa.Text()),
        sa.Column("secret", sa.Text()),
        _filled("added_at", INSTANT),
        _filled("added_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
    )
    _index("subscriptions", "owner", "id")


def _create_notices() -> None:
    op.create_table(
        "notices",
        _filled("id", NAME),
        _filled("type", CHOICE),
        _filled("recipient", NAME),
        _filled("subject", sa.Text()),
        _filled("text", sa.Text()),
        _filled("made_at", INSTANT),
        _filled("next_try_at", INSTANT),
        sa.Column("task_id", NAME),
        sa.Column("subscription_id", NAME),
        _filled("state", CHOICE),
        _filled("attempts", sa.Integer()),
        sa.Column("last_error", sa.Text()),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    _index("notices", "made_at", "id")
    _index("notices", "state", "made_at", "id")
    _index("notices", "state", "next_try_at")
    _index("notices", "ended_at")


def _filled(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
