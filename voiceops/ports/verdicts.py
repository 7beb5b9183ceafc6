"""The port to what counts of evaluations and reviews; storing one of those writes it, in the same unit."""

from collections.abc import Collection, Sequence
from typing import Protocol

from voiceops.domain.verdict import CountedFinding, Verdict


class VerdictStore(Protocol):
    """Verdicts and the findings they are made of, of the newest version that evaluated a recording."""

    def of_recordings(self, recording_ids: Collection[str]) -> Sequence[Verdict]:
        """The verdicts of these recordings, by recording and keyword set."""
        ...

    def findings(self, recording_ids: Collection[str]) -> Sequence[CountedFinding]:
        """The findings of these recordings, by recording, keyword set and rule."""
        ...

    def count_left_behind(self, *, limit: int) -> int:
        """Count anew what the version before wrote about up to so many recordings; how many there were."""
        ...
