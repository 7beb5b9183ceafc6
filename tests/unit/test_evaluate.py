"""Rules over transcripts: outcomes, windows, order, parties, and what a person is told."""

from dataclasses import replace

import pytest

from voiceops.analysis.evaluate import evaluate, outcome_of_sentence, prepare
from voiceops.analysis.finding_document import write_evaluation
from voiceops.analysis.heard import hear
from voiceops.domain.finding import Finding, Outcome
from voiceops.domain.keyword_set import (
    AppliesIf,
    Expectation,
    Keyphrase,
    KeywordSet,
    Near,
    Rule,
    RuleParty,
    Window,
)
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript, Utterance, Word

RECORDED = Keyphrase(
    "recorded", ("this call is recorded", "this call may be recorded or monitored"), ("this is a recorded message",)
)
PRICE = Keyphrase("price", ("the price is {number}", "it costs {number} a month"))
PROMISE = Keyphrase("promise", ("we guarantee",))
CANCEL = Keyphrase("cancel", ("I want to cancel",))
CONSENT = Keyphrase("consent", ("I agree to the data processing",))
FREE = Keyphrase("free", ("you have no obligation",))


def a_rule(keyphrase: str = "recorded", expect: Expectation = Expectation.REQUIRED) -> Rule:
    return Rule(keyphrase, keyphrase, expect, any_of=(keyphrase,), party=RuleParty.AGENT)


def a_set(*rules: Rule) -> KeywordSet:
    keyphrases = {k.id: k for k in (RECORDED, PRICE, PROMISE, CANCEL, CONSENT, FREE)}
    return KeywordSet("set", 3, "A set", "en", "us", "why", keyphrases, rules)


def a_call(*turns: str, seconds_each: float = 10.0) -> Transcript:
    """Turns such as "agent: hello", each of the same length, one after the other."""
    utterances = []
    for at, turn in enumerate(turns):
        party, text = turn.split(": ", 1)
        utterances.append(Utterance(Party(party), at * seconds_each, (at + 0.9) * seconds_each, text))
    return Transcript("en", len(turns) * seconds_each, tuple(utterances))


def the_finding(rule: Rule, transcript: Transcript) -> Finding:
    return evaluate(a_set(rule), transcript).findings[0]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("just so you know this call is being recorded", Outcome.MET),
        ("this coal is recorded", Outcome.MET),
        ("this call is not recorded", Outcome.REFUSED),
        ("this call isn't recorded", Outcome.REFUSED),
        ("no problem, this call is recorded", Outcome.MET),
        ("this call is knot recorded", Outcome.UNCERTAIN),
        ("is this call recorded?", Outcome.MISSED),
        ("this is a recorded message", Outcome.MISSED),
        ("your call is important", Outcome.MISSED),
    ],
)
def test_a_sentence_is_met_refused_or_missed_by_what_it_means(sentence: str, outcome: Outcome) -> None:
    rule = a_rule()
    assert outcome_of_sentence(rule, a_set(rule), sentence) is outcome


def test_a_wording_that_denies_something_itself_is_met_with_its_no_and_doubtful_without() -> None:
    rule = a_rule("free")
    assert outcome_of_sentence(rule, a_set(rule), "and you have no obligation at all") is Outcome.MET
    assert outcome_of_sentence(rule, a_set(rule), "you have obligation") is Outcome.UNCERTAIN


def test_a_denied_promise_is_no_breach() -> None:
    rule = a_rule("promise", Expectation.FORBIDDEN)
    assert outcome_of_sentence(rule, a_set(rule), "we guarantee that") is Outcome.VIOLATED
    assert outcome_of_sentence(rule, a_set(rule), "we do not guarantee that") is Outcome.MET


def test_the_customer_saying_it_does_not_help_the_agent_and_is_shown_as_the_nearest_place() -> None:
    finding = the_finding(a_rule(), a_call("agent: hello", "customer: this call is recorded I guess"))
    assert finding.outcome is Outcome.MISSED
    assert finding.evidence is not None
    assert finding.evidence.party is Party.CUSTOMER
    assert "by the customer" in finding.reason


def test_said_too_late_is_missed_with_its_time() -> None:
    rule = replace(a_rule(), window=Window(first_seconds=30))
    finding = the_finding(
        rule, a_call("agent: hi", "customer: hi", "agent: so", "customer: ok", "agent: this call is recorded")
    )
    assert finding.outcome is Outcome.MISSED
    assert finding.evidence is not None
    assert finding.evidence.start == pytest.approx(40, abs=0.5)
    assert "after the first 30 s" in finding.reason


def test_order_of_rules_counts() -> None:
    price = replace(a_rule("price"), window=Window(after="recorded"))
    right = a_call("agent: this call is recorded", "customer: fine", "agent: the price is 20 dollars")
    wrong = a_call("agent: the price is 20 dollars", "customer: fine", "agent: this call is recorded")
    assert evaluate(a_set(a_rule(), price), right).findings[1].outcome is Outcome.MET
    assert evaluate(a_set(a_rule(), price), wrong).findings[1].outcome is Outcome.MISSED


def test_nearness_to_another_keyphrase_counts() -> None:
    rule = replace(a_rule("price"), near=Near("recorded", 5))
    close = a_call("agent: this call is recorded and the price is twenty dollars")
    far = a_call("agent: this call is recorded", "customer: oh", "customer: well", "agent: the price is 20")
    assert the_finding(rule, close).outcome is Outcome.MET
    assert the_finding(rule, far).outcome is Outcome.MISSED


def test_conditions_decide_whether_a_rule_applies() -> None:
    rule = replace(a_rule(), applies_if=AppliesIf(mentioned="cancel"))
    assert the_finding(rule, a_call("agent: hello")).outcome is Outcome.NOT_APPLICABLE
    assert the_finding(rule, a_call("customer: I want to cancel", "agent: hello")).outcome is Outcome.MISSED
    queued = replace(a_rule(), applies_if=AppliesIf(queues=("sales",)))
    assert evaluate(a_set(queued), a_call("agent: hello"), queue="other").findings[0].outcome is Outcome.NOT_APPLICABLE
    assert evaluate(a_set(queued), a_call("agent: hello"), queue="sales").findings[0].outcome is Outcome.MISSED


def test_evidence_may_span_turns_with_a_back_channel_between() -> None:
    call = a_call(
        "agent: just so you know this call is", "customer: mhm", "agent: recorded for training", seconds_each=2
    )
    assert the_finding(a_rule(), call).outcome is Outcome.MET


def test_the_customer_answering_no_to_the_question_is_a_refusal() -> None:
    rule = replace(a_rule("consent"), party=RuleParty.CUSTOMER)
    call = a_call("agent: Do you agree to the data processing?", "customer: No, I would rather not.", seconds_each=4)
    assert the_finding(rule, call).outcome is Outcome.REFUSED


def test_words_where_nobody_spoke_do_not_count() -> None:
    call = a_call("agent: hello there", "agent: this call is recorded")
    heard = replace(call, speech=((Party.AGENT, (Span(0, 9),)),))
    assert the_finding(a_rule(), heard).outcome is Outcome.MISSED
    assert the_finding(a_rule(), call).outcome is Outcome.MET


def test_words_on_every_channel_of_a_party_count() -> None:
    call = Transcript("en", 20.0, (Utterance(Party.AGENT, 2.0, 4.0, "this call is recorded"),))
    heard = replace(call, speech=((Party.AGENT, (Span(1.5, 4.5),)), (Party.AGENT, (Span(15, 16),))))
    words = hear(heard, "en")[0].words
    assert [word.text for word in words] == ["this", "call", "is", "recorded"]


def test_a_transcript_in_another_language_or_without_words_is_uncertain() -> None:
    assert the_finding(a_rule(), replace(a_call("agent: hello"), language="de")).outcome is Outcome.UNCERTAIN
    assert the_finding(a_rule(), Transcript("en", 60.0, ())).outcome is Outcome.UNCERTAIN


def test_words_the_recogniser_hardly_believed_are_uncertain() -> None:
    texts = ("this", "call", "is", "recorded")
    words = tuple(Word(text, at, at + 0.5, 0.1) for at, text in enumerate(texts))
    call = Transcript("en", 10.0, (Utterance(Party.AGENT, 0, 5, " ".join(texts), words),))
    finding = the_finding(a_rule(), call)
    assert finding.outcome is Outcome.UNCERTAIN
    assert finding.evidence is not None
    assert finding.evidence.probability == pytest.approx(0.1)


def test_one_word_that_the_recogniser_hardly_believed_does_not_spoil_the_others() -> None:
    texts, beliefs = ("this", "call", "is", "recorded"), (0.01, 0.01, 0.6, 0.5)
    words = tuple(
        Word(text, at, at + 0.5, belief) for at, (text, belief) in enumerate(zip(texts, beliefs, strict=True))
    )
    call = Transcript("en", 10.0, (Utterance(Party.AGENT, 0, 5, " ".join(texts), words),))
    finding = the_finding(a_rule(), call)
    assert finding.outcome is Outcome.MET
    assert finding.evidence is not None
    assert finding.evidence.probability == pytest.approx(0.01)


def test_where_everything_was_recorded_badly_nothing_counts_as_missing() -> None:
    words = tuple(Word(text, at, at + 0.5, 0.1) for at, text in enumerate(["hello", "my", "name", "is", "Tom"]))
    call = Transcript("en", 10.0, (Utterance(Party.AGENT, 0, 5, "hello my name is Tom", words),))
    assert the_finding(a_rule(), call).outcome is Outcome.UNCERTAIN


def test_an_unknown_speaker_leaves_the_rule_uncertain() -> None:
    assert the_finding(a_rule(), a_call("unknown: this call is recorded")).outcome is Outcome.UNCERTAIN


def test_a_slot_takes_a_spoken_number() -> None:
    finding = the_finding(a_rule("price"), a_call("agent: it costs about twenty nine dollars a month"))
    assert finding.outcome is Outcome.MET


def test_the_document_has_the_form_the_command_line_prints() -> None:
    document = write_evaluation(evaluate(prepare(a_set(a_rule())), a_call("agent: this call is recorded")))
    assert document["keyword_set"] == {"id": "set", "version": 3}
    assert (document["score"], document["passed"]) == (100.0, True)
    [finding] = document["findings"]
    assert {"rule", "outcome", "party", "start", "end", "words", "similarity", "reason"} <= set(finding)
    assert finding["outcome"] == "met"
    assert finding["words"] == "this call is recorded"
