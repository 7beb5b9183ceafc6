"""Caller facts as the plain document that `voiceops facts` prints and the database keeps, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.errors import InvalidDocument, Problem

_TEXT_FACTS = ("caller_name", "company", "reference", "reason", "topic", "asked_for", "extension")


def write_caller_facts(facts: CallerFacts) -> dict[str, object]:
    """The document; what is not known is None. Instants are ISO 8601 with their offset."""
    document: dict[str, object] = {"callback_number": _write(facts.callback_number, "e164")}
    for name in _TEXT_FACTS:
        document[name] = _write(getattr(facts, name), "value")
    document["urgency"] = {"value": facts.urgency.value.value, "why": facts.urgency.why}
    wanted = _write(facts.wanted_at, "value")
    if wanted is not None and isinstance(wanted["value"], datetime):
        wanted["value"] = wanted["value"].isoformat()
    document["wanted_at"] = wanted
    return document


def read_caller_facts(document: Mapping[str, object]) -> CallerFacts:
    """Caller facts from a document that `write_caller_facts` wrote. Raises InvalidDocument."""
    try:
        urgency = _part(document["urgency"])
        return CallerFacts(
            urgency=UrgencyFact(Urgency(urgency["value"]), str(urgency["why"])),
            callback_number=_read(document.get("callback_number"), "e164"),
            wanted_at=_read_instant(document.get("wanted_at")),
            **{name: _read(document.get(name), "value") for name in _TEXT_FACTS},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidDocument(
            [Problem(None, f"The caller facts do not have their form ({error}).")],
            record="caller facts",
            next_step="Analyse the voicemail again to write them anew.",
        ) from error


def _write(fact: Fact[Any] | None, key: str) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        key: fact.value,
        "spoken": fact.spoken,
        "confidence": fact.confidence,
        "start": _milliseconds(fact.start),
        "end": _milliseconds(fact.end),
    }


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _read(written: object, key: str) -> Fact[str] | None:
    if written is None:
        return None
    part = _part(written)
    value = part[key]
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{key} is not text")
    return Fact(value, str(part["spoken"]), float(part["confidence"]), _seconds(part, "start"), _seconds(part, "end"))


def _read_instant(written: object) -> Fact[datetime] | None:
    fact = _read(written, "value")
    if fact is None:
        return None
    instant = None if fact.value is None else datetime.fromisoformat(fact.value)
    return Fact(instant, fact.spoken, fact.confidence, fact.start, fact.end)


def _seconds(part: Mapping[str, Any], key: str) -> float | None:
    value = part.get(key)
    return None if value is None else float(value)


def _part(written: object) -> Mapping[str, Any]:
    if not isinstance(written, Mapping):
        raise TypeError("a fact is not an object")
    return written
