"""A callback task: the duty to call somebody back, its states, its legal moves and its events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from voiceops.domain.caller_facts import CallerFacts, Urgency
from voiceops.errors import Conflict


class TaskState(StrEnum):
    """Where a task stands. Overdue and escalated are marks, not states."""

    OPEN = "open"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_ended(self) -> bool:
        """True where nobody owes anything any more."""
        return self in {TaskState.DONE, TaskState.CANCELLED}


TASK_MOVES: Mapping[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset({TaskState.OFFERED, TaskState.ACCEPTED, TaskState.DONE, TaskState.CANCELLED}),
    # Only the system ends an offered task: when its message turns out to hold no speech.
    TaskState.OFFERED: frozenset(
        {TaskState.OPEN, TaskState.OFFERED, TaskState.ACCEPTED, TaskState.DONE, TaskState.CANCELLED}
    ),
    TaskState.ACCEPTED: frozenset({TaskState.OPEN, TaskState.OFFERED, TaskState.DONE, TaskState.CANCELLED}),
    TaskState.DONE: frozenset(),
    TaskState.CANCELLED: frozenset(),
}


class Disposition(StrEnum):
    """How a task ended."""

    RESOLVED = "resolved"
    CALLED_BACK = "called_back"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    NO_CALLBACK_NEEDED = "no_callback_needed"
    NO_MESSAGE = "no_message"


@dataclass(frozen=True)
class CallbackTask:
    """Human work with an owner and a due time, raised from exactly one recording.

    `facts` is None until the message was transcribed. `note` is what the agent should know first
    ("being transcribed", "listen to the recording"). `assignment_reason` says why this agent.
    `escalation_level` counts the supervisor's notices. `version` rises by one with every change,
    so that two people who act at once do not overwrite each other.
    """

    id: str
    recording_id: str
    raised_at: datetime
    due_at: datetime
    state: TaskState = TaskState.OPEN
    caller_number: str | None = None
    dialled_number: str | None = None
    queue: str | None = None
    language: str | None = None
    urgency: Urgency = Urgency.NORMAL
    note: str | None = None
    facts: CallerFacts | None = None
    agent_id: str | None = None
    assignment_reason: str | None = None
    disposition: Disposition | None = None
    ended_at: datetime | None = None
    escalation_level: int = 0
    version: int = 1

    def moved(self, state: TaskState) -> "CallbackTask":
        """This task in another state. Raises Conflict for an illegal move."""
        if state not in TASK_MOVES[self.state]:
            raise Conflict(
                f"A task that is {self.state} cannot become {state}.",
                record=self.id,
                next_step="Load the task again and look at its state.",
            )
        return replace(self, state=state)


@dataclass(frozen=True)
class TaskEvent:
    """One move of a task: who did what, when and why. Events are only ever added.

    `actor` is an agent's or user's id, or "system".
    """

    task_id: str
    at: datetime
    actor: str
    what: str
    why: str
