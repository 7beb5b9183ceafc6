"""`voiceops models`: which recognition models are on this machine, and how to bring one here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from voiceops.cli.console import ERR, OUT, existing_file, print_json
from voiceops.engines import default_model_dir
from voiceops.engines.convert_checkpoint import convert_checkpoint, converted_folder
from voiceops.engines.whisper_checkpoints import (
    Checkpoint,
    begun_bytes,
    checkpoint_named,
    is_whole,
    published_checkpoints,
    take_blocks,
    take_file,
)
from voiceops.errors import MissingPart, Unavailable
from voiceops.settings import Settings

models = typer.Typer(no_args_is_help=True, help="Recognition models: list, fetch, verify, import, convert.")

Name = Annotated[str, typer.Argument(help="A model's name, such as turbo or large-v3.")]


@models.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List the models that there are, and which are here.

    Example: voiceops models list
    """
    rows = [_row(name, one) for name, one in published_checkpoints().items()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        here = f"{row['mebibytes']} MiB" if row["mebibytes"] is not None else "not here"
        also = "  converted for faster-whisper" if row["converted"] else ""
        OUT.print(f"{row['name']:<18}{here:>12}{also}", highlight=False)
    OUT.print(f"in {_folder()}", highlight=False, soft_wrap=True)


@models.command()
def verify(name: Annotated[str | None, typer.Argument(help="One model; none: all that are here.")] = None) -> None:
    """Compare models with their published SHA-256. Ends with 1 if one is damaged.

    Example: voiceops models verify turbo
    """
    wanted = [checkpoint_named(name)] if name else list(published_checkpoints().values())
    paths = {_path(one): one for one in wanted}
    if name and not _path(wanted[0]).is_file():
        raise _missing(wanted[0])
    damaged = False
    for path, one in paths.items():
        if path.is_file():
            whole = is_whole(path, one.sha256)
            damaged |= not whole
            OUT.print(f"{path.name}: {'whole' if whole else 'DAMAGED, fetch or import it again'}", highlight=False)
    raise typer.Exit(int(damaged))


@models.command("import")
def import_model(file: Annotated[Path, typer.Argument(help="A checkpoint brought from another machine.")]) -> None:
    """Copy a published model from a file, which may have any name; its SHA-256 tells what it is.

    Example: voiceops models import /media/stick/large-v3-turbo.pt
    """
    OUT.print(f"{take_file(existing_file(file), _folder())}", highlight=False, soft_wrap=True)


@models.command()
def fetch(name: Name) -> None:
    """Download a published model and verify it. One that broke off goes on where it stopped.

    Example: voiceops models fetch turbo
    """
    checkpoint = checkpoint_named(name)
    try:
        path = _downloaded(checkpoint, begun_bytes(checkpoint, _folder()))
    except httpx.HTTPError as error:
        raise Unavailable(
            f"The model could not be downloaded ({type(error).__name__}).",
            record=checkpoint.url,
            next_step="Try again: it goes on where it stopped. Or download it on another machine and use: "
            "voiceops models import FILE",
        ) from error
    OUT.print(f"{path}", highlight=False, soft_wrap=True)


@models.command()
def convert(name: Annotated[str, typer.Argument(help="A model's name, or a checkpoint's path.")]) -> None:
    """Write a model in the form that faster-whisper reads, beside the model itself.

    Example: voiceops models convert turbo
    """
    path = Path(name) if Path(name).is_file() else _path(checkpoint_named(name))
    if not path.is_file():
        raise _missing(checkpoint_named(name))
    OUT.print(f"{convert_checkpoint(path)}", highlight=False, soft_wrap=True)


def _downloaded(checkpoint: Checkpoint, begun: int) -> Path:
    """Ask for what is missing; a server that knows no such request sends all of it again."""
    asked = {"Range": f"bytes={begun}-"} if begun else {}
    with (
        httpx.stream("GET", checkpoint.url, headers=asked, follow_redirects=True, timeout=60) as response,
        Progress(TextColumn(checkpoint.name), BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=ERR) as bar,
    ):
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return _downloaded(checkpoint, 0)
        response.raise_for_status()
        goes_on = response.status_code == httpx.codes.PARTIAL_CONTENT
        here = begun if goes_on else 0
        task = bar.add_task("", completed=here, total=here + int(response.headers.get("Content-Length", 0)) or None)
        return take_blocks(_counted(response, bar, task), checkpoint, _folder(), goes_on=goes_on)


def _counted(response: httpx.Response, bar: Progress, task: TaskID) -> Iterator[bytes]:
    for block in response.iter_bytes():
        bar.advance(task, len(block))
        yield block


def _row(name: str, checkpoint: Checkpoint) -> dict[str, object]:
    path = _path(checkpoint)
    size = path.stat().st_size >> 20 if path.is_file() else None
    return {
        "name": name,
        "path": str(path),
        "mebibytes": size,
        "sha256": checkpoint.sha256,
        "converted": converted_folder(path).is_dir(),
    }


def _path(checkpoint: Checkpoint) -> Path:
    return _folder() / checkpoint.file_name


def _folder() -> Path:
    return Settings().model_dir or default_model_dir()


def _missing(checkpoint: Checkpoint) -> MissingPart:
    return MissingPart(
        "This model is not here.",
        record=checkpoint.name,
        next_step=f"Run: voiceops models fetch {checkpoint.name}, or voiceops models import FILE",
    )
