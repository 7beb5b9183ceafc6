"""Receipts for erasures, and lines of the access log that may bear a pseudonym instead of a customer.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
WORDS = "A line of the access log can neither be changed nor removed."
REST = ("number", "at", "actor", "action", "record", "detail")


def upgrade() -> None:
    """Make the table; let a pseudonym take a customer's place, and nothing else change."""
    op.create_table(
        "erasures",
        sa.Column("id", NAME, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    _guard(pseudonyms=True)


def downgrade() -> None:
    """Remove the table; no line can be changed any more."""
    op.drop_table("erasures")
    _guard(pseudonyms=False)


def _guard(*, pseudonyms: bool) -> None:
    if op.get_bind().dialect.name == "postgresql":
        same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in REST)
        allowed = f"IF TG_OP = 'UPDATE' AND NEW.customer LIKE 'erased:%' AND {same} THEN RETURN NEW; END IF;"
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_access_log_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {allowed if pseudonyms else ''} RAISE EXCEPTION '{WORDS}'; END $$"
        )
        return
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in REST)
    allowed = f"WHEN NOT coalesce(NEW.customer LIKE 'erased:%' AND {same}, 0) "
    op.execute("DROP TRIGGER access_log_no_update")
    op.execute(
        f"CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log {allowed if pseudonyms else ''}"
        f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    )
