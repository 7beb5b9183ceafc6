"""The JSON Schema and the reader say the same of good and bad documents."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from voiceops.analysis.keyword_set_document import SET_KEYS, read_keyword_set
from voiceops.analysis.keyword_set_rules import RULE_KEYS, WINDOW_KEYS
from voiceops.errors import InvalidDocument

SCHEMA = json.loads((Path(__file__).parents[2] / "keyword_sets" / "schema.json").read_text(encoding="utf-8"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)

GOOD: dict[str, Any] = {
    "format": 1,
    "id": "outbound-sales-en",
    "version": 3,
    "title": "Outbound sales script",
    "language": "en",
    "owner": "compliance team",
    "reason": "The price comes before consent.",
    "keyphrases": {
        "price": ["the price is {number}", "it costs {number}"],
        "recording": {"variants": ["this call is recorded"], "never": ["a recorded message"]},
    },
    "rules": [
        {
            "id": "recording",
            "title": "Says the call is recorded",
            "expect": "required",
            "any_of": ["recording"],
            "party": "agent",
            "window": {"first_seconds": 30},
            "near": {"keyphrase": "price", "within_seconds": 15},
            "strictness": "normal",
            "at_least": 1,
            "applies_if": {"mentioned": "price", "queues": ["retention"], "min_seconds": 30},
            "weight": 3,
            "fatal": True,
            "examples": {"match": ["this call is recorded"], "no_match": ["this call is not recorded"]},
        },
        {"id": "price", "title": "Says the price", "expect": "mention", "keyphrase": "price"},
    ],
}


def changed(place: str, value: object) -> dict[str, Any]:
    """GOOD with the value at a dotted place replaced; None removes it."""
    document = copy.deepcopy(GOOD)
    *way, last = [int(step) if step.isdecimal() else step for step in place.split(".")]
    inner: Any = document
    for step in way:
        inner = inner[step]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return document


def reader_accepts(document: dict[str, Any]) -> bool:
    try:
        read_keyword_set(json.dumps(document, ensure_ascii=False), record="set.json")
    except InvalidDocument:
        return False
    return True


def schema_accepts(document: dict[str, Any]) -> bool:
    return bool(CHECK.is_valid(document))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("version", 1),
        ("language", "hu"),
        ("keyphrases.price", {"variants": ["it costs {number} a month"], "never": []}),
        ("rules.0.examples", None),
        ("rules.0.examples", {}),
        ("rules.0.window", {}),
        ("rules.0.window", {"from_second": 0, "to_second": 30, "after": "price"}),
        ("rules.0.window", {"first_percent": 100, "before": "price"}),
        ("rules.0.applies_if", {}),
        ("rules.0.all_of", ["price"]),
        ("rules.0.none_of", ["price"]),
        ("rules.0.weight", 0),
        ("rules.0.weight", 0.5),
        ("rules.1.fatal", False),
        ("rules.1", {"id": "no-price", "title": "No price", "expect": "required", "none_of": ["price"]}),
        ("rules.1", {"id": "no-price", "title": "No price", "expect": "forbidden", "none_of": ["price"]}),
    ],
)
def test_both_accept(place: str, value: object) -> None:
    document = changed(place, value)
    assert (schema_accepts(document), reader_accepts(document)) == (True, True)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        *[(key, None) for key in GOOD],
        *[(f"rules.0.{key}", None) for key in ("id", "title", "expect", "any_of")],
        *[(f"rules.0.near.{key}", None) for key in ("keyphrase", "within_seconds")],
        ("format", 2),
        ("format", "1"),
        ("version", 0),
        ("version", 1.5),
        ("version", "3"),
        ("version", 10**9),
        ("id", "Outbound Sales"),
        ("id", "sales-"),
        ("title", ""),
        ("title", "  "),
        ("title", 5),
        ("title", "x" * 501),
        ("language", "english"),
        ("language", "EN"),
        ("owners", "me"),
        ("keyphrases", {}),
        ("keyphrases.price", []),
        ("keyphrases.price", "it costs {number}"),
        ("keyphrases.price", [5]),
        ("keyphrases.price", [""]),
        ("keyphrases.price", [True]),
        ("keyphrases.price", {"never": ["no price"]}),
        ("keyphrases.price", {"variants": ["it costs {number}"], "newer": []}),
        ("keyphrases.price", ["it costs {number}"] * 201),
        ("keyphrases.Price", ["it costs {number}"]),
        ("rules", []),
        ("rules", {}),
        ("rules.0", "recording"),
        ("rules.0.partty", "agent"),
        ("rules.0.party", "caller"),
        ("rules.0.expect", "maybe"),
        ("rules.0.strictness", "strickt"),
        ("rules.0.at_least", 0),
        ("rules.0.weight", -1),
        ("rules.0.weight", "3"),
        ("rules.0.fatal", "true"),
        ("rules.0.fatal", 1),
        ("rules.1.fatal", True),
        ("rules.0.any_of", []),
        ("rules.0.any_of", "recording"),
        ("rules.0.keyphrase", "recording"),
        ("rules.0.window", {"first_second": 30}),
        ("rules.0.window", {"first_seconds": 0}),
        ("rules.0.window", {"first_seconds": "30"}),
        ("rules.0.window", {"from_second": -1}),
        ("rules.0.window", {"first_percent": 101}),
        ("rules.0.window", {"first_seconds": 30, "last_seconds": 30}),
        ("rules.0.window", []),
        ("rules.0.near.within_seconds", 0),
        ("rules.0.near", "price"),
        ("rules.0.applies_if.queues", []),
        ("rules.0.applies_if.queue", "retention"),
        ("rules.0.applies_if.min_seconds", -1),
        ("rules.0.examples.match", "this call is recorded"),
        ("rules.0.examples.matches", []),
        ("rules.1", {"id": "no-price", "title": "No price", "expect": "mention", "none_of": ["price"]}),
    ],
)
def test_both_refuse(place: str, value: object) -> None:
    document = changed(place, value)
    assert (schema_accepts(document), reader_accepts(document)) == (False, False)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("language", "qq"),
        ("rules.0.any_of", ["prize"]),
        ("rules.0.near.keyphrase", "prize"),
        ("rules.0.window", {"after": "prize"}),
        ("rules.0.window", {"after": "recording"}),
        ("rules.0.window", {"from_second": 30, "to_second": 20}),
        ("rules.1.id", "recording"),
        ("rules.0.applies_if.mentioned", "prize"),
        ("keyphrases.price", ["ok"]),
        ("keyphrases.price", ["it costs {nummer}"]),
    ],
)
def test_what_a_schema_cannot_say_is_refused_by_the_reader(place: str, value: object) -> None:
    document = changed(place, value)
    assert (schema_accepts(document), reader_accepts(document)) == (True, False)


def test_the_schema_knows_exactly_the_keys_of_the_reader() -> None:
    rule = SCHEMA["$defs"]["rule"]["properties"]
    assert tuple(SCHEMA["properties"]) == SET_KEYS
    assert tuple(rule) == RULE_KEYS
    assert tuple(rule["window"]["properties"]) == WINDOW_KEYS


def test_the_schema_itself_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
