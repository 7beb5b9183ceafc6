"""The demo's results as tables for people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from rich.markup import escape
from rich.table import Table

from voiceops.analysis.due_text import due_text
from voiceops.analysis.transcript_text import clock_time
from voiceops.cli.demo_run import Outcome

# In per cent: below this the nearest candidate is a chance word that would only puzzle people.
LEAST_ALIKE = 1.0
VERDICTS = {True: "[green]pass[/]", False: "[red]fail[/]", None: "[yellow]review[/]"}
MARKS = {
    "met": "[green]met[/]",
    "missed": "[red]missed[/]",
    "refused": "[red]refused[/]",
    "violated": "[red]violated[/]",
    "uncertain": "[yellow]uncertain[/]",
    "not_applicable": "[dim]not applicable[/]",
}


def table_of_calls(outcomes: Sequence[Outcome], titles: Mapping[tuple[str, str], str]) -> Table:
    """One row per call. `titles` names each rule by its keyword set and id."""
    table = Table(title="Calls", expand=True, show_lines=True, title_justify="left")
    table.add_column("call", max_width=24, overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("verdict")
    table.add_column("rules", ratio=1)
    table.add_column("dead air", min_width=8)
    for outcome in outcomes:
        for evaluation in outcome.evaluations:
            table.add_row(*_call_cells(outcome, evaluation, titles))
        if not outcome.evaluations:
            table.add_row(_name(outcome), "", "[red]not evaluated[/]", _state(outcome), "")
    return table


def table_of_tasks(
    outcomes: Sequence[Outcome], zones: Mapping[str, str], agents: Mapping[str, str], now: datetime
) -> Table:
    """One row per voicemail with its task; `zones` holds each queue's time zone, `agents` each agent's name."""
    table = Table(title="Callback tasks", expand=True, show_lines=True, title_justify="left")
    table.add_column("voicemail", max_width=24, overflow="fold")
    table.add_column("caller", min_width=8)
    table.add_column("number", no_wrap=True)
    table.add_column("reason", ratio=2)
    table.add_column("due", min_width=12)
    table.add_column("agent", min_width=10, max_width=18)
    table.add_column("why this agent", ratio=2)
    for outcome in outcomes:
        joined = outcome.joined_to
        voicemail = _name(outcome) + (f"\n[dim]joined {escape(PurePosixPath(joined).stem)}[/]" if joined else "")
        table.add_row(voicemail, *_task_cells(outcome, zones, agents, now))
    return table


def _call_cells(
    outcome: Outcome, evaluation: Mapping[str, Any], titles: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    score = "none" if evaluation["score"] is None else f"{evaluation['score']:.0f}"
    rules = "\n".join(_rule_lines(evaluation, titles))
    dead_air = "\n".join(f"{span.seconds:.0f} s at {clock_time(span.start)}" for span in outcome.dead_air)
    return (_name(outcome), score, VERDICTS[evaluation["passed"]], rules, dead_air or "none")


def _rule_lines(evaluation: Mapping[str, Any], titles: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for finding in evaluation["findings"]:
        title = titles.get((evaluation["keyword_set"]["id"], finding["rule"]), finding["rule"])
        yield f"{MARKS[finding['outcome']]} {escape(title + _evidence(finding))}"


def _evidence(finding: Mapping[str, Any]) -> str:
    if finding["start"] is None:
        return ""
    at = clock_time(finding["start"])
    if finding["outcome"] == "met":
        return f" at {at}"
    if finding["outcome"] == "missed" and finding["similarity"] < LEAST_ALIKE:
        return "; nothing like it was said"
    heard = f"“{finding['words']}” at {at} ({finding['similarity']:.0f} % alike)"
    return f"; nearest: {heard}" if finding["outcome"] == "missed" else f": {heard}"


def _task_cells(
    outcome: Outcome, zones: Mapping[str, str], agents: Mapping[str, str], now: datetime
) -> tuple[str, ...]:
    task = outcome.task
    if task is None:
        return (
            "",
            "",
            f"[red]no task[/] {_state(outcome)}",
            "",
            "",
            "",
        )
    facts = task.get("facts") or {}
    number = facts.get("callback_number") or {}
    zone = zones.get(task["queue"] or "", "UTC")
    due = due_text(datetime.fromisoformat(task["due_at"]), now=now, time_zone=zone).removeprefix("due ")
    urgent = "\n[red]urgent[/]" if task["urgency"] == "high" else ""
    texts = (
        _value(facts, "caller_name") or "not said",
        number.get("e164") or task["caller_number"] or "not known",
        _value(facts, "reason") or task["note"] or "not known",
    )
    assigned = (_agent(task, agents), task["assignment_reason"] or "")
    return (*map(escape, texts), f"{due}{urgent}", *map(escape, assigned))


def _agent(task: Mapping[str, Any], agents: Mapping[str, str]) -> str:
    if task["disposition"]:
        return f"nobody needs to: {task['disposition'].replace('_', ' ')}"
    return agents.get(task["agent_id"] or "", "nobody yet")


def _value(facts: Mapping[str, Any], name: str) -> str:
    fact = facts.get(name) or {}
    return str(fact.get("value") or fact.get("spoken") or "")


def _name(outcome: Outcome) -> str:
    cannot = outcome.sample.cannot
    return escape(outcome.sample.audio.stem) + (f"\n[dim]does not count: {escape(cannot)}[/]" if cannot else "")


def _state(outcome: Outcome) -> str:
    return escape(outcome.recording.get("failure") or outcome.recording["state"])
