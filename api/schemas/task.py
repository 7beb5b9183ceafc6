"""Callback tasks, with their messages, attempts and events."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Instant
from voiceops.analysis.facts_document import write_caller_facts
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskKind, TaskState
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.task_attempt import AttemptResult, TaskAttempt
from voiceops.domain.task_message import TaskMessage


class TaskOut(BaseModel):
    """A duty to call somebody back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0a1b2c3d4e5f40718293a4b5c6d7e8f9",
                    "recording_id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                    "kind": "callback",
                    "follow_up_of": None,
                    "state": "offered",
                    "urgency": "high",
                    "raised_at": "2026-03-02T09:15:00.000Z",
                    "due_at": "2026-03-02T10:15:00.000Z",
                    "caller_number": "+14155550100",
                    "dialled_number": None,
                    "queue": "service",
                    "language": "en",
                    "note": None,
                    "agent_id": "ana",
                    "assignment_reason": "Speaks English and has the fewest tasks.",
                    "disposition": None,
                    "ended_at": None,
                    "escalation_level": 0,
                    "snoozed_until": None,
                    "with_supervisor": False,
                    "corrected_number": None,
                    "version": 3,
                }
            ]
        }
    )

    id: str
    recording_id: str | None = Field(description="The voicemail that raised it; null for a follow-up.")
    kind: TaskKind
    follow_up_of: str | None = Field(description="The completed callback that a follow-up asks about.")
    state: TaskState
    urgency: Urgency
    raised_at: Instant
    due_at: Instant
    due: str | None = Field(
        None, description="The same in words, in the queue's zone, or when it ended; null in the answer to a move."
    )
    caller_number: str | None
    dialled_number: str | None
    queue: str | None
    language: str | None
    note: str | None = Field(description="What the agent should know first.")
    agent_id: str | None
    assignment_reason: str | None = Field(description="Why this agent.")
    disposition: Disposition | None = Field(description="How it ended; null while it has not.")
    ended_at: Instant | None
    escalation_level: int
    snoozed_until: Instant | None = Field(description="Until then it is neither assigned nor overdue.")
    with_supervisor: bool = Field(description="Whether only a supervisor decides what comes next.")
    corrected_number: str | None = Field(
        description="The number to call as a person put it right, in E.164; null where what was heard counts."
    )
    version: int


class TaskEventOut(BaseModel):
    """Who did what, when and why."""

    at: Instant
    actor: str
    what: str
    why: str


class TaskMessageOut(BaseModel):
    """One message of the caller: the one that raised the task, or one that joined it."""

    recording_id: str
    received_at: Instant
    note: str | None = Field(description="Why there are no facts, or what is unusual.")
    no_message: bool = Field(description="Whether nobody speaks in it.")
    facts: dict[str, Any] | None = Field(description="What is said in it; null until it is transcribed.")


class TaskAttemptOut(BaseModel):
    """One call to the caller."""

    number: int
    at: Instant
    actor: str
    result: AttemptResult
    note: str
    next_at: Instant | None = Field(description="When to try again; null for not at all.")


class TaskDetail(TaskOut):
    """A task with its history and what the caller said."""

    facts: dict[str, Any] | None = Field(description="What all messages say together; null until one is transcribed.")
    messages: list[TaskMessageOut] = Field(description="All messages of the caller, the first one first.")
    attempts: list[TaskAttemptOut] = Field(description="All calls to the caller, the first one first.")
    events: list[TaskEventOut] = Field(description="Oldest first.")

    @property
    def quotes(self) -> bool:
        """Whether any of it is in the caller's own words."""
        return self.facts is not None or any(message.facts is not None for message in self.messages)


class TaskPage(BaseModel):
    """Tasks by due time."""

    items: list[TaskOut]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


def task_fields(task: CallbackTask) -> dict[str, Any]:
    """What every shape of a task on the wire has in common."""
    return {
        "id": task.id,
        "recording_id": task.recording_id,
        "kind": task.kind,
        "follow_up_of": task.follow_up_of,
        "state": task.state,
        "urgency": task.urgency,
        "raised_at": task.raised_at,
        "due_at": task.due_at,
        "caller_number": task.caller_number,
        "dialled_number": task.dialled_number,
        "queue": task.queue,
        "language": task.language,
        "note": task.note,
        "agent_id": task.agent_id,
        "assignment_reason": task.assignment_reason,
        "disposition": task.disposition,
        "ended_at": task.ended_at,
        "escalation_level": task.escalation_level,
        "snoozed_until": task.snoozed_until,
        "with_supervisor": task.with_supervisor,
        "corrected_number": task.corrected_number,
        "version": task.version,
    }


def task_out(task: CallbackTask, *, due: str | None = None) -> TaskOut:
    """The task for the wire; `due` says when it is due, in words."""
    return TaskOut(**task_fields(task), due=due)


def task_detail(
    task: CallbackTask,
    *,
    due: str,
    messages: Sequence[TaskMessage],
    attempts: Sequence[TaskAttempt],
    events: Sequence[TaskEvent],
) -> TaskDetail:
    """The task with all that belongs to it, for the wire."""
    return TaskDetail(
        **task_fields(task),
        due=due,
        facts=write_caller_facts(task.facts) if task.facts is not None else None,
        messages=[message_out(message) for message in messages],
        attempts=[attempt_out(attempt) for attempt in attempts],
        events=[event_out(event) for event in events],
    )


def message_out(message: TaskMessage) -> TaskMessageOut:
    """The message for the wire."""
    facts = write_caller_facts(message.facts) if message.facts is not None else None
    return TaskMessageOut(**{**vars(message), "facts": facts})


def attempt_out(attempt: TaskAttempt) -> TaskAttemptOut:
    """The attempt for the wire."""
    return TaskAttemptOut(**{name: value for name, value in vars(attempt).items() if name != "task_id"})


def event_out(event: TaskEvent) -> TaskEventOut:
    """The event for the wire."""
    return TaskEventOut(at=event.at, actor=event.actor, what=event.what, why=event.why)
