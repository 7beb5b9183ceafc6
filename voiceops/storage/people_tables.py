"""The tables of the people and queues of a call centre."""

from sqlalchemy import Column, Integer, Table, Text

from voiceops.domain.callback_task import Disposition
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.masking import Masking
from voiceops.domain.people import Presence, Target
from voiceops.domain.retention import Retention
from voiceops.domain.task_attempt import AttemptPolicy, FollowUpPolicy
from voiceops.domain.working_hours import WorkingHours
from voiceops.storage.column_types import Identifier, SharedDocument, enum_type
from voiceops.storage.metadata import metadata

Names = SharedDocument(tuple[str, ...])

agents = Table(
    "agents",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("name", Text, nullable=False),
    Column("languages", Names, nullable=False),
    Column("skills", Names, nullable=False),
    Column("queues", Names, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("presence", enum_type(Presence), nullable=False),
    Column("email", Text),
    Column("team", Identifier),
    Column("shifts", SharedDocument(WorkingHours)),
)

queues = Table(
    "queues",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("skills", Names, nullable=False),
    Column("hours", SharedDocument(WorkingHours), nullable=False),
    Column("target_minutes", SharedDocument(tuple[tuple[Urgency, int], ...]), nullable=False),
    Column("keyword_sets", Names, nullable=False),
    Column("dispositions", SharedDocument(tuple[Disposition, ...]), nullable=False),
    Column("attempts", SharedDocument(AttemptPolicy), nullable=False),
    Column("follow_up", SharedDocument(FollowUpPolicy)),
    Column("team", Identifier),
    Column("targets", SharedDocument(tuple[Target, ...]), nullable=False),
    Column("offer_minutes", Integer, nullable=False),
    Column("escalation_minutes", SharedDocument(tuple[int, ...]), nullable=False),
    Column("retention", SharedDocument(Retention)),
    Column("masking", SharedDocument(Masking)),
)
