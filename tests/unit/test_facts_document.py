"""Caller facts as a document and back."""

import json
from datetime import UTC, datetime

import pytest

from voiceops.analysis.facts_document import read_caller_facts, write_caller_facts
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.errors import InvalidDocument

FULL = CallerFacts(
    urgency=UrgencyFact(Urgency.HIGH, 'The caller said "urgent".'),
    callback_number=Fact("+12125550123", "two one two …", 0.88, 1.5, 4.25),
    caller_name=Fact("Ann Lee", "ann lee", 0.95, 0.5, 1.0),
    company=Fact("Acme", "acme", 0.8),
    reference=Fact("AB-12", "a b dash one two", 0.85, 5.0, 6.0),
    reason=Fact("my bill is wrong", "my bill is wrong", 0.8, 6.0, 8.0),
    asked_for=Fact("Tom", "tom", 0.9),
    wanted_at=Fact(datetime(2026, 3, 5, 17, tzinfo=UTC), "after five", 0.85, 8.0, 9.0),
    extension=Fact("12", "one two", 0.8),
)


def test_facts_survive_being_written_as_json_and_read_again() -> None:
    assert read_caller_facts(json.loads(json.dumps(write_caller_facts(FULL)))) == FULL


def test_facts_that_nobody_mentioned_are_written_as_null_and_read_as_none() -> None:
    silent = CallerFacts(urgency=UrgencyFact(Urgency.NORMAL, "Nothing said."))
    document = write_caller_facts(silent)
    assert {name for name, value in document.items() if value is None} == set(document) - {"urgency"}
    assert read_caller_facts(document) == silent


def test_the_callback_number_is_named_e164_and_may_be_null_inside() -> None:
    facts = CallerFacts(FULL.urgency, callback_number=Fact(None, "five five five", 0.2, 1.0, 2.0))
    assert write_caller_facts(facts)["callback_number"] == {
        "e164": None,
        "spoken": "five five five",
        "confidence": 0.2,
        "start": 1.0,
        "end": 2.0,
    }
    assert read_caller_facts(write_caller_facts(facts)) == facts


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"urgency": {"value": "panic", "why": ""}},
        {"urgency": {"value": "low", "why": ""}, "reason": "text"},
        {"urgency": {"value": "low", "why": ""}, "wanted_at": {"value": "soon", "spoken": "", "confidence": 1}},
        {"urgency": {"value": "low", "why": ""}, "reason": {"value": 7, "spoken": "", "confidence": 1}},
    ],
)
def test_a_document_of_another_form_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(InvalidDocument):
        read_caller_facts(broken)
