"""Whisper's published checkpoints: their names, their digests, and bringing them into the folder of models."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voiceops.errors import BadInput, MissingPart

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class Checkpoint:
    """One published file; several names may mean the same. The digest is SHA-256 in lower-case hex."""

    name: str
    url: str
    sha256: str

    @property
    def file_name(self) -> str:
        """What it is called in the folder of models."""
        return self.url.rpartition("/")[2]


def published_checkpoints() -> Mapping[str, Checkpoint]:
    """By name, as openai-whisper itself knows them. Raises MissingPart without that package."""
    try:
        import whisper
    except ImportError as error:
        raise MissingPart(
            "The table of models comes with openai-whisper, which is not installed.",
            record="models",
            next_step="Run: pip install 'voiceops[whisper]'",
        ) from error
    urls: Mapping[str, str] = whisper._MODELS  # noqa: SLF001  # there is no public table
    return {name: Checkpoint(name, url, url.split("/")[-2]) for name, url in urls.items()}


def checkpoint_named(name: str) -> Checkpoint:
    """Raises BadInput with the names that there are."""
    known = published_checkpoints()
    if name not in known:
        raise BadInput("There is no such model.", record=name, next_step=f"Choose one of: {', '.join(known)}.")
    return known[name]


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the file has that digest."""
    return _digest(_blocks(path)) == sha256


def take_file(source: Path, folder: Path) -> Path:
    """Copy a published checkpoint from a file of any name. Raises BadInput for a file that is none of them."""
    found = _digest(_blocks(source))
    known = {one.sha256: one for one in published_checkpoints().values()}
    if found not in known:
        raise BadInput(
            f"Its SHA-256 ({found[:12]}…) is that of no published model: it is damaged, or a model of your own.",
            record=str(source),
            next_step="Copy it again; for a model of your own set VOICEOPS_MODEL to its path.",
        )
    return take_blocks(_blocks(source), known[found], folder)


def begun_bytes(checkpoint: Checkpoint, folder: Path) -> int:
    """How much is there of a model whose bytes broke off."""
    unfinished = _unfinished(checkpoint, folder)
    return unfinished.stat().st_size if unfinished.is_file() else 0


def take_blocks(blocks: Iterable[bytes], checkpoint: Checkpoint, folder: Path, *, goes_on: bool = False) -> Path:
    """Store the bytes if they are the checkpoint's, else raise BadInput and keep nothing of them.

    Where they break off, what came stays beside its place; with `goes_on` the bytes are those that follow it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = _unfinished(checkpoint, folder)
    digest = hashlib.sha256()
    if goes_on:
        for block in _blocks(unfinished):
            digest.update(block)
    with unfinished.open("ab" if goes_on else "wb") as out:
        for block in blocks:
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != checkpoint.sha256:
        unfinished.unlink()
        raise BadInput(
            "What arrived is not the model: its SHA-256 is another.",
            record=checkpoint.name,
            next_step="Try again, or bring the file by another way and use: voiceops models import FILE",
        )
    return unfinished.replace(folder / checkpoint.file_name)


def _unfinished(checkpoint: Checkpoint, folder: Path) -> Path:
    return (folder / checkpoint.file_name).with_suffix(".part")


def _digest(blocks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            yield block
