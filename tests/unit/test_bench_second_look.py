"""The border that ships lets nothing count as said that was not, in what was heard of the made calls."""

from functools import cache

from pydantic import TypeAdapter

from benchmarks.bench_second_look import KEPT, SHIPPED, Heard, cases, outcome_after, outcome_before
from voiceops.domain.finding import Outcome


@cache
def heard() -> tuple[Heard, ...]:
    form = TypeAdapter(Heard)
    return tuple(form.validate_json(line) for line in KEPT.read_text("utf-8").splitlines())


def test_every_made_call_was_heard() -> None:
    assert [one.case for one in heard()] == list(cases())


def test_no_call_that_does_not_say_the_wording_becomes_met_by_a_second_look() -> None:
    others = [one for one in heard() if one.case.kind != "said" and outcome_before(one) is Outcome.MISSED]
    assert len(others) > 30
    assert [one.case for one in others if outcome_after(one, SHIPPED) is Outcome.MET] == []


def test_by_the_score_alone_nothing_passes_that_says_something_else() -> None:
    assert SHIPPED.strong is not None
    scores = [score for one in heard() if one.is_wrong and (score := one.score) is not None]
    assert max(scores) < SHIPPED.strong
    said = [score for one in heard() if one.case.kind == "said" and (score := one.score) is not None]
    assert max(said) >= SHIPPED.strong
