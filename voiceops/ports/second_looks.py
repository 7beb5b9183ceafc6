"""The port to what was heard and scored at second looks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from voiceops.domain.second_look import SecondLooks


class SecondLookStore(Protocol):
    """At most one row for each recording, with all its second looks: they belong to its transcript, and go with it."""

    def find(self, recording_id: str) -> SecondLooks | None:
        """Where the second look at a recording stands and what it heard; None where none was ever asked for."""
        ...

    def of(self, recording_ids: Sequence[str]) -> Mapping[str, SecondLooks]:
        """Those of many recordings, by recording; without those that have none."""
        ...

    def put(self, looks: SecondLooks) -> None:
        """Store or replace, and let go of it."""
        ...

    def begin(self, recording_id: str, *, now: datetime, held_until: datetime) -> SecondLooks | None:
        """Atomically take one that is asked for, its attempts raised by one; None where there is none to be had.

        It is not to be had while somebody else holds it. Of several who begin at once one succeeds.
        """
        ...

    def stuck(self, *, now: datetime, idle_before: datetime, limit: int = 100) -> Sequence[str]:
        """Recordings whose second look is asked for, held by nobody, and unmoved since `idle_before`; oldest first."""
        ...

    def forget(self, recording_id: str) -> None:
        """Remove everything; no error if there is nothing."""
        ...
