"""`voiceops evaluate`: what a keyword set says about transcripts, without server or database."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.evaluate import PreparedKeywordSet, prepare
from voiceops.analysis.evaluate import evaluate as evaluate_transcript
from voiceops.analysis.finding_document import write_evaluation
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.transcript_document import read_transcript
from voiceops.analysis.transcript_text import clock_time
from voiceops.cli.console import OUT, print_json, read_file, read_text, transcripts_in
from voiceops.domain.finding import Evaluation
from voiceops.errors import BadInput


def evaluate(
    keywords: Annotated[Path, typer.Option(help="A keyword set (YAML).")],
    transcript: Annotated[Path, typer.Option(help="A transcript (JSON), or a folder of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one document per line for a folder.")] = False,
    queue: Annotated[str | None, typer.Option(help="The call-centre queue, for rules that ask for it.")] = None,
) -> None:
    """Evaluate a keyword set over a transcript, or over every transcript in a folder.

    Example: voiceops evaluate --keywords service-call-en.yaml --transcript call.json --json
    """
    keyword_set = prepare(read_keyword_set(read_text(keywords), record=str(keywords)))
    bad = []
    for path in transcripts_in(transcript) if transcript.is_dir() else [transcript]:
        try:
            evaluation = _evaluation(keyword_set, path, queue)
        except BadInput as error:
            # One unreadable transcript must not hide what the others say.
            bad.append(error)
            continue
        if as_json:
            document = {"transcript": str(path), **write_evaluation(evaluation)}
            print_json(document, one_line=transcript.is_dir())
        else:
            _show(path, evaluation)
    for fault in bad:
        typer.echo(f"voiceops: {fault}", err=True)
    if bad:
        raise typer.Exit(2)


def _evaluation(keyword_set: PreparedKeywordSet, path: Path, queue: str | None) -> Evaluation:
    return evaluate_transcript(keyword_set, read_transcript(read_file(path), record=str(path)), queue=queue)


def _show(path: Path, evaluation: Evaluation) -> None:
    verdict = {True: "passed", False: "failed", None: "needs a person"}[evaluation.passed]
    score = "no score" if evaluation.score is None else f"score {evaluation.score:g}"
    table = Table(title=f"{path}: {score}, {verdict}", title_justify="left")
    for heading in ("rule", "outcome", "at", "party", "words", "reason"):
        table.add_column(heading)
    for finding in evaluation.findings:
        evidence = finding.evidence
        heard = (clock_time(evidence.start), evidence.party.value, evidence.words) if evidence else ("", "", "")
        table.add_row(finding.rule_id, finding.outcome.value, *heard, finding.reason)
    OUT.print(table)
