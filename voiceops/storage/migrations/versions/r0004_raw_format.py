"""The format that a sender named for sound without a header."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody named a format for what is stored."""
    op.add_column("recordings", sa.Column("raw_format", sa.String(32)))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("recordings", "raw_format")
