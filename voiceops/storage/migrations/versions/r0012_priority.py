"""Whose turn to be transcribed comes first.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there is today's work; an older version that still runs goes on storing it as that."""
    op.add_column("recordings", sa.Column("priority", sa.String(32), nullable=False, server_default="today"))


def downgrade() -> None:
    """Everything has the same turn again."""
    op.drop_column("recordings", "priority")
