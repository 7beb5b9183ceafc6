"""A re-analysis: stored calls evaluated anew with one version of a keyword set, in parts that may run side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from voiceops.domain.finding import Evaluation
from voiceops.errors import Conflict


class Purpose(StrEnum):
    """Why stored calls are evaluated anew: to store the answer, or only to see what would change."""

    APPLY = "apply"
    WHAT_IF = "what_if"


class ReanalysisState(StrEnum):
    """Where a re-analysis stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Received:
    """Recordings received from one instant on and before another; None leaves that side open."""

    from_at: datetime | None = None
    to_at: datetime | None = None


EVER = Received()


@dataclass(frozen=True)
class Reanalysis:
    """One run over stored calls. `total` is how many calls there were to look at when it began."""

    id: str
    keyword_set_id: str
    keyword_set_version: int
    purpose: Purpose
    received: Received
    total: int
    asked_by: str
    started_at: datetime
    state: ReanalysisState = ReanalysisState.RUNNING
    ended_at: datetime | None = None

    def ended(self, state: ReanalysisState, at: datetime) -> "Reanalysis":
        """This re-analysis, ended. Raises Conflict if it has ended already."""
        if self.state is not ReanalysisState.RUNNING:
            raise Conflict(
                f"This re-analysis is {self.state} already.",
                record=self.id,
                next_step="Start another one if you need it.",
            )
        return replace(self, state=state, ended_at=at)


@dataclass(frozen=True)
class Counts:
    """How many calls were looked at, how many of them the keyword set is meant for, how many of those
    have a verdict that changed, and how many could not be evaluated at all.
    """

    looked_at: int = 0
    evaluated: int = 0
    changed: int = 0
    failed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            self.looked_at + other.looked_at,
            self.evaluated + other.evaluated,
            self.changed + other.changed,
            self.failed + other.failed,
        )


@dataclass(frozen=True)
class ReanalysisPart:
    """A range of recording ids: those after `cursor`, up to and including `upto`; None leaves a side open.

    The cursor moves with every batch, in the same commit as what the batch found. `batches` counts
    those commits, so that each batch is a job of its own.
    """

    id: str
    reanalysis_id: str
    upto: str | None
    moved_at: datetime
    cursor: str | None = None
    batches: int = 0
    is_done: bool = False
    counts: Counts = Counts()


@dataclass(frozen=True)
class Progress:
    """How far a re-analysis has come."""

    reanalysis: Reanalysis
    counts: Counts

    @property
    def share(self) -> float:
        """0..1. A call that was received in time and transcribed meanwhile is looked at, but was not in the total."""
        if self.reanalysis.state is ReanalysisState.DONE:
            return 1.0
        return min(1.0, self.counts.looked_at / self.reanalysis.total) if self.reanalysis.total else 0.0


@dataclass(frozen=True)
class VerdictChange:
    """A verdict that differs from the one stored before.

    `rule_id` None stands for the whole call, whose verdict is passed, failed or undecided; else
    `before` and `after` are outcomes, None where the rule is only in the other version.
    """

    recording_id: str
    rule_id: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ListedChange:
    """A change in the order it was found in; `number` says where the next page begins."""

    number: int
    change: VerdictChange


@dataclass(frozen=True)
class ChangeCount:
    """How many calls changed in the same way. `rule_id` None stands for the whole call."""

    rule_id: str | None
    before: str | None
    after: str | None
    calls: int


def changes_between(recording_id: str, before: Evaluation, after: Evaluation) -> Iterable[VerdictChange]:
    """The whole call's verdict first if it changed, then each rule whose outcome did, in the new set's order."""
    if before.passed is not after.passed:
        yield VerdictChange(recording_id, None, _verdict(before.passed), _verdict(after.passed))
    outcomes = {finding.rule_id: finding.outcome for finding in before.findings}
    for finding in after.findings:
        earlier = outcomes.pop(finding.rule_id, None)
        if earlier is not finding.outcome:
            yield VerdictChange(recording_id, finding.rule_id, earlier, finding.outcome)
    for rule_id, outcome in outcomes.items():
        yield VerdictChange(recording_id, rule_id, outcome, None)


def _verdict(passed: bool | None) -> str:  # noqa: FBT001 - a verdict's three values
    if passed is None:
        return "undecided"
    return "passed" if passed else "failed"
