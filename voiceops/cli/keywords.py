"""`voiceops keywords`: check keyword sets and try them on transcripts, without server or database.

What the group does with stored versions is in `keyword_versions`.
"""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.check_keyword_set import (
    KeywordSetCheck,
    check_keyword_set,
    report_on_keyword_set,
    write_check,
)
from voiceops.analysis.evaluate import evaluate, prepare
from voiceops.analysis.transcript_document import read_transcript
from voiceops.analysis.transcript_text import clock_time
from voiceops.cli.console import OUT, print_json, read_file, read_text, transcripts_in
from voiceops.cli.keyword_versions import activate, cancel, progress, upload, what_if
from voiceops.domain.finding import Evaluation

keywords = typer.Typer(help="Check keyword sets, try them, and take versions into use.", no_args_is_help=True)
for command in (upload, what_if, activate, progress, cancel):
    keywords.command(no_args_is_help=True)(command)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@keywords.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Keyword sets (YAML).")],
    as_json: AsJson = False,
) -> None:
    """Check keyword sets: form, names, phrases, and that their examples behave.

    Example: voiceops keywords check keyword_sets/*.yaml
    """
    results = [report_on_keyword_set(partial(read_text, path), file=str(path)) for path in files]
    if as_json:
        print_json([write_check(result) for result in results])
    else:
        for result in results:
            _show_check(result)
    if any(result.problems for result in results):
        raise typer.Exit(2)


@keywords.command(name="try")
def try_set(
    file: Annotated[Path, typer.Argument(help="A keyword set (YAML).")],
    transcripts: Annotated[Path, typer.Option(help="A folder of transcripts (JSON).")],
    as_json: AsJson = False,
) -> None:
    """Show what a keyword set finds in a folder of transcripts.

    Example: voiceops keywords try service-call-en.yaml --transcripts transcripts/
    """
    keyword_set = prepare(check_keyword_set(read_text(file), record=str(file)))
    evaluations = {
        path.name: evaluate(keyword_set, read_transcript(read_file(path), record=str(path)))
        for path in transcripts_in(transcripts)
    }
    if as_json:
        print_json({rule.id: _counts(rule.id, evaluations) for rule in keyword_set.keyword_set.rules})
        return
    for rule in keyword_set.keyword_set.rules:
        _show_rule(f"{rule.id}: {rule.title}", rule.id, evaluations)


def _show_check(result: KeywordSetCheck) -> None:
    one = result.keyword_set
    if one is not None:
        typer.echo(f"{result.file}: fine ({one.id} version {one.version}, {len(one.rules)} rules)")
    for problem in result.problems:
        place = f"{result.file}:{problem.line}" if problem.line else result.file
        typer.echo(f"{place}: {problem.sentence}", err=True)


def _counts(rule_id: str, evaluations: dict[str, Evaluation]) -> dict[str, int]:
    outcomes = Counter(
        finding.outcome.value
        for evaluation in evaluations.values()
        for finding in evaluation.findings
        if finding.rule_id == rule_id
    )
    return dict(outcomes)


def _show_rule(title: str, rule_id: str, evaluations: dict[str, Evaluation]) -> None:
    counts = ", ".join(f"{outcome} {count}" for outcome, count in _counts(rule_id, evaluations).items())
    table = Table(title=f"{title} ({counts})", title_justify="left")
    for heading in ("transcript", "outcome", "at", "words", "similarity"):
        table.add_column(heading)
    for name, evaluation in evaluations.items():
        for finding in evaluation.findings:
            if finding.rule_id == rule_id:
                heard = finding.evidence
                cells = (clock_time(heard.start), heard.words, f"{heard.similarity:.0f}") if heard else ("", "", "")
                table.add_row(name, finding.outcome.value, *cells)
    OUT.print(table)
