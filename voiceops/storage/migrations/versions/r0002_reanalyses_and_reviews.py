"""Re-analyses of stored calls with the verdicts they changed, and people's reviews of findings.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
CHOICE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, and the index that finds a version's newest evaluations."""
    _index("evaluations", "keyword_set_id", "keyword_set_version", "at")
    _create_reanalyses()
    _create_reanalysis_parts()
    _create_verdict_changes()
    _create_reviews()


def downgrade() -> None:
    """Remove them."""
    for table in ("reviews", "verdict_changes", "reanalysis_parts", "reanalyses"):
        op.drop_table(table)
    op.drop_index("ix_evaluations_keyword_set_id_keyword_set_version_at", "evaluations")


def _create_reanalyses() -> None:
    op.create_table(
        "reanalyses",
        _filled("id", NAME),
        _filled("keyword_set_id", NAME),
        _filled("keyword_set_version", sa.Integer()),
        _filled("purpose", CHOICE),
        sa.Column("from_at", INSTANT),
        sa.Column("to_at", INSTANT),
        _filled("total", sa.Integer()),
        _filled("asked_by", sa.Text()),
        _filled("started_at", INSTANT),
        _filled("state", CHOICE),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_reanalyses"),
    )
    _index("reanalyses", "started_at", "id")
    _index("reanalyses", "keyword_set_id", "started_at", "id")
    _index("reanalyses", "state")


def _create_reanalysis_parts() -> None:
    op.create_table(
        "reanalysis_parts",
        _filled("id", NAME),
        _filled("reanalysis_id", NAME),
        sa.Column("upto", NAME),
        _filled("moved_at", INSTANT),
        sa.Column("cursor", NAME),
        _filled("batches", sa.Integer()),
        _filled("is_done", sa.Boolean()),
        _filled("looked_at", sa.Integer()),
        _filled("evaluated", sa.Integer()),
        _filled("changed", sa.Integer()),
        _filled("failed", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_reanalysis_parts"),
        _part_of("reanalysis_parts", "reanalysis_id", "reanalyses"),
    )
    _index("reanalysis_parts", "reanalysis_id", "upto")


def _create_verdict_changes() -> None:
    op.create_table(
        "verdict_changes",
        _filled("number", NUMBER, autoincrement=True),
        _filled("reanalysis_id", NAME),
        _filled("recording_id", NAME),
        sa.Column("rule_id", NAME),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_verdict_changes"),
        _part_of("verdict_changes", "reanalysis_id", "reanalyses"),
        _part_of("verdict_changes", "recording_id", "recordings"),
    )
    _index("verdict_changes", "reanalysis_id", "number")
    _index("verdict_changes", "reanalysis_id", "rule_id", "number")
    _index("verdict_changes", "recording_id")


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        _filled("number", NUMBER, autoincrement=True),
        _filled("id", NAME),
        _filled("recording_id", NAME),
        _filled("keyword_set_id", NAME),
        _filled("keyword_set_version", sa.Integer()),
        _filled("rule_id", NAME),
        _filled("machine_outcome", CHOICE),
        _filled("outcome", CHOICE),
        _filled("note", sa.Text()),
        _filled("reviewer", sa.Text()),
        _filled("at", INSTANT),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
        sa.UniqueConstraint("id", name="uq_reviews_id"),
        _part_of("reviews", "recording_id", "recordings"),
    )
    _index("reviews", "recording_id", "number")
    _index("reviews", "keyword_set_id", "number")


def _filled(name: str, kind: Any, *, autoincrement: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement=autoincrement)


def _part_of(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
