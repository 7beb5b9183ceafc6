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


class TaskMove(StrEnum):
    """What can be done to a task, by a person or by the system."""

    OFFER = "offer"
    ACCEPT = "accept"
    RELEASE = "release"
    HAND_OVER = "hand_over"
    TO_QUEUE = "to_queue"
    CORRECT = "correct"
    SNOOZE = "snooze"
    WAKE = "wake"
    ATTEMPT = "attempt"
    TO_SUPERVISOR = "to_supervisor"
    COMPLETE = "complete"
    GIVE_UP = "give_up"
    CLOSE = "close"
    CANCEL = "cancel"


_OPEN, _OFFERED, _ACCEPTED = TaskState.OPEN, TaskState.OFFERED, TaskState.ACCEPTED
_DONE, _CANCELLED = TaskState.DONE, TaskState.CANCELLED

# The only legal moves: for each, the states it may start from and where it leads.
MOVES: Mapping[TaskMove, Mapping[TaskState, TaskState]] = {
    # An offer that lapsed goes to the next agent.
    TaskMove.OFFER: {_OPEN: _OFFERED, _OFFERED: _OFFERED},
    # Accepting an open task is claiming it from the pool.
    TaskMove.ACCEPT: {_OPEN: _ACCEPTED, _OFFERED: _ACCEPTED},
    TaskMove.RELEASE: {_OFFERED: _OPEN, _ACCEPTED: _OPEN},
    TaskMove.HAND_OVER: {_OPEN: _OFFERED, _OFFERED: _OFFERED, _ACCEPTED: _OFFERED},
    TaskMove.TO_QUEUE: {_OPEN: _OPEN, _OFFERED: _OPEN, _ACCEPTED: _OPEN},
    # A number was heard wrongly; nothing else changes.
    TaskMove.CORRECT: {_OPEN: _OPEN, _OFFERED: _OFFERED, _ACCEPTED: _ACCEPTED},
    TaskMove.SNOOZE: {_OPEN: _OPEN, _ACCEPTED: _ACCEPTED},
    # A snoozed task may have been handed over meanwhile.
    TaskMove.WAKE: {_OPEN: _OPEN, _OFFERED: _OFFERED, _ACCEPTED: _ACCEPTED},
    TaskMove.ATTEMPT: {_ACCEPTED: _ACCEPTED},
    # After the last attempt: the supervisor's, or at its end.
    TaskMove.TO_SUPERVISOR: {_ACCEPTED: _OPEN},
    TaskMove.GIVE_UP: {_ACCEPTED: _DONE},
    TaskMove.COMPLETE: {_ACCEPTED: _DONE},
    # Only the system closes a task, when its messages turn out to hold no speech.
    TaskMove.CLOSE: {_OPEN: _DONE, _OFFERED: _DONE},
    TaskMove.CANCEL: {_OPEN: _CANCELLED, _OFFERED: _CANCELLED, _ACCEPTED: _CANCELLED},
}


class TaskKind(StrEnum):
    """What the duty is: to answer a message, or to ask afterwards whether the answer helped."""

    CALLBACK = "callback"
    FOLLOW_UP = "follow_up"


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
    """Human work with an owner and a due time.

    A callback is raised from exactly one recording, `recording_id`; a repeat message of the same caller
    joins it. A follow-up has no recording: it is raised once from a completed callback, `follow_up_of`.
    `facts` is None until the message was transcribed. `note` is what the agent should know first
    ("being transcribed", "listen to the recording"). `assignment_reason` says why this agent.
    `corrected_number` is the number to call as a person put it right; None where what was heard counts.
    `escalation_level` counts the supervisor's notices since it was put off last. Until `snoozed_until` a
    task is neither assigned nor overdue. `with_supervisor` is set where only a supervisor decides what comes
    next. `version` rises by one with every change, so that two people who act at once do not overwrite each
    other.
    """

    id: str
    recording_id: str | None
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
    kind: TaskKind = TaskKind.CALLBACK
    follow_up_of: str | None = None
    snoozed_until: datetime | None = None
    with_supervisor: bool = False
    corrected_number: str | None = None

    @property
    def number_to_call(self) -> str | None:
        """As a person put it right, else as it was heard, else the line that the message came from."""
        heard = self.facts.callback_number if self.facts is not None else None
        return self.corrected_number or (heard.value if heard is not None else None) or self.caller_number

    def by(self, move: TaskMove) -> "CallbackTask":
        """This task after a move, its version raised. Raises Conflict for an illegal move."""
        state = MOVES[move].get(self.state)
        if state is None:
            raise Conflict(
                f"A task that is {self.state} allows no “{move.replace('_', ' ')}”.",
                record=self.id,
                next_step="Load the task again and look at its state.",
            )
        return replace(self, state=state, version=self.version + 1)

    def put_off(self, move: TaskMove, until: datetime, *, due_at: datetime) -> "CallbackTask":
        """This task asleep after a move. It is due later, never earlier, and escalates from the first level again."""
        due = max(self.due_at, due_at)
        return replace(self.by(move), snoozed_until=until, due_at=due, escalation_level=0)


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
