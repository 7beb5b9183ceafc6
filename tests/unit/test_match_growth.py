"""What is said over and over costs as much each time, however long the call; counted in lines of code, not in time."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate, prepare
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation, Keyphrase, KeywordSet, Rule, RuleParty
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

WORDS_OF_A_TURN = 10
# Twice the words may cost a little more than twice the work: sorting, and a table that grows.
TWICE = 2.2


def a_set() -> PreparedKeywordSet:
    keyphrase = Keyphrase("notice", ("this call is recorded",), ("this is a recorded message",))
    rule = Rule("notice", "notice", Expectation.REQUIRED, any_of=("notice",), party=RuleParty.AGENT)
    return prepare(KeywordSet("set", 1, "set", "en", "owner", "reason", {"notice": keyphrase}, (rule,)))


def said_over_and_over(phrase: str, words: int) -> Transcript:
    spoken = (phrase.split() * words)[:words]
    turns = tuple(
        Utterance(Party.AGENT, 0.4 * at, 0.4 * at + 3.9, " ".join(spoken[at : at + WORDS_OF_A_TURN]))
        for at in range(0, words, WORDS_OF_A_TURN)
    )
    return Transcript("en", 0.4 * words, turns)


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python `work` runs."""
    count = 0

    def trace(_: FrameType, event: str, __: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("phrase", ["call is recorded", "recorded not call this"])
def test_twice_as_many_repetitions_take_twice_the_work(phrase: str) -> None:
    prepared = a_set()
    short, long = said_over_and_over(phrase, 400), said_over_and_over(phrase, 800)
    evaluate(prepared, long)  # learns the words

    assert lines_run(lambda: evaluate(prepared, long)) < TWICE * lines_run(lambda: evaluate(prepared, short))


def test_a_wording_across_the_border_of_two_pieces_is_found_whole_and_counted_once() -> None:
    prepared = a_set()
    for lead in range(120, 132, 2):
        spoken = ["recorded", "call"] * (lead // 2) + ["um"] * (lead % 2) + ["this", "call", "is", "recorded"]
        turns = (Utterance(Party.AGENT, 0.0, 100.0, " ".join(spoken)),)

        finding = evaluate(prepared, Transcript("en", 100.0, turns)).findings[0]

        assert finding.outcome is Outcome.MET
        assert finding.evidence is not None
        assert finding.evidence.words == "this call is recorded"
