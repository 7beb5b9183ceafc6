"""Attempts to reach a caller, and what a queue wants done between and after them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AttemptResult(StrEnum):
    """How a call to the caller went."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    LEFT_MESSAGE = "left_message"


class LastResort(StrEnum):
    """What becomes of a task after its last attempt in vain."""

    NOT_REACHED = "not_reached"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class AttemptPolicy:
    """At most `limit` attempts in vain, then `then`.

    `after_minutes` are the waits, in minutes of opening hours, after the first attempt, the second and so
    on; the last one stands for all that follow.
    """

    after_minutes: tuple[int, ...] = (30, 120, 480)
    limit: int = 4
    then: LastResort = LastResort.NOT_REACHED

    def wait_minutes(self, in_vain: int) -> int | None:
        """How long to wait after so many attempts in vain, counted from 1; None after the last one."""
        if in_vain >= self.limit:
            return None
        return self.after_minutes[min(in_vain, len(self.after_minutes)) - 1]


@dataclass(frozen=True)
class FollowUpPolicy:
    """Ask the caller this question, so many minutes of opening hours after they were called back."""

    after_minutes: int
    question: str = "Were you satisfied with our answer?"


@dataclass(frozen=True)
class TaskAttempt:
    """One call to the caller; `number` counts from 1. `next_at` is when to try again, None for not at all."""

    task_id: str
    number: int
    at: datetime
    actor: str
    result: AttemptResult
    note: str = ""
    next_at: datetime | None = None
