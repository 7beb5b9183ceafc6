"""What is masked in the words of a queue's recordings.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is masked until somebody says so."""
    op.add_column("queues", sa.Column("masking", sa.Text()))


def downgrade() -> None:
    """What was masked stays so."""
    op.drop_column("queues", "masking")
