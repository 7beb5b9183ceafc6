"""A call's verdict by each keyword set: as people left it, with the machine's beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.ui.judged import SetOf
from voiceops.analysis.reviewed import reviewed
from voiceops.domain.finding import Evaluation
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.review import Review


@dataclass(frozen=True)
class Verdict:
    """What holds now, and what the machine said."""

    keyword_set: KeywordSet
    machine: Evaluation
    now: Evaluation

    @property
    def is_changed(self) -> bool:
        """Whether people made another score or verdict of it."""
        return (self.machine.score, self.machine.passed) != (self.now.score, self.now.passed)


def verdicts(evaluations: Sequence[Evaluation], reviews: Sequence[Review], *, set_of: SetOf) -> list[Verdict]:
    """One for each evaluation, in their order."""
    found = []
    for evaluation in evaluations:
        keyword_set = set_of(evaluation.keyword_set_id, evaluation.keyword_set_version)
        found.append(Verdict(keyword_set, evaluation, reviewed(evaluation, keyword_set.rules, reviews)))
    return found
