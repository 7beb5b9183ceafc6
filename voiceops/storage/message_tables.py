"""The tables of what belongs to a task: its messages and the attempts to reach their caller."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.task_attempt import AttemptResult
from voiceops.storage.column_types import Document, Identifier, UtcInstant, enum_type
from voiceops.storage.metadata import metadata

task_messages = Table(
    "task_messages",
    metadata,
    # The key is the promise: a voicemail belongs to one task, whether it raised it or joined it.
    Column("recording_id", Identifier, ForeignKey("recordings.id"), primary_key=True),
    Column("task_id", Identifier, ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
    Column("received_at", UtcInstant, nullable=False),
    Column("facts", Document(CallerFacts)),
    Column("note", Text),
    Column("no_message", Boolean, nullable=False),
    Index(None, "task_id", "received_at"),
)

task_attempts = Table(
    "task_attempts",
    metadata,
    Column("task_id", Identifier, ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcInstant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("result", enum_type(AttemptResult), nullable=False),
    Column("note", Text, nullable=False),
    Column("next_at", UtcInstant),
)
