"""The samples agree with themselves: recordings with scripts, expected results with what the scripts say."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import phonenumbers
import pytest
import yaml

from api.schemas.people import AgentIn
from api.schemas.queue import QueueIn
from samples import make_samples
from tests.builders import NOON
from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.check_keyword_set import check_keyword_set
from voiceops.analysis.evaluate import evaluate
from voiceops.analysis.route import Board, Needs, choose_agent
from voiceops.analysis.shifts import takes_offers
from voiceops.analysis.speech_metrics import speech_metrics
from voiceops.analysis.transcript_document import read_transcript
from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation, KeywordSet, Rule
from voiceops.domain.people import Agent, Queue
from voiceops.domain.task_message import TaskMessage, urgency_of
from voiceops.domain.transcript import Transcript, Utterance
from voiceops.engines import load_decoder, load_detector

SCRIPTS = make_samples.read_scripts()
CALLS = [pytest.param(script, id=script.name) for script in SCRIPTS if script.kind == "call"]
VOICEMAILS = [pytest.param(script, id=script.name) for script in SCRIPTS if script.kind == "voicemail"]
EVERY = [*CALLS, *VOICEMAILS]
HEARD_WITHIN_SECONDS = 2.0


def known(script: make_samples.Script) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(script.path.read_text(encoding="utf-8"))
    return document


def expected(script: make_samples.Script) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(script.path.with_name(script.name + ".expected.json").read_text("utf-8"))
    return document


def truth(script: make_samples.Script) -> Transcript:
    return read_transcript(script.truth.read_bytes(), record=script.truth.name)


@cache
def keyword_sets() -> Mapping[str, KeywordSet]:
    paths = (make_samples.HERE / "keyword_sets").glob("*.yaml")
    sets = [check_keyword_set(path.read_text(encoding="utf-8"), record=path.name) for path in paths]
    return {one.id: one for one in sets}


@cache
def people() -> tuple[dict[str, Agent], dict[str, Queue]]:
    document = yaml.safe_load((make_samples.HERE / "people.yaml").read_text(encoding="utf-8"))
    agents = [AgentIn(**{k: v for k, v in one.items() if k != "id"}).agent(one["id"]) for one in document["agents"]]
    queues = [QueueIn(**{k: v for k, v in one.items() if k != "id"}).queue(one["id"]) for one in document["queues"]]
    return {agent.id: agent for agent in agents}, {queue.id: queue for queue in queues}


def bare(text: str) -> str:
    return " ".join(re.sub(r"[^a-z ]", " ", text.lower()).split())


def said(rule: Rule, keyword_set: KeywordSet, transcript: Transcript) -> list[Utterance]:
    """Sentences of the rule's party with a variant to the letter, or with "do not" inside it."""
    sentences = [one for one in transcript.utterances if one.party.value == rule.party.value]
    return [one for one in sentences if has(rule, keyword_set, bare(one.text).replace(" do not ", " "))]


def has(rule: Rule, keyword_set: KeywordSet, text: str) -> bool:
    return any(bare(v) in text for name in rule.any_of for v in keyword_set.keyphrases[name].variants)


def outcome_by_the_letter(rule: Rule, keyword_set: KeywordSet, transcript: Transcript) -> Outcome:
    """The rule's outcome as a reader of the script with a pencil would write it down."""
    last = rule.window.first_seconds or transcript.duration
    sentences = [one for one in said(rule, keyword_set, transcript) if one.start < last]
    if rule.expect is Expectation.FORBIDDEN:
        return Outcome.VIOLATED if sentences else Outcome.MET
    if not sentences:
        return Outcome.MISSED
    return Outcome.MET if any(has(rule, keyword_set, bare(one.text)) for one in sentences) else Outcome.REFUSED


def test_there_are_at_least_six_calls_and_six_voicemails() -> None:
    assert min(len(CALLS), len(VOICEMAILS)) >= 6


def test_recordings_and_scripts_agree(capsys: pytest.CaptureFixture[str]) -> None:
    status = make_samples.main(["--check"])
    assert (status, capsys.readouterr().out) == (0, f"{len(SCRIPTS)} samples agree with their scripts.\n")


def test_a_script_that_was_changed_after_its_rendering_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "calls").mkdir()
    for path in (make_samples.HERE / "calls").glob("01-*"):
        (tmp_path / "calls" / path.name).write_bytes(path.read_bytes())
    (script,) = tmp_path.glob("*/*.script.yaml")
    script.write_text(script.read_text("utf-8").replace("Certainly.", "Surely."), "utf-8")
    assert make_samples.main(["--check", "--folder", str(tmp_path)]) == 1
    assert "the script was changed after its rendering" in capsys.readouterr().out


def test_a_recording_that_is_not_there_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calls").mkdir()
    for path in (make_samples.HERE / "calls").glob("01-*.script.yaml"):
        (tmp_path / "calls" / path.name).write_bytes(path.read_bytes())
    assert make_samples.main(["--check", "--folder", str(tmp_path)]) == 1
    assert "01-clean.opus, 01-clean.truth.json is not there" in capsys.readouterr().out


def test_a_name_that_no_sample_has_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert make_samples.main(["99"]) == 2
    assert "No script is named 99" in capsys.readouterr().err


def test_at_most_one_sample_is_beyond_the_embedded_recogniser() -> None:
    assert sum(expected(script)["cannot"] is not None for script in SCRIPTS) <= 1


@pytest.mark.parametrize("script", EVERY)
def test_telephone_numbers_exist_and_are_kept_free_for_stories(script: make_samples.Script) -> None:
    numbers = [known(script)["caller_number"], known(script)["dialled_number"], expected(script).get("callback_number")]
    for number in filter(None, numbers):
        assert phonenumbers.is_valid_number(phonenumbers.parse(number))
        assert number[5:].startswith("55501")


@pytest.mark.parametrize("script", EVERY)
def test_a_recording_is_in_telephone_band_and_each_party_on_its_own_channel(
    script: make_samples.Script, tmp_path: Path
) -> None:
    signals = np.stack(load_decoder().decode(script.audio, tmp_path).signals).astype(np.float64)
    energy = np.abs(np.fft.rfft(signals)) ** 2
    hertz = np.fft.rfftfreq(signals.shape[1], 1 / 16_000)
    above = 4500 if script.band == "narrow" else 7600
    assert energy[:, hertz > above].sum() < 0.001 * energy.sum()
    for utterance in truth(script).utterances:
        stretch = signals[:, round(utterance.start * 16_000) : round(utterance.end * 16_000)]
        loudness = np.sqrt((stretch**2).mean(axis=1))
        own = script.parties.index(utterance.party.value)
        assert all(loudness[own] > 20 * other for n, other in enumerate(loudness) if n != own)


@pytest.mark.parametrize("script", CALLS)
def test_expected_outcomes_are_what_the_script_says_to_the_letter(script: make_samples.Script) -> None:
    for wanted in expected(script)["keyword_sets"]:
        keyword_set = keyword_sets()[wanted["id"]]
        letters = {rule.id: outcome_by_the_letter(rule, keyword_set, truth(script)) for rule in keyword_set.rules}
        assert wanted["outcomes"] == letters
        assert wanted["version"] == keyword_set.version


@pytest.mark.parametrize("script", CALLS)
def test_expected_seconds_lie_in_the_sentence_with_the_wording(script: make_samples.Script) -> None:
    heard_at = dict(expected(script)["heard_at"])
    for wanted in expected(script)["keyword_sets"]:
        keyword_set = keyword_sets()[wanted["id"]]
        for rule in keyword_set.rules:
            sentences = said(rule, keyword_set, truth(script))
            at = heard_at.pop(rule.id, None)
            assert (at is None) == (not sentences), rule.id
            assert at is None or any(one.start - 0.1 <= at <= one.end for one in sentences), rule.id
    assert heard_at == {}


@pytest.mark.parametrize("script", CALLS)
def test_the_script_itself_evaluates_to_the_expected_result(script: make_samples.Script) -> None:
    for wanted in expected(script)["keyword_sets"]:
        found = evaluate(keyword_sets()[wanted["id"]], truth(script), queue=known(script)["queue"])
        assert {finding.rule_id: finding.outcome for finding in found.findings} == wanted["outcomes"]
        assert (found.score, found.passed) == (wanted["score"], wanted["passed"])
        starts = {finding.rule_id: finding.evidence.start for finding in found.findings if finding.evidence}
        for rule, second in expected(script)["heard_at"].items():
            assert starts[rule] == pytest.approx(second, abs=HEARD_WITHIN_SECONDS), rule


@pytest.mark.parametrize("script", CALLS)
def test_only_the_call_about_dead_air_has_any(script: make_samples.Script) -> None:
    silent = speech_metrics(truth(script)).dead_air_seconds
    least = expected(script).get("dead_air_seconds_at_least")
    assert silent == 0 if least is None else least <= silent <= least + 5


@pytest.mark.parametrize("script", CALLS)
def test_a_call_is_held_against_the_keyword_sets_of_its_queue(script: make_samples.Script) -> None:
    agents, queues = people()
    sets = tuple(one["id"] for one in expected(script)["keyword_sets"])
    assert queues[known(script)["queue"]].keyword_sets == sets
    assert known(script)["queue"] in agents[known(script)["agent"]].queues


def facts_of(script: make_samples.Script) -> CallerFacts:
    return caller_facts(truth(script), region="US", caller_number=known(script)["caller_number"])


def with_joined(script: make_samples.Script) -> list[make_samples.Script]:
    """All samples whose message is in the same task."""
    first = expected(script).get("joined_to") or script.name
    voicemails = [one for one in SCRIPTS if one.kind == "voicemail"]
    return [one for one in voicemails if first in {one.name, expected(one)["joined_to"]}]


@pytest.mark.parametrize("script", [one for one in VOICEMAILS if "noise" not in str(one.id)])
def test_the_script_of_a_voicemail_yields_the_expected_facts(script: make_samples.Script) -> None:
    wanted = expected(script)
    facts = facts_of(script)
    assert (facts.callback_number and facts.callback_number.value) == wanted["callback_number"]
    assert (facts.caller_name and facts.caller_name.value) == wanted["caller_name"]
    assert (
        urgency_of([TaskMessage(one.name, "", NOON, facts=facts_of(one)) for one in with_joined(script)])
        == (wanted["urgency"])
    )
    assert facts.reason is not None
    assert all(word in (facts.reason.value or "").lower() for word in wanted["reason_contains"])


@pytest.mark.parametrize("script", VOICEMAILS)
def test_a_voicemail_has_one_colleague_who_can_take_it_whatever_the_order(script: make_samples.Script) -> None:
    agents, queues = people()
    queue = queues[known(script)["queue"]]
    wanted = expected(script)["agent"]
    needs = Needs(language=known(script)["language"], skills=queue.skills, queue=queue.id)
    able = [
        agent.id
        for agent in agents.values()
        if takes_offers(agent, NOON) and "en" in agent.languages and set(queue.skills) <= set(agent.skills)
    ]
    choice = choose_agent(needs, list(agents.values()), board=Board(), at=NOON)
    assert choice is not None
    assert able == [choice.agent_id]
    assert wanted in {choice.agent_id, None}
    assert (wanted is None) == (expected(script)["disposition"] == "no_message")


def test_nobody_gets_more_voicemails_than_they_can_hold() -> None:
    agents, _ = people()
    wanted = [expected(script)["agent"] for script in SCRIPTS if script.kind == "voicemail"]
    assert all(wanted.count(agent.id) <= agent.capacity for agent in agents.values())


@pytest.mark.parametrize("script", [one for one in VOICEMAILS if "noise" in str(one.id)])
def test_the_speech_detector_hears_nobody_in_noise(script: make_samples.Script, tmp_path: Path) -> None:
    (signal,) = load_decoder().decode(script.audio, tmp_path).signals
    assert signal.any()
    assert load_detector().detect(signal) == ()


def test_a_voicemail_joins_the_earlier_one_of_the_same_telephone_and_queue() -> None:
    first: dict[tuple[str, str], str] = {}
    for script in SCRIPTS:
        if script.kind == "voicemail" and known(script)["caller_number"]:
            caller = known(script)["caller_number"], known(script)["queue"]
            earlier = first.setdefault(caller, script.name)
            assert expected(script)["joined_to"] == (None if earlier == script.name else earlier)
    assert any(expected(script).get("joined_to") for script in SCRIPTS)
