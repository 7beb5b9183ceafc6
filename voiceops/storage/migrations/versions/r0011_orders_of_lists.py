"""Indices for the orders in which lists can be read.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INDICES = (("recordings", "started_at"), ("tasks", "raised_at"))


def upgrade() -> None:
    """Make them."""
    for table, column in INDICES:
        op.create_index(f"ix_{table}_{column}_id", table, [column, "id"])


def downgrade() -> None:
    """Remove them."""
    for table, column in INDICES:
        op.drop_index(f"ix_{table}_{column}_id", table_name=table)
