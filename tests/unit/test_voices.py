"""Telling two voices apart from voiceprints, giving words to them, and rules about words of which nobody is sure."""

from dataclasses import replace

import numpy as np
import pytest

from tests.builders import a_transcript
from voiceops.analysis.evaluate import evaluate
from voiceops.analysis.judge_parties import judge_parties
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.mask_private import find_private
from voiceops.analysis.silence_private import stretches_to_silence
from voiceops.analysis.transcript_document import transcript_from_document, write_transcript
from voiceops.analysis.voices import Voiceprints, VoiceScale
from voiceops.analysis.voices.assign import assign_parties
from voiceops.analysis.voices.separate import Separation, Stretch, Voices, separate_voices
from voiceops.domain.finding import Finding, Outcome
from voiceops.domain.private import Private
from voiceops.domain.recording import PartiesBy, Party
from voiceops.domain.transcript import PartyJudgement, Span, Transcript, Utterance

SCALE = VoiceScale(one_voice=0.1, two_voices=0.2)
VOICES = np.eye(8)[:3]
BY_VOICE = PartyJudgement(PartiesBy.VOICES, 0.95, "by their voices")


def prints(*voices: int, noise: float = 0.1) -> Voiceprints:
    """A row for each, of voice 0, 1 or 2, a little beside it."""
    rows = VOICES[list(voices)] + np.random.default_rng(1).normal(0, noise, (len(voices), 8))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def separated(*voices: int, noise: float = 0.1) -> Separation:
    """Of a call in which each voice speaks for a second and a half, with a second's pause after it."""
    spans = [Span(2.5 * at, 2.5 * at + 1.5) for at in range(len(voices))]
    return separate_voices(spans, spans, prints(*voices, noise=noise), scale=SCALE)


def test_two_voices_are_told_apart_and_the_one_heard_first_comes_first() -> None:
    for order in ((0, 1, 1, 0) * 4, (1, 0, 0, 1) * 4):
        separation = separated(*order)
        assert separation.voices is Voices.TWO
        assert [bool(stretch.first.mean() > 0.8) for stretch in separation.stretches] == [v == order[0] for v in order]


@pytest.mark.parametrize("voices", [(0,) * 16, (0, 1, 0), (0,) * 20 + (1,), ()])
def test_a_single_voice_or_too_little_of_a_second_is_one(voices: tuple[int, ...]) -> None:
    assert separated(*voices) == Separation(Voices.ONE)


def test_a_third_voice_is_noticed() -> None:
    assert separated(*(0, 1, 2, 1, 0) * 6).voices is Voices.MORE


def test_voices_that_are_much_alike_are_unsure() -> None:
    near = prints(*(0, 1) * 10) + 2.3 * VOICES[2].astype(np.float32)
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    spans = [Span(2.0 * at, 2.0 * at + 1.5) for at in range(len(near))]
    assert separate_voices(spans, spans, near, scale=SCALE).voices is Voices.UNSURE


def test_between_two_voices_in_one_stretch_nobody_is_sure() -> None:
    windows = [Span(0.75 * at, 0.75 * at + 1.5) for at in range(16)]
    rows = prints(*(0,) * 8, *(1,) * 8, noise=0.05)
    (stretch,) = separate_voices([Span(0.0, 12.75)], windows, rows, scale=SCALE).stretches
    assert stretch.first[10] > 0.95
    assert stretch.first[-10] < 0.05
    assert 0.2 < stretch.first[np.argmin(np.abs(stretch.first - 0.5))] < 0.8


def mono(*lines: str) -> Transcript:
    """The lines with their parties lost, as one channel gives them."""
    call = a_transcript(*lines, seconds_per_word=0.25, pause=1.0)
    unknown = tuple(replace(one, party=Party.UNKNOWN) for one in call.utterances)
    spans = tuple(Span(one.start, one.end) for one in unknown)
    return replace(call, utterances=unknown, speech=((Party.UNKNOWN, spans),))


def test_words_go_to_the_voice_that_speaks_and_utterances_are_cut_where_it_changes() -> None:
    call = mono("unknown: how can i help my line is dead")
    spans = [Span(0.5, 2.75)]
    windows = [
        Span(0.5, 1.0),
        Span(0.6, 1.1),
        Span(0.7, 1.2),
        Span(0.8, 1.4),
        Span(1.6, 2.1),
        Span(1.8, 2.3),
        Span(2.0, 2.5),
    ]
    windows.append(Span(2.2, 2.75))
    separation = separate_voices(spans, windows, prints(*(0,) * 4, *(1,) * 4, noise=0.02), scale=SCALE)
    given = assign_parties(call, separation)
    assert [(one.party, one.text) for one in given.utterances] == [
        (Party.AGENT, "how can i help"),
        (Party.CUSTOMER, "my line is dead"),
    ]
    assert given.speech is not None
    (agent, early), (customer, late) = given.speech
    assert (agent, customer) == (Party.AGENT, Party.CUSTOMER)
    assert early[0].start == 0.5
    assert late[-1].end == 2.75
    assert early[-1].end == pytest.approx(late[0].start)
    assert all(one.party_confidence is not None and one.party_confidence > 0.5 for one in given.utterances)


def test_where_both_speak_is_an_utterance_of_its_own_of_which_nobody_is_sure() -> None:
    call = mono("unknown: how can i help you")
    stretch = Stretch(Span(0.5, 1.75), np.full(12, 0.95, np.float32))
    given = assign_parties(call, Separation(Voices.TWO, (stretch,)), [Span(1.05, 1.2)])
    assert [(one.text, one.is_sure_who) for one in given.utterances] == [
        ("how can", True),
        ("i", False),
        ("help you", True),
    ]
    assert given.speech == ((Party.AGENT, (Span(0.5, 1.75),)), (Party.CUSTOMER, (Span(1.05, 1.2),)))


def test_how_sure_it_is_who_speaks_is_written_and_read_with_a_transcript() -> None:
    call = replace(a_transcript("agent: hello"), parties=BY_VOICE)
    call = replace(call, utterances=(replace(call.utterances[0], party_confidence=0.71),))
    assert transcript_from_document(write_transcript(call), record="x").utterances[0].party_confidence == 0.71


SET = read_keyword_set(
    """\
format: 1
id: opening-en
version: 1
title: Opening
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recorded: {variants: [this call is recorded]}
  promise: {variants: [i guarantee you a refund]}
rules:
  - {id: notice, title: Says the call is recorded, party: agent, expect: required, keyphrase: recorded}
  - {id: no-promise, title: Promises nothing, party: agent, expect: forbidden, keyphrase: promise}
""",
    record="x",
)


def told(*said: tuple[str, float]) -> dict[str, Finding]:
    """The findings about lines of parties that are known so surely."""
    call = a_transcript(*(line for line, _ in said))
    utterances = tuple(
        replace(one, party_confidence=sure) for one, (_, sure) in zip(call.utterances, said, strict=True)
    )
    return {one.rule_id: one for one in evaluate(SET, replace(call, utterances=utterances, parties=BY_VOICE)).findings}


def test_what_a_sure_party_said_counts_as_ever() -> None:
    found = told(("agent: this call is recorded", 0.95), ("customer: i guarantee you a refund", 0.95))
    assert [one.outcome for one in found.values()] == [Outcome.MET, Outcome.MET]


def test_what_an_unsure_party_said_is_uncertain_whichever_it_is_taken_for() -> None:
    for party in ("agent", "customer"):
        found = told((f"{party}: this call is recorded", 0.7), (f"{party}: i guarantee you a refund", 0.7))
        assert [one.outcome for one in found.values()] == [Outcome.UNCERTAIN, Outcome.UNCERTAIN]
        assert f"only 70% sure that it was the {party}" in found["notice"].reason
        assert found["notice"].evidence is not None


def test_a_second_place_of_a_sure_party_is_enough() -> None:
    found = told(("agent: this call is recorded", 0.6), ("agent: as i said this call is recorded", 0.95))
    assert found["notice"].outcome is Outcome.MET
    assert found["notice"].evidence is not None
    assert found["notice"].evidence.start > 2


def test_a_wording_of_which_part_went_to_the_other_party_is_not_missed() -> None:
    found = told(("agent: hello this call", 0.95), ("customer: is", 0.55), ("agent: recorded", 0.95))
    assert found["notice"].outcome is Outcome.UNCERTAIN


def test_what_nobody_said_is_missed_however_unsure_the_rest_is() -> None:
    found = told(("agent: good morning", 0.6), ("customer: my line is dead since monday", 0.6))
    assert (found["notice"].outcome, found["no-promise"].outcome) == (Outcome.MISSED, Outcome.MET)


def test_of_two_voices_whoever_says_the_script_is_the_agent_and_no_custom_speaks_for_the_first() -> None:
    speech = ((Party.AGENT, ()), (Party.CUSTOMER, ()))
    call = replace(a_transcript("agent: yes", "customer: yes"), speech=speech, parties=BY_VOICE)
    judged = judge_parties(call, (), direction=None)
    assert judged.parties is not None
    assert judged.parties.by is PartiesBy.VOICES
    assert "custom" not in judged.parties.reason
    unsure = replace(call, parties=replace(BY_VOICE, confidence=0.5))
    assert (judge_parties(unsure, (), direction=None).parties or BY_VOICE).confidence == 0.5


def test_a_number_that_was_torn_between_two_voices_is_private_as_a_whole_and_silenced_on_all_channels() -> None:
    lines = ("customer: 4 1 1 1 1 1 1 1 1", "agent: 1 1 1", "customer: 1 1 1 1")
    torn = replace(a_transcript(*lines, pause=0.1), parties=BY_VOICE, speech=((Party.AGENT, ()), (Party.CUSTOMER, ())))
    hidden = find_private(torn, [Private.CARD])
    assert {place for place, _ in enumerate(torn.utterances)} == {utterance for utterance, _ in hidden}
    assert {one.channel for one in stretches_to_silence(torn, hidden, channels=2)} == {None}


def test_an_utterance_of_a_channel_is_as_sure_as_its_channel() -> None:
    assert Utterance(Party.AGENT, 0, 1, "hello").is_sure_who
    assert not Utterance(Party.AGENT, 0, 1, "hello", party_confidence=0.79).is_sure_who
