"""Findings beside what people said about them, with the titles of their rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.keyword_set import KeywordSet, Rule
from voiceops.domain.review import Review
from voiceops.ports import UnitOfWork
from voiceops.usecases.review_finding import possible_outcomes

SetOf = Callable[[str, int], KeywordSet]


@dataclass(frozen=True)
class Judged:
    """One finding. `number` counts over the whole call from 1; `review` is the last one of this very finding."""

    number: int
    keyword_set: KeywordSet
    rule: Rule
    finding: Finding
    review: Review | None

    @property
    def waits(self) -> bool:
        """Whether a person should look and none has."""
        return self.review is None and self.finding.outcome.asks(self.rule.expect)

    @property
    def outcome(self) -> Outcome:
        """A person's answer counts more than the machine's."""
        return self.review.outcome if self.review is not None else self.finding.outcome

    @property
    def corrections(self) -> Sequence[Outcome]:
        """What a person may answer instead of what the machine says."""
        return [one for one in possible_outcomes(self.rule) if one is not self.finding.outcome]


def sets_of(unit: UnitOfWork) -> SetOf:
    """Gives a version of a keyword set, read once however many findings ask for it."""
    return cache(lambda keyword_set_id, version: unit.keyword_sets.get(keyword_set_id, version).keyword_set)


def judged(unit: UnitOfWork, recording_id: str, evaluations: Sequence[Evaluation], *, set_of: SetOf) -> list[Judged]:
    """All findings of a recording, in the order of their sets and rules."""
    reviews = {
        (one.keyword_set_id, one.keyword_set_version, one.rule_id): one
        for one in unit.reviews.of_recording(recording_id)
    }
    found: list[Judged] = []
    for evaluation in evaluations:
        keyword_set = set_of(evaluation.keyword_set_id, evaluation.keyword_set_version)
        rules = {rule.id: rule for rule in keyword_set.rules}
        for finding in evaluation.findings:
            review = reviews.get((keyword_set.id, keyword_set.version, finding.rule_id))
            found.append(Judged(len(found) + 1, keyword_set, rules[finding.rule_id], finding, review))
    return found
