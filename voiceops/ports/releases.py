"""The port to released results and disputes about them."""

from collections.abc import Sequence
from typing import Protocol

from voiceops.domain.release import Dispute, Release


class ReleaseStore(Protocol):
    """At most one release per recording, and the disputes of its findings."""

    def put(self, release: Release) -> None:
        """Store or replace."""
        ...

    def find(self, recording_id: str) -> Release | None:
        """The release, or None where nobody has released it."""
        ...

    def add_dispute(self, dispute: Dispute) -> None:
        """Raises Conflict where its finding was disputed before, or no such recording is stored."""
        ...

    def save_dispute(self, dispute: Dispute) -> None:
        """Overwrite the stored one of that id."""
        ...

    def disputes(self, recording_id: str) -> Sequence[Dispute]:
        """All disputes of a recording, the oldest first; nobody else changes them until a unit that may write ends."""
        ...

    def open_disputes(self, *, teams: tuple[str, ...] | None, limit: int) -> Sequence[Dispute]:
        """Those without an answer, the oldest first; `teams` as in `RecordingFilter`."""
        ...
