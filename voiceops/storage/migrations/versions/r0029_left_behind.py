"""Marks by which the sweep finds what the version before wrote while machines were upgraded one by one.

Written down in plain types, so that it stays true whatever becomes of today's code. An evaluation that was counted
says when it was made; a review says that it was counted; a transcript that is replaced waits for its words.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

SQLITE = (
    (
        "CREATE TRIGGER transcripts_replaced AFTER UPDATE OF transcript ON transcripts BEGIN"
        " DELETE FROM spoken_words WHERE recording_id = new.recording_id;"
        " UPDATE transcripts SET is_searchable = NULL WHERE recording_id = new.recording_id; END"
    ),
)
POSTGRESQL = (
    (
        "CREATE FUNCTION forget_spoken_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " DELETE FROM spoken_words WHERE recording_id = NEW.recording_id;"
        " UPDATE transcripts SET is_searchable = NULL WHERE recording_id = NEW.recording_id;"
        " RETURN NULL; END $$"
    ),
    (
        "CREATE TRIGGER transcripts_replaced AFTER UPDATE OF transcript ON transcripts"
        " FOR EACH ROW EXECUTE FUNCTION forget_spoken_words()"
    ),
)
TO_COUNT = sa.text("counted_at IS NULL OR counted_at <> at")
NOT_COUNTED = sa.text("is_counted IS NULL")


def upgrade() -> None:
    """Add them. What is there already is counted once more by the sweep, little by little."""
    op.add_column("evaluations", sa.Column("counted_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_evaluations_to_count", "evaluations", ["recording_id"], sqlite_where=TO_COUNT, postgresql_where=TO_COUNT
    )
    op.add_column("reviews", sa.Column("is_counted", sa.Boolean()))
    op.create_index(
        "ix_reviews_to_count", "reviews", ["recording_id"], sqlite_where=NOT_COUNTED, postgresql_where=NOT_COUNTED
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Remove them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER transcripts_replaced ON transcripts")
        op.execute("DROP FUNCTION forget_spoken_words")
    else:
        op.execute("DROP TRIGGER transcripts_replaced")
    op.drop_index("ix_reviews_to_count", "reviews")
    op.drop_column("reviews", "is_counted")
    op.drop_index("ix_evaluations_to_count", "evaluations")
    op.drop_column("evaluations", "counted_at")
