"""Messages that join a task, attempts to reach the caller, snoozed tasks and follow-ups.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
CHOICE = sa.String(32)
INSTANT = sa.DateTime(timezone=True)

ALL_DISPOSITIONS = '["resolved","called_back","not_reached","wrong_number","no_callback_needed","no_message"]'
ATTEMPTS = '{"after_minutes":[30,120,480],"limit":4,"then":"not_reached"}'


def upgrade() -> None:
    """Create the tables; a task that is there keeps its recording as its first message."""
    _widen_tasks()
    _widen_queues()
    _create_messages()
    _create_attempts()


def downgrade() -> None:
    """Remove them; follow-ups go with them, since they have no recording."""
    op.drop_table("task_attempts")
    op.drop_table("task_messages")
    with op.batch_alter_table("queues") as queues:
        for column in ("follow_up", "attempts", "dispositions"):
            queues.drop_column(column)
    op.execute("DELETE FROM task_events WHERE task_id IN (SELECT id FROM tasks WHERE recording_id IS NULL)")
    op.execute("DELETE FROM tasks WHERE recording_id IS NULL")
    op.drop_index("ix_tasks_snoozed_until", "tasks")
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_constraint("fk_tasks_follow_up_of_tasks", type_="foreignkey")
        tasks.drop_constraint("uq_tasks_follow_up_of", type_="unique")
        for column in ("with_supervisor", "snoozed_until", "follow_up_of", "kind"):
            tasks.drop_column(column)
        tasks.alter_column("recording_id", existing_type=NAME, nullable=False)


def _widen_tasks() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.alter_column("recording_id", existing_type=NAME, nullable=True)
        tasks.add_column(sa.Column("kind", CHOICE, nullable=False, server_default="callback"))
        tasks.add_column(sa.Column("follow_up_of", NAME))
        tasks.add_column(sa.Column("snoozed_until", INSTANT))
        tasks.add_column(sa.Column("with_supervisor", sa.Boolean(), nullable=False, server_default=sa.false()))
        tasks.create_foreign_key("fk_tasks_follow_up_of_tasks", "tasks", ["follow_up_of"], ["id"])
        tasks.create_unique_constraint("uq_tasks_follow_up_of", ["follow_up_of"])
    op.create_index("ix_tasks_snoozed_until", "tasks", ["snoozed_until"])


def _widen_queues() -> None:
    with op.batch_alter_table("queues") as queues:
        queues.add_column(sa.Column("dispositions", sa.Text(), nullable=False, server_default=ALL_DISPOSITIONS))
        queues.add_column(sa.Column("attempts", sa.Text(), nullable=False, server_default=ATTEMPTS))
        queues.add_column(sa.Column("follow_up", sa.Text()))


def _create_messages() -> None:
    op.create_table(
        "task_messages",
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("facts", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("no_message", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("recording_id", name="pk_task_messages"),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name="fk_task_messages_recording_id_recordings"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_task_messages_task_id_tasks", ondelete="CASCADE"),
    )
    op.create_index("ix_task_messages_task_id_received_at", "task_messages", ["task_id", "received_at"])
    op.execute(
        "INSERT INTO task_messages (recording_id, task_id, received_at, facts, note, no_message) "
        "SELECT recording_id, id, raised_at, facts, note, COALESCE(disposition, '') = 'no_message' FROM tasks"
    )


def _create_attempts() -> None:
    op.create_table(
        "task_attempts",
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("result", CHOICE, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.PrimaryKeyConstraint("task_id", "number", name="pk_task_attempts"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_task_attempts_task_id_tasks", ondelete="CASCADE"),
    )
