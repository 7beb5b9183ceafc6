"""Puts people's answers in the place of the machine's, in the form of rows: a verdict and its findings."""

from collections.abc import Sequence

from voiceops.analysis.reviewed import latest_of, reviewed
from voiceops.domain.finding import Evaluation
from voiceops.domain.keyword_set import Expectation, Rule
from voiceops.domain.review import Review
from voiceops.domain.verdict import CountedFinding, Verdict


def count_reviews(
    recording_id: str, evaluation: Evaluation, *, rules: Sequence[Rule], reviews: Sequence[Review]
) -> tuple[Verdict, Sequence[CountedFinding]]:
    """What counts of an evaluation; see `reviewed`. A rule that is not among `rules` is taken for a required one."""
    said = latest_of(evaluation, reviews)
    now = reviewed(evaluation, rules, reviews)
    own = (recording_id, evaluation.keyword_set_id, evaluation.keyword_set_version)
    findings = [CountedFinding(*own, one.rule_id, one.outcome, one.rule_id in said) for one in now.findings]
    expected = {rule.id: rule.expect for rule in rules}
    asking = (
        one.outcome.asks(expected.get(one.rule_id, Expectation.REQUIRED)) for one in findings if not one.is_reviewed
    )
    return Verdict(*own, now.score, now.passed, sum(asking)), findings
