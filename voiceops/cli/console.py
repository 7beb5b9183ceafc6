"""How commands read their files and print their results."""

import json
import sys
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import structlog
import typer
from rich.console import Console

from voiceops.errors import BadInput

# In the access log: whoever may run a command on the machine itself.
COMMAND_LINE = "command line"

# Tables and sentences for people; results for scripts are printed plainly on stdout.
# Neither reads marks such as [red]: what people said and how files are called may look like one.
OUT = Console(markup=False, emoji=False)
ERR = Console(stderr=True, markup=False, emoji=False)


def log_to_stderr() -> None:
    """Such as that a queue does not answer: stdout is for the result."""
    structlog.configure(logger_factory=lambda *_: structlog.WriteLogger(sys.stderr))


def print_json(document: object, *, one_line: bool = False) -> None:
    """One JSON document on stdout."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=None if one_line else 2))


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises BadInput with a sentence if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def read_text(path: Path) -> str:
    """A file's text. Raises BadInput if it cannot be read or is not UTF-8."""
    try:
        return read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            "The file is not text in UTF-8.", record=str(path), next_step="Save it as UTF-8 and try again."
        ) from error


def existing_file(path: Path) -> Path:
    """The path, if it is a file that can be read. Raises BadInput."""
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise _unreadable(path, error) from error


def transcripts_in(folder: Path) -> list[Path]:
    """Every *.json of a folder, by name. Raises BadInput if there is none."""
    found = sorted(folder.glob("*.json"))
    if not found:
        raise BadInput(
            "There is no *.json in this folder.", record=str(folder), next_step="Name a folder of transcripts."
        )
    return found


def read_instant(text: str, *, option: str, zone: tzinfo | None = UTC) -> datetime:
    """An instant in ISO 8601; one written without a zone is in `zone`, or stays without for None. Raises BadInput."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"“{text}” is not a time.", record=option, next_step="Write it like 2026-03-05T14:30:00+01:00."
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def split_names(text: str) -> tuple[str, ...]:
    """Names separated by commas; "" is none."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _unreadable(path: Path, error: OSError) -> BadInput:
    reason = {
        "FileNotFoundError": "There is no such file.",
        "IsADirectoryError": "This is a folder, not a file.",
        "PermissionError": "You may not read it.",
    }.get(type(error).__name__, f"It cannot be read ({error.strerror}).")
    return BadInput(reason, record=str(path), next_step="Check the path and try again.")
