"""A wording that is not heard where a channel is badly recorded is a doubt, not a miss."""

from dataclasses import replace

import pytest

from tests.unit.test_evaluate import a_call, a_rule, the_finding
from voiceops.analysis.transcript_document import read_transcript, transcript_from_document, write_transcript
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Window
from voiceops.domain.recording import PartiesBy, Party
from voiceops.domain.sound import BadStretch, ChannelSound, SoundFault, Tone, ToneKind
from voiceops.domain.transcript import PartyJudgement, Span, Transcript


def a_bad_call(start: float, end: float, fault: SoundFault, *, party: Party = Party.AGENT) -> Transcript:
    call = a_call("agent: hello", "customer: hi", "agent: what can I do", "customer: nothing", "agent: goodbye")
    sound = ChannelSound(party, 20.0, 10.0, bad=(BadStretch(start, end, fault),))
    return replace(call, sound=(sound,), speech=((Party.AGENT, (Span(0.0, call.duration),)),))


@pytest.mark.parametrize("fault", [SoundFault.CLIPPED, SoundFault.CROSSTALK])
def test_a_wording_missing_where_its_party_is_badly_recorded_is_uncertain(fault: SoundFault) -> None:
    finding = the_finding(a_rule(), a_bad_call(0.0, 30.0, fault))
    assert finding.outcome is Outcome.UNCERTAIN
    assert str(fault) in finding.reason


def test_a_channel_that_was_not_recorded_makes_its_partys_rules_uncertain() -> None:
    finding = the_finding(a_rule(), a_bad_call(0.0, 50.0, SoundFault.SILENT))
    assert finding.outcome is Outcome.UNCERTAIN
    assert "Next to nothing was recorded of the agent" in finding.reason


def test_a_short_bad_stretch_or_the_other_partys_leaves_the_wording_missed() -> None:
    for call in (
        a_bad_call(0.0, 2.0, SoundFault.CLIPPED),
        a_bad_call(0.0, 50.0, SoundFault.CLIPPED, party=Party.CUSTOMER),
    ):
        assert the_finding(a_rule(), call).outcome is Outcome.MISSED


def test_on_one_channel_for_both_what_is_bad_counts_where_the_rules_party_speaks() -> None:
    parties = PartyJudgement(PartiesBy.VOICES, 0.95, "by their voices")
    for agent_speaks, outcome in ((Span(0.0, 10.0), Outcome.UNCERTAIN), (Span(20.0, 40.0), Outcome.MISSED)):
        call = a_bad_call(0.0, 10.0, SoundFault.CLIPPED, party=Party.UNKNOWN)
        speech = ((Party.AGENT, (agent_speaks,)), (Party.CUSTOMER, (Span(0.0, 50.0),)))
        assert the_finding(a_rule(), replace(call, parties=parties, speech=speech)).outcome is outcome


def test_only_what_is_bad_inside_the_rules_window_counts() -> None:
    early = replace(a_rule(), window=Window(first_seconds=10))
    assert the_finding(early, a_bad_call(0.0, 5.0, SoundFault.CLIPPED)).outcome is Outcome.UNCERTAIN
    assert the_finding(early, a_bad_call(20.0, 50.0, SoundFault.CLIPPED)).outcome is Outcome.MISSED


def test_a_wording_that_was_heard_is_met_however_bad_the_sound() -> None:
    call = replace(a_call("agent: this call is recorded"), sound=a_bad_call(0.0, 50.0, SoundFault.CLIPPED).sound)
    assert the_finding(a_rule(), call).outcome is Outcome.MET


def test_the_measures_of_sound_survive_being_written_and_read() -> None:
    sound = ChannelSound(
        Party.AGENT,
        12.5,
        3.25,
        0.125,
        0.5,
        17.5,
        66,
        (Tone(ToneKind.KEY, 1.0, 1.1, "5"),),
        (BadStretch(0.0, 3.0, SoundFault.CLIPPED),),
    )
    call = replace(a_call("agent: hello"), sound=(sound,))
    assert transcript_from_document(write_transcript(call), record="call").sound == (sound,)


def test_a_transcript_without_measures_is_read_and_written_as_before() -> None:
    assert read_transcript('{"utterances": []}', record="call").sound is None
    assert "sound" not in write_transcript(a_call("agent: hello"))
