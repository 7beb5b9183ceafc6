"""Compares what came out of a sample with what its expected.json says; its form is in samples/README.md."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from voiceops.cli.demo_run import Outcome

HEARD_WITHIN_SECONDS = 2.0


def differences(outcome: Outcome) -> list[str]:
    """A sentence for everything that is not as expected; [] where all is."""
    if outcome.recording["state"] != "analysed":
        return [f"{outcome.sample.name} is {outcome.recording['state']}: {outcome.recording['failure']}"]
    compare = _call if outcome.recording["kind"] == "call" else _voicemail
    return [f"{outcome.sample.name}: {fault}" for fault in compare(outcome, outcome.sample.expected)]


def _call(outcome: Outcome, expected: Mapping[str, Any]) -> Iterator[str]:
    found = {one["keyword_set"]["id"]: one for one in outcome.evaluations}
    wanted = {one["id"]: one for one in expected["keyword_sets"]}
    yield from _unlike("keyword sets", sorted(wanted), sorted(found))
    for set_id in wanted.keys() & found.keys():
        evaluation = found[set_id]
        outcomes = {finding["rule"]: finding["outcome"] for finding in evaluation["findings"]}
        yield from _unlike("version", wanted[set_id]["version"], evaluation["keyword_set"]["version"])
        yield from _unlike("score", wanted[set_id]["score"], evaluation["score"])
        yield from _unlike("passed", wanted[set_id]["passed"], evaluation["passed"])
        for rule, result in wanted[set_id]["outcomes"].items():
            yield from _unlike(rule, result, outcomes.get(rule))
    yield from _times(outcome, expected.get("heard_at", {}))
    least = expected.get("dead_air_seconds_at_least", 0.0)
    silent = sum(span.seconds for span in outcome.dead_air)
    if silent < least:
        yield f"dead air is {silent:.1f} s, expected at least {least} s"


def _times(outcome: Outcome, heard_at: Mapping[str, float]) -> Iterator[str]:
    starts = {finding["rule"]: finding["start"] for one in outcome.evaluations for finding in one["findings"]}
    for rule, second in heard_at.items():
        start = starts.get(rule)
        if start is None or abs(start - second) > HEARD_WITHIN_SECONDS:
            yield f"{rule} was heard at {start} s, expected near {second} s"


def _voicemail(outcome: Outcome, expected: Mapping[str, Any]) -> Iterator[str]:
    task = outcome.task
    if task is None:
        yield "it has no callback task"
        return
    facts = task["facts"] or {}
    yield from _unlike("callback number", expected["callback_number"], (facts.get("callback_number") or {}).get("e164"))
    yield from _unlike("caller name", expected["caller_name"], (facts.get("caller_name") or {}).get("value"))
    yield from _unlike("urgency", expected["urgency"], task["urgency"])
    yield from _unlike("agent", expected["agent"], task["agent_id"])
    yield from _unlike("joined to", expected.get("joined_to"), outcome.joined_to and _stem(outcome.joined_to))
    yield from _unlike("disposition", expected["disposition"], task["disposition"])
    reason = (facts.get("reason") or {}).get("value") or ""
    for word in expected["reason_contains"]:
        if word not in reason.lower():
            yield f"the reason is “{reason}”, expected “{word}” in it"


def _stem(sample: str) -> str:
    """A sample's name as the expected results write it: without folder and ending."""
    return PurePosixPath(sample).stem


def _unlike(what: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"{what} is {_words(found)}, expected {_words(expected)}"


def _words(value: object) -> str:
    return "nothing" if value is None else str(value)
