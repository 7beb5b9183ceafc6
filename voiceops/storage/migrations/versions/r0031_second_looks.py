"""Second looks at stretches where a required wording was missed.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """A table of its own: what was analysed before was looked at once."""
    op.create_table(
        "second_looks",
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("looks", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("recording_id", name="pk_second_looks"),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_second_looks_recording_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_second_looks_state_moved_at", "second_looks", ["state", "moved_at"])


def downgrade() -> None:
    """Only first looks are kept; outcomes that second ones moved stay as they are."""
    op.drop_table("second_looks")
