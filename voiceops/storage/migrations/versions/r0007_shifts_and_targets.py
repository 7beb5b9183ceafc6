"""Agents' shifts, presence and team; queues' targets, offer time and escalation; customers' owners.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
CHOICE = sa.String(32)
TARGETS = '["asked_for","owner","last_spoken","skill_and_language","team","language","anyone"]'


def upgrade() -> None:
    """Who was on shift is available, who was not is offline; queues get the defaults."""
    op.add_column("agents", sa.Column("presence", CHOICE, nullable=False, server_default="available"))
    op.execute("UPDATE agents SET presence = 'offline' WHERE NOT on_shift")
    op.drop_column("agents", "on_shift")
    op.add_column("agents", sa.Column("team", NAME))
    op.add_column("agents", sa.Column("shifts", sa.Text()))
    op.add_column("queues", sa.Column("team", NAME))
    op.add_column("queues", sa.Column("targets", sa.Text(), nullable=False, server_default=TARGETS))
    op.add_column("queues", sa.Column("offer_minutes", sa.Integer(), nullable=False, server_default="15"))
    op.add_column("queues", sa.Column("escalation_minutes", sa.Text(), nullable=False, server_default="[0,60,240]"))
    op.create_table(
        "customer_owners",
        sa.Column("customer", NAME, nullable=False),
        sa.Column("agent_id", NAME, nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("customer", name="pk_customer_owners"),
    )
    op.create_index("ix_recordings_caller_number_received_at_id", "recordings", ["caller_number", "received_at", "id"])
    op.create_index("ix_tasks_caller_number_raised_at_id", "tasks", ["caller_number", "raised_at", "id"])


def downgrade() -> None:
    """Only who is offline is off shift."""
    op.drop_table("customer_owners")
    op.drop_index("ix_tasks_caller_number_raised_at_id", "tasks")
    op.drop_index("ix_recordings_caller_number_received_at_id", "recordings")
    for column in ("escalation_minutes", "offer_minutes", "targets", "team"):
        op.drop_column("queues", column)
    op.add_column("agents", sa.Column("on_shift", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("UPDATE agents SET on_shift = (presence <> 'offline')")
    for column in ("shifts", "team", "presence"):
        op.drop_column("agents", column)
