"""The port to samples drawn for audits."""

from collections.abc import Sequence
from typing import Protocol

from voiceops.domain.sample import Sample


class SampleStore(Protocol):
    """Samples; they are added and never changed."""

    def add(self, sample: Sample) -> None:
        """Keep it."""
        ...

    def get(self, sample_id: str) -> Sample:
        """Raises NotFound."""
        ...

    def list(self, *, limit: int) -> Sequence[Sample]:
        """The ones drawn last, the newest first."""
        ...
