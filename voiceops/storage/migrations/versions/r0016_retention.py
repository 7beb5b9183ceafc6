"""How long recordings are kept, what was removed of them, and which must stay.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PARTS = ("audio", "transcript", "result")


def upgrade() -> None:
    """Everything is kept for ever until somebody says otherwise; an older version that runs meanwhile reads no rule."""
    op.add_column("queues", sa.Column("retention", sa.Text()))
    for part in PARTS:
        op.add_column("recordings", sa.Column(f"{part}_removed_at", sa.DateTime(timezone=True)))
        there = sa.text(f"{part}_removed_at IS NULL")
        op.create_index(
            f"ix_recordings_{part}_kept",
            "recordings",
            ["kind", "received_at"],
            sqlite_where=there,
            postgresql_where=there,
        )
    op.add_column("recordings", sa.Column("removal_reason", sa.Text()))
    op.add_column("recordings", sa.Column("hold", sa.Text()))


def downgrade() -> None:
    """What was removed stays so, and nobody knows why any more."""
    op.drop_column("queues", "retention")
    for part in PARTS:
        op.drop_index(f"ix_recordings_{part}_kept", "recordings")
        op.drop_column("recordings", f"{part}_removed_at")
    op.drop_column("recordings", "removal_reason")
    op.drop_column("recordings", "hold")
