"""Speech measures of each call, and an index with all that figures over weeks count by.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Make them. What was analysed before has no measures until its keyword set is applied anew."""
    op.create_table(
        "speech_measures",
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("dead_air_seconds", sa.Double(), nullable=False),
        sa.Column("talk_ratio", sa.Double()),
        sa.Column("overlap_seconds", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("recording_id", name="pk_speech_measures"),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_speech_measures_recording_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    # It begins with the one it replaces.
    op.create_index(
        "ix_recordings_kind_received_at_id_queue_agent_id",
        "recordings",
        ["kind", "received_at", "id", "queue", "agent_id"],
    )
    op.drop_index("ix_recordings_kind_received_at_id", "recordings")


def downgrade() -> None:
    """Remove them."""
    op.create_index("ix_recordings_kind_received_at_id", "recordings", ["kind", "received_at", "id"])
    op.drop_index("ix_recordings_kind_received_at_id_queue_agent_id", "recordings")
    op.drop_table("speech_measures")
