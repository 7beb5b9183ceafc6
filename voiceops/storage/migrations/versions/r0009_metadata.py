"""Whose customer a recording is about, which way the call went, and when it began.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Nobody knows it of the recordings that are there."""
    op.add_column("recordings", sa.Column("customer", NAME))
    op.add_column("recordings", sa.Column("direction", sa.String(32)))
    op.add_column("recordings", sa.Column("started_at", sa.DateTime(timezone=True)))
    op.create_index("ix_recordings_customer_received_at_id", "recordings", ["customer", "received_at", "id"])


def downgrade() -> None:
    """It is forgotten."""
    op.drop_index("ix_recordings_customer_received_at_id", "recordings")
    for column in ("started_at", "direction", "customer"):
        op.drop_column("recordings", column)
