"""Replies that are kept for clients who send a request again.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """A table of its own."""
    op.create_table(
        "kept_replies",
        sa.Column("principal", NAME, nullable=False),
        sa.Column("key_sha256", NAME, nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_sha256", NAME),
        sa.Column("status", sa.Integer()),
        sa.Column("headers", sa.Text()),
        sa.Column("body", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("principal", "key_sha256", name="pk_kept_replies"),
    )
    op.create_index("ix_kept_replies_expires_at", "kept_replies", ["expires_at"])


def downgrade() -> None:
    """Nothing is kept."""
    op.drop_table("kept_replies")
