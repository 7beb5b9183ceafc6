"""The port to QA's worklist: calls that wait for a person before those that do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Recording


@dataclass(frozen=True)
class WorklistFilter:
    """Which calls to list; None means any.

    A set, a rule and one of the outcomes are looked for in one and the same finding, as it counts. `from_at` and
    `to_at` are when a call was received, the latter left out. Lengths and clarity leave out what is not measured.
    `words` are all said in the call, in any order; those in quotation marks one after the other.
    """

    queue: str | None = None
    agent_id: str | None = None
    teams: tuple[str, ...] | None = None
    keyword_set_id: str | None = None
    rule_id: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    from_at: datetime | None = None
    to_at: datetime | None = None
    min_seconds: float | None = None
    max_seconds: float | None = None
    clarity_below: int | None = None
    words: str | None = None


class WorklistOrder(StrEnum):
    """What comes first among the calls that wait for a person, and again among the others."""

    NEWEST = "newest"
    WORST = "worst"


@dataclass(frozen=True)
class WorklistPlace:
    """Where a call stood when it was listed: a page goes on from there, whatever became of the call meanwhile.

    `worst_score` is the lowest of its sets, 0 where a set has none, and 100 where no set was applied.
    """

    needs_person: bool
    received_at: datetime
    worst_score: float
    recording_id: str


@dataclass(frozen=True)
class WorklistEntry:
    """A call and where it stands."""

    recording: Recording
    place: WorklistPlace


class Worklist(Protocol):
    """All calls in the order in which QA should look at them."""

    def list(
        self, wanted: WorklistFilter, *, order: WorklistOrder, limit: int, after: WorklistPlace | None = None
    ) -> Sequence[WorklistEntry]:
        """At most `limit` calls that stand after a place."""
        ...

    def of_ids(self, recording_ids: Sequence[str]) -> Sequence[WorklistEntry]:
        """These calls in the order given; one that is not there is left out."""
        ...

    def ids_by_agent(self, wanted: WorklistFilter) -> Sequence[tuple[str, str]]:
        """Agent and recording of every such call whose agent is known, by agent and recording."""
        ...
