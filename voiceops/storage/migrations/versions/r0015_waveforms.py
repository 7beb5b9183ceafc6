"""The picture of a recording's sound.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """A table of its own; what was transcribed before has no row in it."""
    op.create_table(
        "waveforms",
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("waveform", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_waveforms_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name="pk_waveforms"),
    )


def downgrade() -> None:
    """No picture is kept."""
    op.drop_table("waveforms")
