"""Score and verdict from outcomes and weights."""

import pytest

from voiceops.analysis.score import passed, score
from voiceops.domain.finding import Finding, Outcome
from voiceops.domain.keyword_set import Expectation, Rule


def a_call(*given: tuple[Outcome, float, bool]) -> tuple[list[Rule], list[Finding]]:
    rules = [
        Rule(f"r{at}", "", Expectation.REQUIRED, weight=weight, fatal=fatal)
        for at, (_, weight, fatal) in enumerate(given)
    ]
    return rules, [Finding(f"r{at}", outcome, "") for at, (outcome, _, _) in enumerate(given)]


def test_the_score_is_the_met_share_of_the_weights() -> None:
    assert score(*a_call((Outcome.MET, 3, False), (Outcome.MISSED, 1, False))) == 75.0


def test_what_does_not_apply_or_is_uncertain_does_not_count() -> None:
    call = a_call((Outcome.MET, 1, False), (Outcome.NOT_APPLICABLE, 5, False), (Outcome.UNCERTAIN, 5, False))
    assert score(*call) == 100.0


def test_there_is_no_score_where_nothing_counts() -> None:
    assert score(*a_call((Outcome.NOT_APPLICABLE, 1, False))) is None
    assert passed(*a_call((Outcome.NOT_APPLICABLE, 1, False))) is None


def test_a_mention_never_counts() -> None:
    rule = Rule("r", "", Expectation.MENTION)
    assert score([rule], [Finding("r", Outcome.MISSED, "")]) is None


@pytest.mark.parametrize("outcome", [Outcome.MISSED, Outcome.REFUSED, Outcome.VIOLATED])
def test_a_fatal_rule_that_failed_fails_the_call_whatever_the_rest(outcome: Outcome) -> None:
    assert passed(*a_call((Outcome.MET, 99, False), (outcome, 1, True), (Outcome.UNCERTAIN, 1, False))) is False


def test_an_uncertain_rule_that_could_change_the_answer_leaves_it_open() -> None:
    assert passed(*a_call((Outcome.MET, 1, False), (Outcome.UNCERTAIN, 1, True))) is None
    assert passed(*a_call((Outcome.MET, 9, False), (Outcome.UNCERTAIN, 1, False))) is True
    assert passed(*a_call((Outcome.MISSED, 9, False), (Outcome.UNCERTAIN, 1, False))) is False
