"""The port to reviews of findings."""

from collections.abc import Sequence
from typing import Protocol

from voiceops.domain.review import Review


class ReviewStore(Protocol):
    """Reviews; they are added and never changed."""

    def add(self, review: Review) -> None:
        """Raises Conflict if its id is there already."""
        ...

    def of_recording(self, recording_id: str) -> Sequence[Review]:
        """All reviews of a recording's findings, oldest first."""
        ...

    def latest(self, keyword_set_id: str) -> Sequence[Review]:
        """For each recording, version and rule of a keyword set the review that counts, oldest first."""
        ...
