"""Ports to what belongs to a task: the voicemails that it answers and the attempts to reach their caller."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.task_attempt import TaskAttempt
from voiceops.domain.task_message import TaskMessage


@dataclass(frozen=True)
class Caller:
    """Who calls whom: two messages with the same are one caller's. `queue` None is a queue like any other."""

    number: str
    queue: str | None


class MessageStore(Protocol):
    """The voicemails of tasks. `TaskStore.add` stores a task's first message, `add` the ones that join it."""

    def add(self, message: TaskMessage) -> None:
        """Raises Conflict if the recording belongs to a task already."""
        ...

    def find(self, recording_id: str) -> TaskMessage | None:
        """The message in a recording, or None where it belongs to no task."""
        ...

    def save(self, message: TaskMessage) -> None:
        """Overwrite. Raises NotFound."""
        ...

    def of_task(self, task_id: str) -> Sequence[TaskMessage]:
        """All messages of a task, the first one first."""
        ...

    def tasks_of(self, recording_ids: Collection[str]) -> Mapping[str, CallbackTask]:
        """The task of each of these voicemails that has one."""
        ...

    def joinable(self, caller: Caller, *, since: datetime) -> CallbackTask | None:
        """The caller's newest open callback with a message received at or after `since`, or None.

        Whoever asks is about to join it or to raise a task: until the unit ends, others who ask for the
        same caller wait, so that two messages at once never raise two tasks.
        """
        ...

    def unaccounted(self, *, since: datetime | None = None, limit: int = 100) -> Sequence[str]:
        """Voicemails that belong to no task that is there, as recording ids, oldest first.

        `since` None looks at all there ever were, which takes seconds where they are millions.
        """
        ...

    def part(self, recording_id: str) -> None:
        """Take a message that joined a task out of it again: the recording is about to raise its own."""
        ...

    def forget(self, recording_id: str) -> None:
        """Remove a message whose task is gone; one whose task is there stays."""
        ...


class AttemptStore(Protocol):
    """Attempts to reach callers; they are only ever added."""

    def add(self, attempt: TaskAttempt) -> None:
        """Raises Conflict if that attempt of the task is there already."""
        ...

    def of_task(self, task_id: str) -> Sequence[TaskAttempt]:
        """All attempts of a task, the first one first."""
        ...
