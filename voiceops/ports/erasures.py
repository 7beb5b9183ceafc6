"""The port to everything that is stored about one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from voiceops.domain.erasure import Erasure, Export, Person, Stayed
from voiceops.domain.recording import Recording


@dataclass(frozen=True)
class Trace:
    """Where a person was found: ids of recordings and of tasks."""

    recording_ids: frozenset[str]
    task_ids: frozenset[str]


@dataclass(frozen=True)
class Belongings:
    """What belongs to a person: what goes, and what stays for a legal hold, with the ids of that."""

    recordings: tuple[Recording, ...]
    task_ids: tuple[str, ...]
    stayed: tuple[Stayed, ...]
    staying_ids: tuple[str, ...]


class ErasureStore(Protocol):
    """Finds and removes what belongs to a person, wherever it stands in the database, and keeps the receipts."""

    def trace(self, person: Person) -> Trace:
        """Look for them by number, reference, file name and label, and by the number that callers ask to call.

        Reads all recordings and tasks: for a unit that only reads.
        """
        ...

    def belongings(self, trace: Trace) -> Belongings:
        """With everything that tasks, their messages and follow-ups tie to it, held until the unit ends.

        What is under a legal hold stays, with the task that it belongs to and with all of that task.
        """
        ...

    def exports(self, belongings: Belongings) -> Sequence[Export]:
        """What was exported of it before, oldest first."""
        ...

    def remove(self, person: Person, belongings: Belongings, *, pseudonym: str) -> Mapping[str, int]:
        """Remove it, with notices, kept replies and owners; in the access log a pseudonym takes the person's place.

        How many rows of each table.
        """
        ...

    def mentions(self, person: Person) -> Sequence[Stayed]:
        """Where the person is still mentioned, by a search through every column of text."""
        ...

    def put(self, erasure: Erasure) -> None:
        """Keep a receipt, or replace it."""
        ...

    def get(self, erasure_id: str) -> Erasure:
        """Raises NotFound."""
        ...

    def list(self) -> Sequence[Erasure]:
        """All receipts, the newest first."""
        ...
