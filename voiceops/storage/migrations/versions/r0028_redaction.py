"""The files that are kept of a recording whose sound was redacted, and where it was silenced.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

DIGEST = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
FILES = ("redacted_sha256", "replaced_sha256", "original_sha256")


def upgrade() -> None:
    """What is there is heard as it was sent."""
    op.add_column("recordings", sa.Column("redacted_at", sa.DateTime(timezone=True)))
    op.add_column("recordings", sa.Column("silenced", sa.Text(), nullable=False, server_default="[]"))
    for name in FILES:
        op.add_column("recordings", sa.Column(name, DIGEST))
        is_there = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_recordings_{name}", "recordings", [name], sqlite_where=is_there, postgresql_where=is_there)


def downgrade() -> None:
    """Redacted sound is out of reach of the version before, and so is what it was made of."""
    for name in FILES:
        op.drop_index(f"ix_recordings_{name}", "recordings")
        op.drop_column("recordings", name)
    op.drop_column("recordings", "silenced")
    op.drop_column("recordings", "redacted_at")
