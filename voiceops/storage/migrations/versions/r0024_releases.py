"""Results that are released to agents, and disputes about them.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Two tables of their own; nothing is released yet."""
    op.create_table(
        "releases",
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("released_at", INSTANT, nullable=False),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_releases_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name="pk_releases"),
    )
    finding = ("recording_id", "keyword_set_id", "keyword_set_version", "rule_id")
    op.create_table(
        "disputes",
        sa.Column("id", NAME, nullable=False),
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("keyword_set_id", NAME, nullable=False),
        sa.Column("keyword_set_version", sa.Integer(), nullable=False),
        sa.Column("rule_id", NAME, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("answer", sa.String(32)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text()),
        sa.Column("answered_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_disputes_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_disputes"),
        sa.UniqueConstraint(*finding, name="uq_disputes_finding"),
    )
    op.create_index("ix_disputes_answer_at_id", "disputes", ["answer", "at", "id"])


def downgrade() -> None:
    """Nothing is released, and nobody objects."""
    op.drop_table("disputes")
    op.drop_table("releases")
