"""Port to what waits for background work, and what of it failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.ports.work import Lane


@dataclass(frozen=True)
class Backlog:
    """Counts of one moment, by the rows themselves.

    `waiting_since` is when the oldest record of a lane began to wait; a lane without any is left out. `failures`
    are failed recordings by the sentence that says why, the most frequent first. `unread` are voicemails of
    the last day that nobody could be told the words of yet, of `left` that were left in it.
    """

    recordings: Mapping[tuple[RecordingKind, RecordingState], int]
    waiting_since: Mapping[Lane, datetime]
    failures: Mapping[str, int]
    notices_failed: int
    left: int
    unread: int


class BacklogStore(Protocol):
    """Counts what waits and what failed."""

    def read(self, *, now: datetime, reasons: int = 20) -> Backlog:
        """The backlog, with at most `reasons` different failures."""
        ...
