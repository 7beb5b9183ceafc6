"""What counts of an evaluation: each rule's outcome, a person's answer before the machine's, and the score by them."""

from dataclasses import dataclass

from voiceops.domain.finding import Outcome


@dataclass(frozen=True)
class CountedFinding:
    """One rule's outcome on one recording, as it counts. `is_reviewed` says that a person gave or confirmed it."""

    recording_id: str
    keyword_set_id: str
    keyword_set_version: int
    rule_id: str
    outcome: Outcome
    is_reviewed: bool


@dataclass(frozen=True)
class Verdict:
    """What counts of one keyword set on one recording; `to_decide` of its findings wait for a person.

    Of several versions the newest that evaluated the recording counts.
    """

    recording_id: str
    keyword_set_id: str
    keyword_set_version: int
    score: float | None
    passed: bool | None
    to_decide: int
