"""How often caller facts are right on written voicemails with known truth, per language.

Run: python -m benchmarks.bench_messages [--half development|fresh|blind|wider|sealed] [--show LANGUAGE]

The messages in benchmarks/messages were written without looking at the extraction. A field left out of a truth was
not said; a list holds every answer that a person would accept.
"""

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.facts_document import write_caller_facts
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

MESSAGES = Path(__file__).parent / "messages"
FIELDS = ("callback_number", "caller_name", "company", "reference", "wanted_at", "asked_for")
CERTAIN = 0.9
SECONDS_PER_WORD = 0.4

Message = Mapping[str, Any]


def main() -> None:
    """Prints the figures of every language, or the wrong facts of one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", default="fresh")
    parser.add_argument("--show", help="print the wrong facts of this language")
    given = parser.parse_args()
    for path in sorted(MESSAGES.glob(f"{given.half}-*.yaml")):
        document = yaml.safe_load(path.read_text("utf-8"))
        language = document["language"]
        if given.show and language != given.show:
            continue
        counts: Counter[str] = Counter()
        for message in document["messages"]:
            for field, verdict, line in judge(message, language):
                counts[f"{field} {verdict}"] += 1
                if given.show and verdict in {"wrong", "not found", "made up"}:
                    print(f"   {field:15} {verdict:9} | {line} | {message['text']}")
        _print(language, len(document["messages"]), counts)


def judge(message: Message, language: str) -> Iterator[tuple[str, str, str]]:
    """Every field of a message with its verdict, and the expected and found values to show."""
    found = facts_of(message, language)
    for field in FIELDS:
        expected = _accepted(message["truth"].get(field), field)
        fact = found[field] or {}
        value = _comparable(fact.get("e164", fact.get("value")), field)
        verdict = _verdict(expected, value)
        if field == "callback_number" and verdict in {"wrong", "made up"}:
            if value == message["caller_number"] and expected == {None}:
                verdict = "calling number"  # no number was spoken whole: calling this one back misleads nobody
            elif fact["confidence"] >= CERTAIN:
                yield field, "wrong and certain", ""
        yield field, verdict, f"{expected} {value}"
    expected = _accepted(message["truth"].get("urgency", "normal"), "urgency")
    value = _comparable(found["urgency"]["value"], "urgency")
    yield "urgency", "right" if value in expected else "wrong", f"{expected} {value}"


def facts_of(message: Message, language: str) -> dict[str, Any]:
    """The caller facts of the message as the plain document that people and programs get."""
    text = message["text"]
    seconds = SECONDS_PER_WORD * len(text.split())
    facts = caller_facts(
        Transcript(language, seconds, (Utterance(Party.CALLER, 0.0, seconds, text),)),
        region=message["region"],
        received_at=datetime.fromisoformat(message["received_at"]),
        caller_number=message["caller_number"],
    )
    return write_caller_facts(facts)


def _verdict(expected: set[str | None], value: str | None) -> str:
    if value in expected:
        return "unsaid" if None in expected else "right"
    if value is None:
        return "not found"
    return "made up" if expected == {None} else "wrong"


def _accepted(truth: str | list[str | None] | None, field: str) -> set[str | None]:
    return {_comparable(one, field) for one in (truth if isinstance(truth, list) else [truth])}


def _comparable(value: str | None, field: str) -> str | None:
    """Instants in UTC, numbers as they are; all else without case, marks and the script of its digits."""
    if value is None or field == "callback_number":
        return value
    if field == "wanted_at":
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    letters = unicodedata.normalize("NFC", value).casefold()
    return "".join(str(unicodedata.digit(sign, sign)) for sign in letters if sign.isalnum()) or None


def _print(language: str, messages: int, counts: Counter[str]) -> None:
    print(f"{language}  {messages} messages")
    for field in (*FIELDS, "urgency"):
        right, wrong, lost, invented = (counts[f"{field} {v}"] for v in ("right", "wrong", "not found", "made up"))
        spoken = right + wrong + lost
        line = f"   {field:15} right {right:3}/{spoken:3} ({100 * right / max(1, spoken):5.1f} %)  wrong {wrong:2}"
        line += "" if field == "urgency" else f"  not found {lost:2}  made up {invented:2}"
        if field == "callback_number":
            line += f"  wrong or made up at {CERTAIN}: {counts[f'{field} wrong and certain']}"
        print(line)


if __name__ == "__main__":
    main()
