"""The `voiceops` command: one module per command, errors as one sentence and status 2."""

import importlib
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from voiceops import __version__
from voiceops.errors import VoiceOpsError

# Each is a module of this package and, in it, the function or group of the same name.
COMMANDS = (
    "up", "demo", "serve", "worker", "ingest", "transcribe", "probe", "evaluate", "facts",
    "keywords", "reviews", "tasks", "agents", "queues", "owners", "users", "sessions", "tokens", "access", "notices",
    "models", "doctor", "retention", "holds", "erase", "erasures", "originals", "redact", "backup", "restore",
)  # fmt: skip


def build_app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The command line with these commands; only their modules are imported."""
    app = typer.Typer(
        name="voiceops", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich", callback=_start
    )
    for name in names:
        command = getattr(importlib.import_module(f"voiceops.cli.{name}"), name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; the console script and `python -m voiceops` start here.

    `arguments` None means the process's own. Ends by SystemExit with the status. Importing only
    the command that is wanted saves a second where a script runs many.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    wanted = words[:1] if words and words[0] in COMMANDS else COMMANDS
    try:
        build_app(wanted)(words)
    except VoiceOpsError as error:
        typer.echo(f"voiceops: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has read enough.
        sys.stderr.close()
        sys.exit(0)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  Typer calls it with one positional flag
    if wanted:
        typer.echo(f"voiceops {__version__}")
        raise typer.Exit


def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Recorded calls become compliance verdicts, voicemails become callback tasks."""
