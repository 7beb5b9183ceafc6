"""A review: what a QA person says about one finding; the machine's answer stays beside it."""

from dataclasses import dataclass
from datetime import datetime

from voiceops.domain.finding import Outcome


@dataclass(frozen=True)
class Review:
    """A confirmation or correction of one rule's finding on one recording, made by one version of a keyword set.

    Reviews are only ever added: of several on the same finding the latest counts, and the earlier
    stay readable.
    """

    id: str
    recording_id: str
    keyword_set_id: str
    keyword_set_version: int
    rule_id: str
    machine_outcome: Outcome
    outcome: Outcome
    note: str
    reviewer: str
    at: datetime

    @property
    def confirms(self) -> bool:
        """Whether the person agrees with the machine."""
        return self.outcome is self.machine_outcome
