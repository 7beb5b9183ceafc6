"""Checks a keyword set completely: its form, its names, and whether its examples behave."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from voiceops.analysis.evaluate import PreparedKeywordSet, outcome_of_sentence, prepare
from voiceops.analysis.keyword_set_document import invalid, read_with_report
from voiceops.analysis.keyword_set_report import Path
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation, KeywordSet, Rule
from voiceops.errors import BadInput, InvalidDocument, Problem

_NO_LINES: Mapping[Path, int] = {}


@dataclass(frozen=True)
class KeywordSetCheck:
    """What is wrong with a file that should be a keyword set, or the keyword set where nothing is."""

    file: str
    keyword_set: KeywordSet | None = None
    problems: tuple[Problem, ...] = ()


def report_on_keyword_set(read: Callable[[], str], *, file: str) -> KeywordSetCheck:
    """The report on what `read` gives; a file that cannot be read is one problem without a line."""
    try:
        return KeywordSetCheck(file, check_keyword_set(read(), record=file))
    except InvalidDocument as error:
        return KeywordSetCheck(file, problems=tuple(error.problems))
    except BadInput as error:
        return KeywordSetCheck(file, problems=(Problem(None, str(error)),))


def write_check(check: KeywordSetCheck) -> dict[str, Any]:
    """The JSON form of a report, as the command line and the API give it."""
    one = check.keyword_set
    return {
        "file": check.file,
        "keyword_set": one and {"id": one.id, "version": one.version, "rules": len(one.rules)},
        "problems": [{"line": problem.line, "problem": problem.sentence} for problem in check.problems],
    }


def check_keyword_set(text: str, *, record: str) -> KeywordSet:
    """The keyword set that `text` describes, its examples tried; `record` names the file in errors.

    Raises InvalidDocument with every problem in the order of lines. Examples are tried only where
    everything else is right.
    """
    keyword_set, report = read_with_report(text)
    if keyword_set is not None and not report.problems:
        report.problems.extend(check_examples(keyword_set, report.lines))
    if keyword_set is None or report.problems:
        raise invalid(report, record=record)
    return keyword_set


def check_examples(keyword_set: KeywordSet, lines: Mapping[Path, int] = _NO_LINES) -> tuple[Problem, ...]:
    """Every example that does not behave. A `match` must be found; a `no_match` may be anything else.

    `lines` is what `read_with_report` noted; without it the problems have no line.
    """
    prepared = prepare(keyword_set)
    return tuple(
        problem
        for position, rule in enumerate(keyword_set.rules)
        for problem in _rule_problems(rule, prepared, ("rules", position, "examples"), lines)
    )


def _rule_problems(
    rule: Rule, prepared: PreparedKeywordSet, path: Path, lines: Mapping[Path, int]
) -> Iterator[Problem]:
    found = Outcome.VIOLATED if rule.expect is Expectation.FORBIDDEN else Outcome.MET
    for key, sentences in (("match", rule.examples.match), ("no_match", rule.examples.no_match)):
        for place, sentence in enumerate(sentences):
            outcome = outcome_of_sentence(rule, prepared, sentence)
            if (outcome is found) != (key == "match"):
                yield Problem(lines.get((*path, key, place)), _sentence(rule, sentence, outcome, key))


def _sentence(rule: Rule, example: str, outcome: Outcome, key: str) -> str:
    if key == "match":
        return (
            f'"{example}" should match rule `{rule.id}` and is {outcome}; '
            "add a variant that is closer to it, or correct the example."
        )
    return (
        f'"{example}" must not match rule `{rule.id}` and is {outcome}; '
        "make the variants longer, add it under `never`, or correct the example."
    )
