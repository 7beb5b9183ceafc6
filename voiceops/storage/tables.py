"""The tables. Columns are named after the fields of the domain; what only a row knows says so.

A change here needs a migration in `migrations/versions`; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from voiceops.domain.callback_task import Disposition, TaskKind, TaskState
from voiceops.domain.caller_facts import CallerFacts, Urgency
from voiceops.domain.finding import Finding
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.private import Silenced
from voiceops.domain.recording import (
    Direction,
    LegalHold,
    PartiesBy,
    Party,
    Priority,
    RawFormat,
    RecordingKind,
    RecordingPart,
    RecordingState,
)
from voiceops.domain.transcript import Transcript
from voiceops.storage import (  # noqa: F401  all tables are known to whoever knows these
    access_tables,
    call_tables,
    customer_tables,
    erasure_tables,
    message_tables,
    notice_tables,
    reanalysis_tables,
    reply_tables,
    sample_tables,
    second_look_tables,
    trend_tables,
    verdict_tables,
)
from voiceops.storage.column_types import (
    CompressedDocument,
    Document,
    Identifier,
    SharedDocument,
    UtcInstant,
    enum_type,
)
from voiceops.storage.metadata import metadata, only_where
from voiceops.storage.people_tables import agents, queues

__all__ = [
    "agents",
    "evaluations",
    "keyword_sets",
    "metadata",
    "queues",
    "recordings",
    "task_events",
    "tasks",
    "transcripts",
]


# Columns with digests of files that a recording has beside, or instead of, the one that was sent.
OTHER_FILES = ("redacted_sha256", "replaced_sha256", "original_sha256")

recordings = Table(
    "recordings",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("kind", enum_type(RecordingKind), nullable=False),
    Column("sha256", Identifier, nullable=False, unique=True),
    Column("file_name", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("received_at", UtcInstant, nullable=False),
    Column("parties", SharedDocument(tuple[Party, ...]), nullable=False),
    Column("state", enum_type(RecordingState), nullable=False),
    Column("state_changed_at", UtcInstant),
    Column("duration_seconds", Double),
    Column("language", Text),
    Column("queue", Identifier),
    Column("agent_id", Identifier),
    Column("caller_number", Text),
    Column("dialled_number", Text),
    Column("labels", Document(dict[str, str]), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", UtcInstant),
    Column("failure", Text),
    Column("notes", SharedDocument(tuple[str, ...]), nullable=False),
    Column("raw_format", enum_type(RawFormat)),
    Column("customer", Identifier),
    Column("direction", enum_type(Direction)),
    Column("started_at", UtcInstant),
    Column("priority", enum_type(Priority), nullable=False, server_default=Priority.TODAY),
    Column("clarity", Integer),
    Column("parties_by", enum_type(PartiesBy), nullable=False, server_default=PartiesBy.SENDER),
    Column("parties_confidence", Double),
    Column("analyses_begun", Integer, nullable=False, server_default="0"),
    *(Column(f"{part}_removed_at", UtcInstant) for part in RecordingPart),
    Column("removal_reason", Text),
    Column("hold", Document(LegalHold)),
    Column("redacted_at", UtcInstant),
    Column("silenced", SharedDocument(tuple[Silenced, ...]), nullable=False, server_default="[]"),
    *(Column(name, Identifier) for name in OTHER_FILES),
    # Known to the row alone, for the worklist; `write_verdicts` keeps them.
    Column("needs_person", Boolean, nullable=False, server_default=text("false")),
    Column("worst_score", Double, nullable=False, server_default=text("100")),
    # One index for each way a page is filtered, each ending in the order of the list.
    Index(None, "received_at", "id"),
    # With all that figures over weeks count by, so that they read no row.
    Index(None, "kind", "received_at", "id", "queue", "agent_id"),
    Index(None, "state", "received_at", "id"),
    Index(None, "kind", "state", "received_at", "id"),
    Index(None, "queue", "received_at", "id"),
    Index(None, "queue", "state", "received_at", "id"),
    Index(None, "agent_id", "received_at", "id"),
    Index(None, "caller_number", "received_at", "id"),
    Index(None, "customer", "received_at", "id"),
    Index(None, "started_at", "id"),
    Index(None, "kind", "needs_person", "received_at", "id"),
    Index(None, "kind", "needs_person", "worst_score", "id"),
    Index(None, "queue", "needs_person", "received_at", "id"),
    Index(None, "agent_id", "needs_person", "received_at", "id"),
)
# Leads the daily round to the oldest of what is still there, past the years of what was removed.
for part in RecordingPart:
    kept = only_where(f"{part}_removed_at IS NULL")
    Index(f"ix_recordings_{part}_kept", recordings.c.kind, recordings.c.received_at, **kept)
for name in OTHER_FILES:
    Index(f"ix_recordings_{name}", recordings.c[name], **only_where(f"{name} IS NOT NULL"))

transcripts = Table(
    "transcripts",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("transcript", CompressedDocument(Transcript), nullable=False),
    # Known to the row alone: None where the version before wrote it, and its words wait to be indexed.
    Column("is_searchable", Boolean),
    Index("ix_transcripts_to_index", "recording_id", **only_where("is_searchable IS NULL")),
)

keyword_sets = Table(
    "keyword_sets",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("keyword_set", Document(KeywordSet), nullable=False),
    Column("source", Text, nullable=False),
    Column("uploaded_at", UtcInstant, nullable=False),
    Column("uploaded_by", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)
# Two people who activate at once cannot both succeed.
Index("uq_keyword_sets_active", keyword_sets.c.id, unique=True, **only_where("active"))

evaluations = Table(
    "evaluations",
    metadata,
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("keyword_set_id", Identifier, primary_key=True),
    Column("keyword_set_version", Integer, primary_key=True, autoincrement=False),
    Column("score", Double),
    Column("passed", Boolean),
    Column("findings", Document(tuple[Finding, ...]), nullable=False),
    Column("at", UtcInstant, nullable=False),
    # Known to the row alone: `at` once it is counted; another instant, or None, where the version before wrote it.
    Column("counted_at", UtcInstant),
    Index(None, "keyword_set_id", "keyword_set_version", "passed", "at"),
    Index(None, "keyword_set_id", "keyword_set_version", "at"),
    Index("ix_evaluations_to_count", "recording_id", **only_where("counted_at IS NULL OR counted_at <> at")),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("recording_id", Identifier, ForeignKey("recordings.id"), unique=True),
    Column("raised_at", UtcInstant, nullable=False),
    Column("due_at", UtcInstant, nullable=False),
    Column("state", enum_type(TaskState), nullable=False),
    Column("caller_number", Text),
    Column("dialled_number", Text),
    Column("queue", Identifier),
    Column("language", Text),
    Column("urgency", enum_type(Urgency), nullable=False),
    Column("note", Text),
    Column("facts", Document(CallerFacts)),
    Column("agent_id", Identifier),
    Column("assignment_reason", Text),
    Column("disposition", enum_type(Disposition)),
    Column("ended_at", UtcInstant),
    Column("escalation_level", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", enum_type(TaskKind), nullable=False),
    Column("follow_up_of", Identifier, ForeignKey("tasks.id"), unique=True),
    Column("snoozed_until", UtcInstant),
    Column("with_supervisor", Boolean, nullable=False),
    Column("corrected_number", Text),
    # Known to the row alone: lets an index skip the years of tasks that are done.
    Column("is_ended", Boolean, nullable=False),
    Index(None, "due_at", "id"),
    Index(None, "raised_at", "id"),
    Index(None, "state", "due_at", "id"),
    Index(None, "is_ended", "due_at", "id"),
    Index(None, "agent_id", "is_ended", "due_at", "id"),
    Index(None, "agent_id", "due_at", "id"),
    Index(None, "queue", "is_ended", "due_at", "id"),
    Index(None, "queue", "due_at", "id"),
    Index(None, "caller_number", "due_at", "id"),
    Index(None, "snoozed_until"),
    Index(None, "ended_at"),
    Index(None, "caller_number", "raised_at", "id"),
)

task_events = Table(
    "task_events",
    metadata,
    # Known to the row alone: the order in which events were added, whatever the clock did.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("task_id", Identifier, nullable=False),
    Column("at", UtcInstant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
    # Known to the row alone: the agent, where this event offered the task to one.
    Column("offered_to", Identifier),
    # Known to the row alone, for the stream of events: how the task stood after it, and whose it was before.
    Column("state", enum_type(TaskState)),
    Column("agent_id", Identifier),
    Column("agent_before", Identifier),
    Column("queue", Identifier),
    ForeignKeyConstraint(["task_id"], ["tasks.id"], ondelete="CASCADE"),
    Index(None, "task_id", "number"),
    Index(None, "offered_to", "at"),
)
