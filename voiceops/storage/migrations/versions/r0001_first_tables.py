"""The first tables: recordings and what is found in them, tasks, people.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
CHOICE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create everything."""
    _create_recordings()
    _create_transcripts()
    _create_keyword_sets()
    _create_evaluations()
    _create_tasks()
    _create_task_events()
    _create_people()
    _create_access_tokens()


def downgrade() -> None:
    """Remove everything."""
    for table in ("access_tokens", "queues", "agents", "task_events", "tasks", "evaluations"):
        op.drop_table(table)
    for table in ("keyword_sets", "transcripts", "recordings"):
        op.drop_table(table)


def _create_recordings() -> None:
    op.create_table(
        "recordings",
        _filled("id", NAME),
        _filled("kind", CHOICE),
        _filled("sha256", NAME),
        _filled("file_name", sa.Text()),
        _filled("size_bytes", sa.BigInteger()),
        _filled("received_at", INSTANT),
        _filled("parties", sa.Text()),
        _filled("state", CHOICE),
        sa.Column("state_changed_at", INSTANT),
        sa.Column("duration_seconds", sa.Double()),
        sa.Column("language", sa.Text()),
        sa.Column("queue", NAME),
        sa.Column("agent_id", NAME),
        sa.Column("caller_number", sa.Text()),
        sa.Column("dialled_number", sa.Text()),
        _filled("labels", sa.Text()),
        _filled("attempts", sa.Integer()),
        sa.Column("lease_until", INSTANT),
        sa.Column("failure", sa.Text()),
        _filled("notes", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_recordings"),
        sa.UniqueConstraint("sha256", name="uq_recordings_sha256"),
    )
    _index("recordings", "received_at", "id")
    _index("recordings", "kind", "received_at", "id")
    _index("recordings", "state", "received_at", "id")
    _index("recordings", "kind", "state", "received_at", "id")
    _index("recordings", "queue", "received_at", "id")
    _index("recordings", "queue", "state", "received_at", "id")
    _index("recordings", "agent_id", "received_at", "id")


def _create_transcripts() -> None:
    op.create_table(
        "transcripts",
        _filled("recording_id", NAME),
        _filled("transcript", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("recording_id", name="pk_transcripts"),
        _part_of("transcripts", "recording_id", "recordings"),
    )


def _create_keyword_sets() -> None:
    op.create_table(
        "keyword_sets",
        _filled("id", NAME),
        _filled("version", sa.Integer()),
        _filled("keyword_set", sa.Text()),
        _filled("source", sa.Text()),
        _filled("uploaded_at", INSTANT),
        _filled("uploaded_by", sa.Text()),
        _filled("active", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", "version", name="pk_keyword_sets"),
    )
    where = sa.text("active")
    op.create_index(
        "uq_keyword_sets_active", "keyword_sets", ["id"], unique=True, sqlite_where=where, postgresql_where=where
    )


def _create_evaluations() -> None:
    op.create_table(
        "evaluations",
        _filled("recording_id", NAME),
        _filled("keyword_set_id", NAME),
        _filled("keyword_set_version", sa.Integer()),
        sa.Column("score", sa.Double()),
        sa.Column("passed", sa.Boolean()),
        _filled("findings", sa.Text()),
        _filled("at", INSTANT),
        sa.PrimaryKeyConstraint("recording_id", "keyword_set_id", "keyword_set_version", name="pk_evaluations"),
        _part_of("evaluations", "recording_id", "recordings"),
    )
    _index("evaluations", "keyword_set_id", "keyword_set_version", "passed", "at")


def _create_tasks() -> None:
    op.create_table(
        "tasks",
        _filled("id", NAME),
        _filled("recording_id", NAME),
        _filled("raised_at", INSTANT),
        _filled("due_at", INSTANT),
        _filled("state", CHOICE),
        sa.Column("caller_number", sa.Text()),
        sa.Column("dialled_number", sa.Text()),
        sa.Column("queue", NAME),
        sa.Column("language", sa.Text()),
        _filled("urgency", CHOICE),
        sa.Column("note", sa.Text()),
        sa.Column("facts", sa.Text()),
        sa.Column("agent_id", NAME),
        sa.Column("assignment_reason", sa.Text()),
        sa.Column("disposition", CHOICE),
        sa.Column("ended_at", INSTANT),
        _filled("escalation_level", sa.Integer()),
        _filled("version", sa.Integer()),
        _filled("is_ended", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("recording_id", name="uq_tasks_recording_id"),
        # No cascade: a recording that somebody still owes a call for cannot be removed by mistake.
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name="fk_tasks_recording_id"),
    )
    _index("tasks", "due_at", "id")
    _index("tasks", "state", "due_at", "id")
    _index("tasks", "is_ended", "due_at", "id")
    for column in ("agent_id", "queue"):
        _index("tasks", column, "is_ended", "due_at", "id")
        _index("tasks", column, "due_at", "id")
    _index("tasks", "caller_number", "due_at", "id")


def _create_task_events() -> None:
    op.create_table(
        "task_events",
        _filled("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True),
        _filled("task_id", NAME),
        _filled("at", INSTANT),
        _filled("actor", sa.Text()),
        _filled("what", sa.Text()),
        _filled("why", sa.Text()),
        sa.Column("offered_to", NAME),
        sa.PrimaryKeyConstraint("number", name="pk_task_events"),
        _part_of("task_events", "task_id", "tasks"),
    )
    _index("task_events", "task_id", "number")
    _index("task_events", "offered_to", "at")


def _create_people() -> None:
    op.create_table(
        "agents",
        _filled("id", NAME),
        _filled("name", sa.Text()),
        _filled("languages", sa.Text()),
        _filled("skills", sa.Text()),
        _filled("queues", sa.Text()),
        _filled("capacity", sa.Integer()),
        _filled("on_shift", sa.Boolean()),
        sa.Column("email", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_agents"),
    )
    op.create_table(
        "queues",
        _filled("id", NAME),
        _filled("title", sa.Text()),
        _filled("language", sa.Text()),
        _filled("region", sa.Text()),
        _filled("skills", sa.Text()),
        _filled("hours", sa.Text()),
        _filled("target_minutes", sa.Text()),
        _filled("keyword_sets", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_queues"),
    )


def _create_access_tokens() -> None:
    op.create_table(
        "access_tokens",
        _filled("id", NAME),
        _filled("name", NAME),
        _filled("role", CHOICE),
        _filled("sha256", NAME),
        _filled("created_at", INSTANT),
        sa.Column("agent_id", NAME),
        sa.Column("expires_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_access_tokens"),
        sa.UniqueConstraint("name", name="uq_access_tokens_name"),
        sa.UniqueConstraint("sha256", name="uq_access_tokens_sha256"),
    )


def _filled(name: str, kind: Any, *, autoincrement: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement=autoincrement)


def _part_of(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
