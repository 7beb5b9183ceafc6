"""How it is known who speaks on which channel.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody knows it of what is there, so its parties are left as they are: as if its sender had named them."""
    op.add_column("recordings", sa.Column("parties_by", sa.String(32), nullable=False, server_default="sender"))
    op.add_column("recordings", sa.Column("parties_confidence", sa.Double()))


def downgrade() -> None:
    """Nobody can ask for it any more."""
    op.drop_column("recordings", "parties_confidence")
    op.drop_column("recordings", "parties_by")
