"""The number to call as a person put it right.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody corrected anything so far."""
    op.add_column("tasks", sa.Column("corrected_number", sa.Text()))


def downgrade() -> None:
    """What was heard counts again."""
    op.drop_column("tasks", "corrected_number")
