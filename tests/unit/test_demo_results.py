"""The demo's judgement and its words: what counts as expected, and how due times read."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from voiceops.cli.demo_compare import differences
from voiceops.cli.demo_run import Outcome
from voiceops.cli.demo_samples import Sample, read_samples
from voiceops.cli.demo_tables import table_of_calls
from voiceops.domain.transcript import Span
from voiceops.shipped import shipped_folder

A_CALL: Mapping[str, Any] = {
    "keyword_sets": [{"id": "s", "version": 1, "score": 70.0, "passed": False, "outcomes": {"notice": "missed"}}],
    "heard_at": {"notice": 41.9},
    "dead_air_seconds_at_least": 20.0,
    "cannot": None,
}
A_VOICEMAIL: Mapping[str, Any] = {
    "callback_number": "+19175550198",
    "caller_name": "Mary Johnson",
    "urgency": "high",
    "reason_contains": ["heating"],
    "agent": "anna",
    "disposition": None,
    "joined_to": "05-same-caller",
    "cannot": None,
}


def a_sample(expected: Mapping[str, Any]) -> Sample:
    return Sample("calls/x.wav", Path("x.wav"), {}, expected)


def a_call(*, start: float | None = 41.0, result: str = "missed", score: float = 70.0, silent: float = 22.0) -> Outcome:
    finding = {"rule": "notice", "outcome": result, "start": start}
    evaluation = {"keyword_set": {"id": "s", "version": 1}, "score": score, "passed": False, "findings": [finding]}
    recording = {"state": "analysed", "kind": "call", "failure": None}
    return Outcome(a_sample(A_CALL), recording, [evaluation], [Span(10.0, 10.0 + silent)])


def a_voicemail(*, joined_to: str | None = "voicemails/05-same-caller.flac", **changes: object) -> Outcome:
    facts = {
        "callback_number": {"e164": "+19175550198"},
        "caller_name": {"value": "Mary Johnson"},
        "reason": {"value": "My heating is out"},
    }
    task = {"facts": facts, "urgency": "high", "agent_id": "anna", "disposition": None} | changes
    recording = {"state": "analysed", "kind": "voicemail", "failure": None}
    return Outcome(a_sample(A_VOICEMAIL), recording, task=task, joined_to=joined_to)


def test_a_chance_word_is_not_shown_as_the_nearest_candidate() -> None:
    call = a_call()
    finding = call.evaluations[0]["findings"][0]
    for similarity, shown in ((0.2, "nothing like it was said"), (61.0, "“this call” at 0:41 (61 % alike)")):
        finding.update(words="this call", similarity=similarity)
        paper = Console(width=200, file=StringIO(), record=True)
        paper.print(table_of_calls([call], {}))
        assert shown in paper.export_text()


def test_results_as_expected_have_no_differences() -> None:
    assert differences(a_call()) == []
    assert differences(a_voicemail()) == []


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (a_call(result="met"), "notice is met, expected missed"),
        (a_call(score=100.0), "score is 100.0, expected 70.0"),
        (a_call(start=44.0), "notice was heard at 44.0 s, expected near 41.9 s"),
        (a_call(start=None), "notice was heard at None s"),
        (a_call(silent=19.0), "dead air is 19.0 s, expected at least 20.0 s"),
        (a_voicemail(urgency="normal"), "urgency is normal, expected high"),
        (a_voicemail(joined_to=None), "joined to is nothing, expected 05-same-caller"),
        (a_voicemail(agent_id=None), "agent is nothing, expected anna"),
        (a_voicemail(disposition="no_message"), "disposition is no_message, expected nothing"),
        (a_voicemail(facts=None), "callback number is nothing, expected +19175550198"),
        (a_voicemail(facts=None), "expected “heating” in it"),
    ],
)
def test_a_difference_is_said_with_both_sides(outcome: Outcome, sentence: str) -> None:
    assert any(sentence in fault for fault in differences(outcome))


def test_a_recording_that_failed_is_a_difference_with_its_reason() -> None:
    failed = Outcome(a_sample(A_CALL), {"state": "failed", "kind": "call", "failure": "It is empty."})
    assert differences(failed) == ["calls/x.wav is failed: It is empty."]


def test_every_shipped_sample_has_its_audio_its_script_and_its_expected_result() -> None:
    samples = read_samples(shipped_folder("samples"))
    assert sum(sample.fields["kind"] == "call" for sample in samples) >= 6
    assert sum(sample.fields["kind"] == "voicemail" for sample in samples) >= 6
    assert all(sample.audio.stat().st_size > 0 for sample in samples)
