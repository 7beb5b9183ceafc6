"""The port to what may be removed of recordings, once it was kept for as long as the rules say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from voiceops.domain.recording import Recording, RecordingKind, RecordingPart


@dataclass(frozen=True)
class RetentionRule:
    """One part of one kind of recordings is kept for so many days.

    In these `queues`; with `queues` None in all but `but_queues`, and in none.
    """

    kind: RecordingKind
    part: RecordingPart
    days: int
    queues: tuple[str, ...] | None = None
    but_queues: tuple[str, ...] = ()


@dataclass(frozen=True)
class DueParts:
    """How much of what a rule is about is due: to remove, and to stay because of a legal hold or of an open task."""

    to_remove: int
    size_bytes: int
    held: int
    needed: int


class RetentionStore(Protocol):
    """What is due by a rule: received before an instant, ended, and still there."""

    def due(self, rule: RetentionRule, *, before: datetime, limit: int) -> Sequence[str]:
        """Recordings without a legal hold that no open task needs, as ids, the oldest first."""
        ...

    def count(self, rule: RetentionRule, *, before: datetime) -> DueParts:
        """How much is due."""
        ...

    def is_needed(self, recording_id: str) -> bool:
        """Whether an open task answers it, or asks about the answer afterwards."""
        ...

    def remove_waveform(self, recording_id: str) -> None:
        """Remove the picture of its sound; one that is not there is no error."""
        ...

    def remove_transcript(self, recording_id: str) -> None:
        """Remove the transcript; one that is not there is no error."""
        ...

    def remove_result(self, recording_id: str) -> None:
        """Remove findings and reviews, and of an ended task what was said and noted; the task itself stays."""
        ...

    def held(self) -> Sequence[Recording]:
        """All recordings with a legal hold, by id."""
        ...
