"""What a call's score becomes when people answer; the machine's answer is not lost by it."""

from dataclasses import replace

from tests.builders import NOON
from voiceops.analysis.reviewed import reviewed
from voiceops.analysis.score import passed, score
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.keyword_set import Expectation, Rule
from voiceops.domain.review import Review

RULES = [Rule("notice", "", Expectation.REQUIRED, weight=3, fatal=True), Rule("greeting", "", Expectation.REQUIRED)]


def an_evaluation(*outcomes: Outcome, version: int = 2) -> Evaluation:
    findings = tuple(Finding(rule.id, outcome, "Why.") for rule, outcome in zip(RULES, outcomes, strict=True))
    return Evaluation("sales", version, score(RULES, findings), passed(RULES, findings), findings)


def a_review(rule: str, outcome: Outcome) -> Review:
    return Review("id", "call", "sales", 2, rule, Outcome.MISSED, outcome, "", "vera", NOON)


def test_a_correction_changes_outcome_score_and_verdict() -> None:
    machine = an_evaluation(Outcome.MISSED, Outcome.MET)
    now = reviewed(machine, RULES, [a_review("notice", Outcome.MET)])
    assert (machine.score, machine.passed) == (25.0, False)
    assert (now.score, now.passed) == (100.0, True)
    assert [one.outcome for one in now.findings] == [Outcome.MET, Outcome.MET]
    assert now.findings[0].reason == "Why."


def test_a_decision_on_what_was_uncertain_settles_the_verdict() -> None:
    machine = an_evaluation(Outcome.UNCERTAIN, Outcome.MET)
    assert machine.passed is None
    assert reviewed(machine, RULES, [a_review("notice", Outcome.REFUSED)]).passed is False
    assert reviewed(machine, RULES, [a_review("notice", Outcome.MET)]).passed is True


def test_of_several_reviews_the_last_counts() -> None:
    said = [a_review("notice", Outcome.MET), a_review("notice", Outcome.MISSED)]
    assert reviewed(an_evaluation(Outcome.MISSED, Outcome.MET), RULES, said).passed is False


def test_reviews_of_another_version_or_set_change_nothing() -> None:
    machine = an_evaluation(Outcome.MISSED, Outcome.MET)
    review = a_review("notice", Outcome.MET)
    others = [replace(review, keyword_set_version=1), replace(review, keyword_set_id="service")]
    assert reviewed(machine, RULES, others) is machine
    assert reviewed(machine, RULES, []) is machine
