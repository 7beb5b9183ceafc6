"""The file of a backup: a tar that is written and read as a stream, with a SHA-256 over all of it at its end.

Nothing here grows with the number of members: a system may hold millions of recordings.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from voiceops.errors import BadInput

HEAD, MANIFEST = "head.json", "manifest.json"
FORMAT = 2
_BLOCK_BYTES = 1024 * 1024


class Tally:
    """Which members there were, in their order: how many, and one digest over names, sizes and contents."""

    def __init__(self) -> None:
        self._count = 0
        self._digest = hashlib.sha256()

    def add(self, name: str, size: int, sha256: str) -> None:
        """Count one more member."""
        self._count += 1
        self._digest.update(f"{name} {size} {sha256}\n".encode())

    def document(self) -> Mapping[str, Any]:
        """What the last member of a backup says."""
        return {"members": self._count, "sha256": self._digest.hexdigest()}


@dataclass
class BackupWriter:
    """Adds members and keeps their tally. `folder` has room for one table at a time."""

    tar: tarfile.TarFile
    folder: Path
    tally: Tally = field(default_factory=Tally)

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Add so many bytes of a source."""
        hashing = _Hashing(source)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self.tar.addfile(member, hashing)
        _forget_members(self.tar)
        self.tally.add(name, size, hashing.digest.hexdigest())

    def add_document(self, name: str, document: Mapping[str, Any]) -> None:
        """Add a JSON document."""
        data = json.dumps(document, indent=1).encode()
        self.add(name, io.BytesIO(data), len(data))

    @contextmanager
    def spooled(self, name: str) -> Iterator[BinaryIO]:
        """A file to write a member of unknown size into; it is added when the block ends."""
        with tempfile.TemporaryFile(dir=self.folder) as spool:
            yield spool
            size = spool.tell()
            spool.seek(0)
            self.add(name, spool, size)


class _Hashing(io.RawIOBase):
    """Reads through to a source and hashes on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self.digest.update(block)
        return block


@contextmanager
def writing(path: Path) -> Iterator[BackupWriter]:
    """A new backup, complete under its name only if the block ends well. Nobody else on the machine may read it.

    Raises BadInput where the file is there already or cannot be made.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.exists():
            raise FileExistsError(17, "the file is there already")
        number = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    except OSError as error:
        raise BadInput(
            f"The backup cannot be written there: {error.strerror}.", record=str(path), next_step="Name another file."
        ) from error
    try:
        with os.fdopen(number, "wb") as target:
            with tarfile.open(fileobj=target, mode="w|") as tar:
                writer = BackupWriter(tar, path.parent)
                yield writer
                writer.add_document(MANIFEST, writer.tally.document())
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each member by name, to be read before the next one is asked for."""
    with tarfile.open(path, mode="r|") as tar:
        while (member := tar.next()) is not None:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, content
            _forget_members(tar)


def _forget_members(tar: tarfile.TarFile) -> None:
    """A tar remembers each member that went by, though whoever streams it never asks for them again."""
    tar.members.clear()  # type: ignore[attr-defined]  # typeshed leaves the list out


def checked_head(path: Path) -> Mapping[str, Any]:
    """What the first member says, once every member was read and is as the last one says. Raises BadInput."""
    try:
        tally, documents = _read_through(path)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise _no_backup(path, "It is no backup, or only a part of one.") from error
    head: Mapping[str, Any] = documents.get(HEAD, {})
    if head.get("format", FORMAT) != FORMAT:
        raise _no_backup(path, f"Its format is {head['format']}, and this version reads {FORMAT}.")
    if not head or documents.get(MANIFEST) != tally.document():
        raise _no_backup(path, "It is damaged or incomplete: its members are not as its last one says.")
    return head


def _read_through(path: Path) -> tuple[Tally, Mapping[str, Any]]:
    """The tally of the members, and the documents among them."""
    tally = Tally()
    documents: dict[str, Any] = {}
    for name, content in members(path):
        hashing, size, kept = _Hashing(content), 0, bytearray()
        while block := hashing.read(_BLOCK_BYTES):
            size += len(block)
            if name in {HEAD, MANIFEST}:
                kept += block
        if name in {HEAD, MANIFEST}:
            documents[name] = json.loads(kept)
        if name != MANIFEST:
            tally.add(name, size, hashing.digest.hexdigest())
    return tally, documents


def _no_backup(path: Path, what: str) -> BadInput:
    return BadInput(what, record=str(path), next_step="Use another backup; nothing was changed.")
