"""When an agent may see the results of an own call, and what they say against them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Release:
    """The results of a call, shown to its agent; `acknowledged_at` is when the agent said that they had read them."""

    recording_id: str
    released_at: datetime
    released_by: str
    acknowledged_at: datetime | None = None


class DisputeAnswer(StrEnum):
    """What becomes of a dispute."""

    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Dispute:
    """An agent's objection to one finding of an own call; `answer` None while nobody has decided."""

    id: str
    recording_id: str
    keyword_set_id: str
    keyword_set_version: int
    rule_id: str
    reason: str
    by: str
    at: datetime
    answer: DisputeAnswer | None = None
    note: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None
