"""How often the analysis of a recording was begun, so that one that kills its workers ends.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None was begun yet; an older version that still runs counts none."""
    op.add_column("recordings", sa.Column("analyses_begun", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """They are begun for ever again."""
    op.drop_column("recordings", "analyses_begun")
