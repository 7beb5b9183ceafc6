"""The tables of second looks at findings: by the machine, in a re-analysis, and by people, in reviews."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from voiceops.domain.finding import Outcome
from voiceops.domain.reanalysis import Purpose, ReanalysisState
from voiceops.storage.column_types import Identifier, UtcInstant, enum_type
from voiceops.storage.metadata import metadata, only_where

reanalyses = Table(
    "reanalyses",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("keyword_set_id", Identifier, nullable=False),
    Column("keyword_set_version", Integer, nullable=False),
    Column("purpose", enum_type(Purpose), nullable=False),
    Column("from_at", UtcInstant),
    Column("to_at", UtcInstant),
    Column("total", Integer, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("started_at", UtcInstant, nullable=False),
    Column("state", enum_type(ReanalysisState), nullable=False),
    Column("ended_at", UtcInstant),
    Index(None, "started_at", "id"),
    Index(None, "keyword_set_id", "started_at", "id"),
    Index(None, "state"),
)

reanalysis_parts = Table(
    "reanalysis_parts",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("reanalysis_id", Identifier, ForeignKey("reanalyses.id", ondelete="CASCADE"), nullable=False),
    Column("upto", Identifier),
    Column("moved_at", UtcInstant, nullable=False),
    Column("cursor", Identifier),
    Column("batches", Integer, nullable=False),
    Column("is_done", Boolean, nullable=False),
    Column("looked_at", Integer, nullable=False),
    Column("evaluated", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Index(None, "reanalysis_id", "upto"),
)

verdict_changes = Table(
    "verdict_changes",
    metadata,
    # Known to the row alone: the order in which changes were found.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("reanalysis_id", Identifier, ForeignKey("reanalyses.id", ondelete="CASCADE"), nullable=False),
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), nullable=False),
    Column("rule_id", Identifier),
    Column("before", Text),
    Column("after", Text),
    Index(None, "reanalysis_id", "number"),
    Index(None, "reanalysis_id", "rule_id", "number"),
    Index(None, "recording_id"),
)

reviews = Table(
    "reviews",
    metadata,
    # Known to the row alone: the order in which reviews were made, whatever the clock did.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", Identifier, nullable=False, unique=True),
    Column("recording_id", Identifier, ForeignKey("recordings.id", ondelete="CASCADE"), nullable=False),
    Column("keyword_set_id", Identifier, nullable=False),
    Column("keyword_set_version", Integer, nullable=False),
    Column("rule_id", Identifier, nullable=False),
    Column("machine_outcome", enum_type(Outcome), nullable=False),
    Column("outcome", enum_type(Outcome), nullable=False),
    Column("note", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", UtcInstant, nullable=False),
    # Known to the row alone, too: None where the version before wrote it, and it waits to be counted.
    Column("is_counted", Boolean),
    Index(None, "recording_id", "number"),
    Index(None, "keyword_set_id", "number"),
    Index("ix_reviews_to_count", "recording_id", **only_where("is_counted IS NULL")),
)
# What a Review is made of.
review_columns = tuple(column for column in reviews.c if column.name not in {"number", "is_counted"})
