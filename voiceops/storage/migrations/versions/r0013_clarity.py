"""How clearly a recording can be understood.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there has its measures in its transcript only; it gets the figure when it is transcribed again."""
    op.add_column("recordings", sa.Column("clarity", sa.Integer()))


def downgrade() -> None:
    """Nobody can ask for it any more."""
    op.drop_column("recordings", "clarity")
