"""The `voiceops` command: one module per command, errors as one sentence and status 2."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from voiceops import __version__
from voiceops.cli.agents import agents
from voiceops.cli.demo import demo
from voiceops.cli.doctor import doctor
from voiceops.cli.evaluate import evaluate
from voiceops.cli.facts import facts
from voiceops.cli.ingest import ingest
from voiceops.cli.keywords import keywords
from voiceops.cli.probe import probe
from voiceops.cli.serve import serve
from voiceops.cli.tasks import tasks
from voiceops.cli.transcribe import transcribe
from voiceops.cli.up import up
from voiceops.cli.worker import worker
from voiceops.errors import VoiceOpsError

app = typer.Typer(
    name="voiceops",
    help="Recorded calls become compliance verdicts, voicemails become callback tasks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  Typer calls it with one positional flag
    if wanted:
        typer.echo(f"voiceops {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Recorded calls become compliance verdicts, voicemails become callback tasks."""


for command in (up, demo, serve, worker, ingest, transcribe, probe, evaluate, facts, doctor):
    app.command(no_args_is_help=command in {ingest, transcribe, probe, worker})(command)
app.add_typer(keywords, name="keywords")
app.add_typer(tasks, name="tasks")
app.add_typer(agents, name="agents")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; the console script and `python -m voiceops` start here.

    `arguments` None means the process's own. Ends by SystemExit with the status.
    """
    try:
        app(arguments)
    except VoiceOpsError as error:
        typer.echo(f"voiceops: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has read enough.
        sys.stderr.close()
        sys.exit(0)
