"""Reviews to precision, recall and advice, by hand-counted figures."""

from dataclasses import replace

import pytest

from tests.builders import NOON
from voiceops.analysis.rule_trust import REVIEWS_NEEDED, RuleTrust, is_same_rule, rule_trust, wilson
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.keyword_set import Examples, Expectation, Keyphrase, KeywordSet, Near, Rule, Strictness, Window
from voiceops.domain.review import Review

MET, MISSED, UNCERTAIN, VIOLATED = Outcome.MET, Outcome.MISSED, Outcome.UNCERTAIN, Outcome.VIOLATED


def a_set(
    strictness: Strictness = Strictness.NORMAL, expect: Expectation = Expectation.REQUIRED, version: int = 1
) -> KeywordSet:
    rules = (
        Rule("greeting", "Greets", Expectation.REQUIRED, any_of=("hello",)),
        Rule(
            "notice", "Says it", expect, any_of=("notice",), strictness=strictness, window=Window(after="greeting"),
            near=Near("hello", 9.0),
        ),
    )  # fmt: skip
    keyphrases = {"hello": Keyphrase("hello", ("good morning",)), "notice": Keyphrase("notice", ("is recorded",))}
    return KeywordSet("sales", version, "Sales", "en", "quality", "Because.", keyphrases, rules)


def reviews(machine: Outcome, person: Outcome, count: int) -> list[Review]:
    return [
        Review(f"{machine}-{person}-{n}", f"r{n}", "sales", 1, "notice", machine, person, "heard", "quinn", NOON)
        for n in range(count)
    ]


def answers(**counts: int) -> list[Evaluation]:
    return [
        Evaluation("sales", 1, None, None, (Finding("notice", Outcome(name), ""),))
        for name, count in counts.items()
        for _ in range(count)
    ]


def trust(keyword_set: KeywordSet, given: list[Review], sample: list[Evaluation]) -> RuleTrust:
    return rule_trust(keyword_set, given, sample)[1]


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(9, 10, 0.596, 0.982), (10, 10, 0.722, 1.0), (0, 10, 0.0, 0.278), (1, 1, 0.207, 1.0)],
)
def test_an_interval_is_wilsons(right: int, total: int, low: float, high: float) -> None:
    share = wilson(right, total)
    assert share is not None
    assert (round(share.low, 3), round(share.high, 3)) == (low, high)


def test_nothing_reviewed_gives_no_figure_and_says_what_is_lacking() -> None:
    found = trust(a_set(), [], answers(met=5))
    assert (wilson(0, 0), found.precision, found.recall, found.suggested) == (None, None, None, None)
    assert found.reason == (
        "Too few reviews for advice: 20 more of findings that say it was there and "
        "20 more of findings that say it was not there are needed."
    )


def test_precision_is_the_share_of_met_findings_that_people_confirm() -> None:
    found = trust(a_set(), reviews(MET, MET, 18) + reviews(MET, MISSED, 2), answers(met=5))
    assert found.precision is not None
    assert found.precision.value == 0.9
    assert (found.tally.claimed, found.tally.confirmed, found.tally.corrected) == (20, 18, 2)
    assert found.recall is None


def test_recall_does_not_depend_on_which_findings_people_like_to_review() -> None:
    sample = answers(met=900, missed=100)
    even = reviews(MET, MET, 40) + reviews(MISSED, MISSED, 30) + reviews(MISSED, MET, 10)
    mostly_missed = reviews(MET, MET, 4) + reviews(MISSED, MISSED, 300) + reviews(MISSED, MET, 100)
    expected = 900 / (900 + 100 / 4)
    for given in (even, mostly_missed):
        recall = trust(a_set(), given, sample).recall
        assert recall is not None
        assert recall.value == pytest.approx(expected)
        assert recall.low < expected < recall.high


def test_uncertain_findings_claim_nothing() -> None:
    found = trust(a_set(), reviews(UNCERTAIN, MET, 7), answers(uncertain=7))
    assert (found.tally.uncertain, found.tally.claimed, found.tally.silent) == (7, 0, 0)


def test_of_a_forbidden_rule_a_breach_is_what_it_claims() -> None:
    forbidden = a_set(expect=Expectation.FORBIDDEN)
    found = trust(forbidden, reviews(VIOLATED, VIOLATED, 3) + reviews(VIOLATED, MET, 1) + reviews(MET, MET, 5), [])
    assert (found.tally.claimed, found.tally.claimed_present, found.tally.silent) == (4, 3, 5)


def test_a_refusal_counted_as_met_is_a_wrong_claim() -> None:
    found = trust(a_set(), reviews(MET, Outcome.REFUSED, 1), [])
    assert found.precision is not None
    assert found.precision.value == 0


GOOD = reviews(MET, MET, 60) + reviews(MISSED, MISSED, 60)
FALSE_ALARMS = reviews(MET, MET, 40) + reviews(MET, MISSED, 20) + reviews(MISSED, MISSED, 60)
OVERLOOKED = reviews(MET, MET, 60) + reviews(MISSED, MISSED, 30) + reviews(MISSED, MET, 30)
BOTH = reviews(MET, MET, 40) + reviews(MET, MISSED, 20) + reviews(MISSED, MISSED, 30) + reviews(MISSED, MET, 30)


@pytest.mark.parametrize(
    ("given", "now", "suggested", "words"),
    [
        (GOOD, Strictness.NORMAL, Strictness.NORMAL, "no reason to change"),
        (FALSE_ALARMS, Strictness.NORMAL, Strictness.STRICT, "Only 67% of what it finds was said, so try `strict`"),
        (FALSE_ALARMS, Strictness.LOOSE, Strictness.NORMAL, "try `normal` instead of `loose`"),
        (FALSE_ALARMS, Strictness.STRICT, None, "change its wordings"),
        (OVERLOOKED, Strictness.NORMAL, Strictness.LOOSE, "finds only 67% of what was said"),
        (OVERLOOKED, Strictness.EXACT, Strictness.STRICT, "try `strict` instead of `exact`"),
        (OVERLOOKED, Strictness.LOOSE, None, "change its wordings"),
        (BOTH, Strictness.NORMAL, None, "change its wordings"),
        (GOOD[: REVIEWS_NEEDED - 1], Strictness.NORMAL, None, "1 more of findings that say it was there"),
    ],
)
def test_advice_follows_what_the_reviews_are_sure_of(
    given: list[Review], now: Strictness, suggested: Strictness | None, words: str
) -> None:
    found = trust(a_set(now), given, answers(met=50, missed=50))
    assert found.suggested is suggested
    assert words in found.reason


def test_a_rule_is_the_same_only_with_all_that_it_leans_on() -> None:
    old = a_set()
    assert is_same_rule("notice", old, a_set(version=2))
    assert not is_same_rule("notice", old, a_set(Strictness.LOOSE))
    assert not is_same_rule("price", old, old)
    for name in ("hello", "notice"):
        changed = {**old.keyphrases, name: Keyphrase(name, ("another wording",))}
        assert not is_same_rule("notice", old, replace(old, keyphrases=changed))
    greeting, notice = old.rules
    later = replace(old, rules=(replace(greeting, window=Window(first_seconds=9)), notice))
    assert not is_same_rule("notice", old, later)
    reworded = replace(old, rules=(greeting, replace(notice, title="Tells it", weight=9.0, examples=Examples(("x",)))))
    assert is_same_rule("notice", old, reworded)
