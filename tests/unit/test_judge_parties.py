"""Which of two channels is the agent's, by what is said on them."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.builders import a_transcript
from voiceops.analysis.evaluate import evaluate, prepare
from voiceops.analysis.judge_parties import Script, judge_parties, swap_parties
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.transcript_document import read_transcript, write_transcript
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Direction, PartiesBy, Party
from voiceops.domain.transcript import Span, Transcript

SETS = Path(__file__).parents[2] / "keyword_sets"
CALLS = {
    "en": (
        "agent: thank you for calling northwind this call is recorded how can i help you",
        "customer: hi my router is not working since monday",
        "agent: i am sorry to hear that may i have your account number please",
        "customer: it is four four one",
        "agent: is there anything else i can help you with",
        "customer: no that is all",
    ),
    "hu": (
        "agent: jó napot kívánok köszönjük a hívását a beszélgetést rögzítjük miben segíthetek",
        "customer: nem működik az internet hétfő óta",
        "agent: elnézést kérek a kellemetlenségért megmondaná az ügyfélszámát",
        "customer: négy négy egy",
        "agent: segíthetek még valamiben",
        "customer: nem köszönöm ennyi volt",
    ),
    "fa": (
        "agent: سلام ممنون از تماس شما این تماس ضبط می‌شود چطور می‌توانم کمکتان کنم",
        "customer: اینترنت من از دوشنبه قطع شده است",
        "agent: متأسفم لطفاً شماره مشترک خود را بفرمایید",
        "customer: چهار چهار یک",
        "agent: کار دیگری هست که بتوانم انجام دهم",
        "customer: نه ممنون همین بود",
    ),
}


@cache
def scripts(language: str) -> tuple[Script, ...]:
    sets = [
        read_keyword_set(path.read_text("utf-8"), record=path.name) for path in sorted(SETS.glob(f"*-{language}.yaml"))
    ]
    return tuple(Script(one, prepare(one).matcher) for one in sets)


def a_call(language: str) -> Transcript:
    """Two channels, the agent on the first."""
    call = a_transcript(*CALLS[language], language=language)
    spans = {
        party: tuple(Span(one.start, one.end) for one in call.utterances if one.party is party)
        for party in (Party.AGENT, Party.CUSTOMER)
    }
    return replace(call, speech=tuple(spans.items()))


def on_the_other_channels(call: Transcript) -> Transcript:
    """The same call as custom sees it when the telephone system has the customer on the first channel."""
    swapped = swap_parties(call)
    assert swapped.speech is not None
    return replace(swapped, speech=swapped.speech[::-1])


@pytest.mark.parametrize("language", CALLS)
def test_the_agent_is_found_on_either_channel(language: str) -> None:
    call = a_call(language)
    straight = judge_parties(call, scripts(language), direction=None)
    crossed = judge_parties(on_the_other_channels(call), scripts(language), direction=None)
    for judged in (straight, crossed):
        assert judged.utterances == call.utterances
        assert judged.parties is not None
        assert judged.parties.by is PartiesBy.JUDGED
        assert judged.parties.is_sure
    assert straight.speech is not None
    assert crossed.speech is not None
    assert [party for party, _ in straight.speech] == [Party.AGENT, Party.CUSTOMER]
    assert [party for party, _ in crossed.speech] == [Party.CUSTOMER, Party.AGENT]


def test_who_is_called_up_speaks_first() -> None:
    lines = ("agent: hello", "customer: good evening am i speaking with anna this is about your contract")
    call = replace(a_transcript(*lines), speech=((Party.AGENT, ()), (Party.CUSTOMER, ())))
    outbound = judge_parties(call, (), direction=Direction.OUTBOUND)
    inbound = judge_parties(call, (), direction=Direction.INBOUND)
    assert [one.party for one in outbound.utterances] == [Party.CUSTOMER, Party.AGENT]
    assert [one.party for one in inbound.utterances] == [Party.AGENT, Party.CUSTOMER]


def test_without_any_sign_custom_is_kept_but_not_trusted() -> None:
    lines = ("customer: yes", "agent: yes okay")
    judged = judge_parties(
        replace(a_transcript(*lines), speech=((Party.AGENT, ()), (Party.CUSTOMER, ()))), (), direction=None
    )
    assert [one.party for one in judged.utterances] == [Party.CUSTOMER, Party.AGENT]
    assert judged.parties is not None
    assert not judged.parties.is_sure


def test_a_rule_about_one_party_is_uncertain_where_the_channels_could_not_be_told() -> None:
    service = next(one.keyword_set for one in scripts("en") if one.keyword_set.id == "service-call-en")
    sure = judge_parties(a_call("en"), scripts("en"), direction=None)
    assert sure.parties is not None
    unsure = replace(sure, parties=replace(sure.parties, confidence=0.62))
    before = {one.rule_id: one.outcome for one in evaluate(service, sure).findings}
    after = {one.rule_id: one for one in evaluate(service, unsure).findings}
    assert before["greeting"] is Outcome.MET
    assert after["greeting"].outcome is Outcome.UNCERTAIN
    assert "62% sure which channel is the agent's" in after["greeting"].reason
    assert after["greeting"].evidence is not None
    assert Outcome.MISSED not in {one.outcome for one in after.values()}
    assert evaluate(service, unsure).passed is None


def test_anything_but_two_channels_of_custom_stays_as_it_is() -> None:
    mono = replace(a_transcript("unknown: hello"), speech=((Party.UNKNOWN, ()),))
    assert judge_parties(mono, scripts("en"), direction=None) is mono


def test_a_judgement_is_written_and_read_with_its_transcript() -> None:
    judged = judge_parties(a_call("en"), scripts("en"), direction=None)
    assert read_transcript(json.dumps(write_transcript(judged)), record="x").parties == judged.parties
