"""Which teams a supervisor leads. Those of earlier versions led all, and go on doing so.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody loses a right by an upgrade."""
    for table in ("users", "access_tokens"):
        op.add_column(table, sa.Column("teams", sa.Text(), nullable=False, server_default="[]"))
    op.execute("UPDATE users SET teams = '[\"*\"]' WHERE role = 'supervisor'")
    op.execute("UPDATE access_tokens SET teams = '[\"*\"]' WHERE role = 'supervisor'")


def downgrade() -> None:
    """Supervisors lead all teams again."""
    for table in ("users", "access_tokens"):
        op.drop_column(table, "teams")
