"""What evaluating a keyword set over a transcript yields: outcomes, evidence, a score."""

from dataclasses import dataclass
from enum import StrEnum

from voiceops.domain.keyword_set import Expectation
from voiceops.domain.recording import Party
from voiceops.domain.second_look import WordingFit


class Outcome(StrEnum):
    """A rule's answer on one recording; never a bare true or false.

    refused: the wording is there, but negated or declined. uncertain: a person must look.
    """

    MET = "met"
    MISSED = "missed"
    REFUSED = "refused"
    VIOLATED = "violated"
    UNCERTAIN = "uncertain"
    NOT_APPLICABLE = "not_applicable"

    def asks(self, expected: Expectation) -> bool:
        """Whether a person should hear it: it fails a call, or it was not clear to the machine.

        What is only counted fails no call by not being there.
        """
        if expected is Expectation.MENTION:
            return self is Outcome.UNCERTAIN
        return self not in {Outcome.MET, Outcome.NOT_APPLICABLE}


# What fails a rule that is not only counted.
NOT_KEPT = (Outcome.MISSED, Outcome.REFUSED, Outcome.VIOLATED)


@dataclass(frozen=True)
class Evidence:
    """The words a finding rests on, or, for a missed rule, the nearest candidate.

    `similarity` is 0..100. `probability` is the lowest word probability in the stretch, 0..1;
    None where the transcript has none.
    """

    words: str
    start: float
    end: float
    party: Party
    similarity: float
    probability: float | None = None


@dataclass(frozen=True)
class Finding:
    """A rule's outcome on one recording. `reason` is a sentence a QA person understands."""

    rule_id: str
    outcome: Outcome
    reason: str
    evidence: Evidence | None = None
    second: "SecondAnswer | None" = None


@dataclass(frozen=True)
class SecondAnswer:
    """What a second look by `engine` says of a rule that was `first` missed, whether or not it changed the outcome.

    `heard` is what the same judge finds in the second transcript, `heard_evidence` the words it rests on. `fit` is the
    best of the rule's wordings against the sound, None where none could be scored.
    """

    first: Outcome
    first_reason: str
    first_evidence: Evidence | None
    engine: str
    heard: Outcome
    heard_reason: str
    heard_evidence: Evidence | None = None
    fit: WordingFit | None = None


@dataclass(frozen=True)
class Evaluation:
    """The findings of one keyword set, by id and version, on one transcript.

    `score` is 0..100 over applicable, certain rules, or None where there is none. `passed` is
    None where a person must decide.
    """

    keyword_set_id: str
    keyword_set_version: int
    score: float | None
    passed: bool | None
    findings: tuple[Finding, ...]
