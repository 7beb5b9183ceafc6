"""What holds of a call once people have answered: their outcomes in place of the machine's, scored anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voiceops.analysis.score import passed, score
from voiceops.domain.finding import Evaluation, Finding
from voiceops.domain.keyword_set import Rule
from voiceops.domain.review import Review


def reviewed(evaluation: Evaluation, rules: Sequence[Rule], reviews: Iterable[Review]) -> Evaluation:
    """The evaluation as people left it; unchanged where nobody reviewed one of its findings.

    `rules` are those of its version of the keyword set, in order; `reviews` the recording's, oldest first, of any set.
    """
    counting = latest_of(evaluation, reviews)
    if not counting:
        return evaluation
    findings = tuple(_answered(finding, counting) for finding in evaluation.findings)
    return replace(evaluation, findings=findings, score=score(rules, findings), passed=passed(rules, findings))


def latest_of(evaluation: Evaluation, reviews: Iterable[Review]) -> Mapping[str, Review]:
    """By rule the last review of this very evaluation's findings; a newer version's have not been looked at."""
    own = (evaluation.keyword_set_id, evaluation.keyword_set_version)
    return {one.rule_id: one for one in reviews if (one.keyword_set_id, one.keyword_set_version) == own}


def _answered(finding: Finding, reviews: Mapping[str, Review]) -> Finding:
    review = reviews.get(finding.rule_id)
    return finding if review is None else replace(finding, outcome=review.outcome)
