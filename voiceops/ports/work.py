"""Ports to what leaves the system: background jobs and notices to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from voiceops.domain.notice import Address, OutgoingNotice
from voiceops.domain.recording import Priority

DELIVERY_SECONDS = 100


class JobName(StrEnum):
    """Background jobs by the dotted name that the worker imports; a test resolves each."""

    TRANSCRIBE = "workers.jobs.transcribe"
    ANALYSE = "workers.jobs.analyse"
    REANALYSE = "workers.jobs.reanalyse"
    DELIVER = "workers.jobs.deliver"
    LOOK_AGAIN = "workers.jobs.look_again"


class Lane(StrEnum):
    """The software queues; one lane per worker process."""

    TRANSCRIBE = "transcribe"
    ANALYSE = "analyse"
    REANALYSE = "reanalyse"
    NOTIFY = "notify"


@dataclass(frozen=True)
class Job:
    """One piece of background work on one record. `attempt` makes a re-sent job a new one.

    Those of a higher priority go first in their lane.
    """

    name: JobName
    lane: Lane
    record_id: str
    timeout_seconds: int
    attempt: int = 0
    priority: Priority = Priority.TODAY


def delivery_of(notice_id: str, *, attempt: int = 0) -> Job:
    """The job that delivers one notice."""
    return Job(JobName.DELIVER, Lane.NOTIFY, notice_id, timeout_seconds=DELIVERY_SECONDS, attempt=attempt)


class JobQueue(Protocol):
    """Nudges a worker. The database is the truth: a lost nudge is sent again by the sweep."""

    def enqueue(self, job: Job) -> None:
        """Send; the same name, record and attempt twice is sent once while it waits.

        Raises Unavailable if the queue does not answer.
        """
        ...

    def depths(self) -> Mapping[Lane, int]:
        """How many jobs wait in each lane. Raises Unavailable."""
        ...


@dataclass(frozen=True)
class Notice:
    """A message for a person about a task. `recipient` is an agent's id or "supervisor"."""

    recipient: str
    subject: str
    text: str
    task_id: str


class Notifier(Protocol):
    """Tells people and other systems. A notice that cannot be delivered never loses or blocks a task.

    Where an address names nothing, the settings of the implementation decide.
    """

    def check(self, to: Address) -> None:
        """Raise BadInput if this address can never be used, Unavailable if that cannot be found out now."""
        ...

    def notify(self, notice: OutgoingNotice, to: Address) -> None:
        """Deliver; the same notice may come again, under the same id.

        Raises Unavailable where another try may succeed, and BadInput or MissingPart where none will
        before somebody changes something.
        """
        ...
