"""What a supervisor sees of the work at a glance: how much waits in each queue, and how it went today."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# As agents' clocks have it: from here on a due time presses.
DUE_SOON = timedelta(minutes=30)
NEW = timedelta(hours=1)


@dataclass(frozen=True)
class QueueTally:
    """How many tasks of one queue are somebody's duty, None for those in no queue.

    `new` were raised within the last hour; `overdue` and `due_soon` leave out those put off, `asleep`; `unassigned`
    are nobody's. One task may count in several.
    """

    queue: str | None
    waiting: int
    new: int
    due_soon: int
    overdue: int
    asleep: int
    unassigned: int


@dataclass(frozen=True)
class DoneTask:
    """When a task of a queue was due and when it was done."""

    queue: str | None
    due_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class ServiceLevel:
    """Of the tasks that were due or done today, how many were done in time."""

    in_target: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """0..1, or None where there was none."""
        return self.in_target / self.of if self.of else None

    def __add__(self, other: "ServiceLevel") -> "ServiceLevel":
        """Both together."""
        return ServiceLevel(self.in_target + other.in_target, self.of + other.of)
