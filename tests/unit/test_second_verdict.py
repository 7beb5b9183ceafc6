"""What a second look may change, and what it never may."""

from dataclasses import replace

import pytest

from tests.builders import a_transcript
from voiceops.analysis.evaluate import evaluate, prepare
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.second_places import second_places, wordings_of
from voiceops.analysis.second_verdict import second_verdict
from voiceops.domain.finding import Evaluation, Outcome
from voiceops.domain.recording import Party
from voiceops.domain.second_look import FitBorders, SecondLook, WordingFit
from voiceops.domain.transcript import Span, Transcript

SET = prepare(
    read_keyword_set(
        """
format: 1
id: opening-en
version: 1
title: Opening
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  notice: {variants: [this call is recorded, "this is {name} and the line is recorded"]}
  consent: {variants: [i agree to the terms]}
  greeting: {variants: [good morning]}
rules:
  - {id: notice, title: Says it, expect: required, keyphrase: notice, party: agent, window: {first_seconds: 30}}
  - {id: consent, title: Agrees, expect: required, keyphrase: consent, party: customer, window: {first_seconds: 40}}
  - {id: anywhere, title: Greets, expect: required, keyphrase: greeting, party: agent}
""",
        record="opening-en",
    )
)
SPEECH = ((Party.AGENT, (Span(0.0, 50.0),)), (Party.CUSTOMER, (Span(0.0, 50.0),)))
BORDERS = FitBorders(weak=-2.0, strong=-1.0)
AGENT, CUSTOMER = Party.AGENT, Party.CUSTOMER


def a_call(*lines: str) -> Transcript:
    """A call of a minute in which both parties have a channel of their own."""
    return replace(a_transcript(*lines), duration=60.0, speech=SPEECH)


def a_look(party: Party, *lines: str, fits: dict[str, float] | None = None) -> SecondLook:
    """What a second look heard from the beginning on, and scores of wordings from second 0 to 6."""
    heard = a_transcript(*lines).utterances
    scored = tuple(WordingFit(wording, 0.0, 6.0, score) for wording, score in (fits or {}).items())
    return SecondLook(party, Span(0.0, 60.0), "pocketsphinx", BORDERS, heard, (Span(0.0, 60.0),), scored)


def after(call: Transcript, *looks: SecondLook) -> Evaluation:
    first = evaluate(SET, call)
    return second_verdict(SET, call, first, looks=looks, queue=None)


CALL = a_call("agent: his skull has a port", "customer: fine with the german store")


def test_heard_again_and_fitting_the_sound_it_counts_as_said() -> None:
    look = a_look(AGENT, "agent: this call is recorded", fits={"this call is recorded": -0.3})
    notice = after(CALL, look).findings[0]
    assert notice.outcome is Outcome.MET
    assert notice.evidence is not None
    assert notice.evidence.words == "this call is recorded"
    assert "Missed at first" in notice.reason
    assert notice.second is not None
    assert (notice.second.first, notice.second.heard, notice.second.engine) == ("missed", "met", "pocketsphinx")
    assert notice.second.fit == look.fits[0]


def test_the_score_of_the_call_follows() -> None:
    look = a_look(AGENT, "agent: this call is recorded", fits={"this call is recorded": -0.3})
    assert evaluate(SET, CALL).score == 0.0
    assert after(CALL, look).score == 33.3


@pytest.mark.parametrize("score", [-1.1, -3.0, None])
def test_heard_again_without_fitting_well_it_is_a_matter_for_a_person(score: float | None) -> None:
    fits = {} if score is None else {"this call is recorded": score}
    assert after(CALL, a_look(AGENT, "agent: this call is recorded", fits=fits)).findings[0].outcome == "uncertain"


def test_an_engine_whose_scores_nobody_measured_makes_nothing_said() -> None:
    look = a_look(AGENT, "agent: this call is recorded", fits={"this call is recorded": 0.0})
    unmeasured = replace(look, borders=FitBorders(weak=-2.0))
    assert after(CALL, unmeasured).findings[0].outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize(("score", "outcome"), [(-0.2, "uncertain"), (-1.9, "uncertain"), (-2.1, "missed")])
def test_fitting_the_sound_alone_makes_it_uncertain_at_most(score: float, outcome: str) -> None:
    look = a_look(AGENT, "agent: something else was said", fits={"this call is recorded": score})
    notice = after(CALL, look).findings[0]
    assert notice.outcome == outcome
    assert notice.second is not None
    if outcome == "uncertain":
        assert notice.evidence is not None
        assert (notice.evidence.start, notice.evidence.end) == (0.0, 6.0)


def test_a_fit_in_another_place_than_the_words_makes_nothing_said() -> None:
    look = a_look(AGENT, "agent: this call is recorded")
    elsewhere = replace(look, fits=(WordingFit("this call is recorded", 20.0, 22.0, 0.0),))
    assert after(CALL, elsewhere).findings[0].outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize(
    "said", ["this call is not recorded", "this call is never recorded", "we do not say that this call is recorded"]
)
def test_a_denial_at_the_second_look_never_counts_as_said(said: str) -> None:
    look = a_look(AGENT, f"agent: {said}", fits={"this call is recorded": 0.0})
    notice = after(CALL, look).findings[0]
    assert notice.outcome is not Outcome.MET


@pytest.mark.parametrize("said", ["i do not agree to the terms", "i don't agree to the terms"])
def test_who_does_not_consent_has_not_consented_however_well_it_fits(said: str) -> None:
    look = a_look(CUSTOMER, f"customer: {said}", fits={"i agree to the terms": 0.0})
    assert after(CALL, look).findings[1].outcome is Outcome.MISSED


def test_a_negation_that_only_the_first_look_heard_leaves_it_to_a_person() -> None:
    call = a_call("agent: hello", "customer: can not a german store")
    look = a_look(CUSTOMER, "customer: well i agree to the terms", fits={"i agree to the terms": 0.0})
    assert evaluate(SET, call).findings[1].outcome is Outcome.MISSED
    assert after(call, look).findings[1].outcome is Outcome.UNCERTAIN


def test_what_the_other_party_says_counts_for_nobody_else() -> None:
    look = a_look(CUSTOMER, "customer: this call is recorded", fits={"this call is recorded": 0.0})
    assert after(CALL, look).findings[0] == evaluate(SET, CALL).findings[0]


def test_a_rule_without_a_window_and_one_that_is_kept_are_left_alone() -> None:
    call = a_call("agent: this call is recorded", "customer: i see")
    first = evaluate(SET, call)
    findings = after(call, a_look(AGENT, "agent: good morning")).findings
    assert (findings[0], findings[2]) == (first.findings[0], first.findings[2])


def test_words_outside_the_stretch_stay_as_they_were_heard_at_first() -> None:
    call = a_call("agent: the skull is reported", "customer: yes i agree to the terms")
    look = replace(a_look(AGENT, "agent: nothing"), stretch=Span(0.0, 32.0))
    assert after(call, look).findings[1].outcome is Outcome.MET


def test_what_was_not_looked_at_is_as_it_was() -> None:
    short = replace(a_look(AGENT, "agent: this call is recorded"), stretch=Span(0.0, 20.0))
    assert after(CALL) == after(CALL, short) == evaluate(SET, CALL)


def test_the_windows_of_missed_rules_are_looked_at_once_for_each_party() -> None:
    keyword_set = SET.keyword_set
    places = second_places([(keyword_set, evaluate(SET, CALL))] * 2, CALL)
    assert [(place.party, place.stretch) for place in places] == [
        (AGENT, Span(0.0, 32.0)),
        (CUSTOMER, Span(0.0, 42.0)),
    ]
    assert places[0].wordings == ("this call is recorded", "and the line is recorded")
    assert list(wordings_of(keyword_set, "greeting")) == ["good morning"]


def test_a_window_that_a_kept_look_covers_is_not_looked_at_again() -> None:
    judged = [(SET.keyword_set, evaluate(SET, CALL))]
    left = second_places(judged, CALL, [a_look(AGENT, "agent: nothing")])
    assert [place.party for place in left] == [CUSTOMER]
