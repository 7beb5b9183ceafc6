"""Ports to what leaves the system: background jobs and notices to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class JobName(StrEnum):
    """Background jobs by the dotted name that the worker imports; a test resolves each."""

    TRANSCRIBE = "workers.jobs.transcribe"
    ANALYSE = "workers.jobs.analyse"
    REANALYSE = "workers.jobs.reanalyse"


class Lane(StrEnum):
    """The software queues; one lane per worker process."""

    TRANSCRIBE = "transcribe"
    ANALYSE = "analyse"
    REANALYSE = "reanalyse"


@dataclass(frozen=True)
class Job:
    """One piece of background work on one record. `attempt` makes a re-sent job a new one."""

    name: JobName
    lane: Lane
    record_id: str
    timeout_seconds: int
    attempt: int = 0


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
    """Tells people. Best effort: a notice that cannot be delivered never loses a task."""

    def notify(self, notice: Notice) -> None:
        """Deliver, or raise Unavailable."""
        ...
