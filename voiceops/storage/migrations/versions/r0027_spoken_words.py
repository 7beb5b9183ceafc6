"""The words of transcripts, to search in.

Written down in plain types, so that it stays true whatever becomes of today's code. Transcripts that are there
are indexed by the sweep, little by little.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
SQLITE = (
    # One may have been left by tables that were dropped one by one.
    "DROP TABLE IF EXISTS spoken_words_index",
    (
        "CREATE VIRTUAL TABLE spoken_words_index USING fts5"
        " (words, content='spoken_words', content_rowid='number', tokenize='unicode61 remove_diacritics 0')"
    ),
    (
        "CREATE TRIGGER spoken_words_added AFTER INSERT ON spoken_words BEGIN"
        " INSERT INTO spoken_words_index (rowid, words) VALUES (new.number, new.words); END"
    ),
    (
        "CREATE TRIGGER spoken_words_removed AFTER DELETE ON spoken_words BEGIN"
        " INSERT INTO spoken_words_index (spoken_words_index, rowid, words)"
        " VALUES ('delete', old.number, old.words); END"
    ),
)
POSTGRESQL = (
    "ALTER TABLE spoken_words ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "CREATE INDEX ix_spoken_words_lexemes ON spoken_words USING gin (lexemes)",
)


def upgrade() -> None:
    """A table of its own and the index over it; each transcript says whether its words are in it."""
    op.create_table(
        "spoken_words",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=True),
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["transcripts.recording_id"],
            name="fk_spoken_words_recording_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_spoken_words"),
        sa.UniqueConstraint("recording_id", name="uq_spoken_words_recording_id"),
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
    op.add_column("transcripts", sa.Column("is_searchable", sa.Boolean()))
    waits = sa.text("is_searchable IS NULL")
    op.create_index(
        "ix_transcripts_to_index", "transcripts", ["recording_id"], sqlite_where=waits, postgresql_where=waits
    )


def downgrade() -> None:
    """Nothing is searched."""
    op.drop_index("ix_transcripts_to_index", "transcripts")
    op.drop_column("transcripts", "is_searchable")
    op.execute("DROP TABLE IF EXISTS spoken_words_index")
    op.drop_table("spoken_words")
