"""Recordings' bytes in a local folder, each file under the SHA-256 of its content."""

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from voiceops.errors import NotFound, StorageFull, TooLarge, Unavailable
from voiceops.ports import StoredFile

BLOCK_BYTES = 1024 * 1024
PIECE_BYTES = 64 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")
# No room on the disk, in the user's quota, or under the process's limit for one file.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class LocalIncomingFile:
    """Bytes that were received into `incoming/` and not yet kept; `path` follows them."""

    def __init__(self, path: Path, stored: StoredFile, final: Path) -> None:
        self.path = path
        self.stored = stored
        self._final = final

    def keep(self) -> None:
        """See the port. Bytes that are there already are replaced, which mends a damaged file."""
        with _disk_failures():
            _flush(self.path)
            _make_folder(self._final.parent)
            self.path.replace(self._final)
            _flush(self._final.parent)
        self.path = self._final


class LocalRecordingFiles:
    """See `ports.RecordingFiles`: `<first two digits>/<digest>`, and `incoming/` for what is not kept."""

    players_origin: str | None = None

    def __init__(self, folder: Path) -> None:
        """Creates the folder, open to nobody else, if it is not there."""
        self._folder = folder
        self._incoming = folder / "incoming"
        with _disk_failures():
            _make_folder(self._incoming)

    @contextmanager
    def receive(self, source: BinaryIO, *, limit_bytes: int) -> Iterator[LocalIncomingFile]:
        """See the port."""
        with _disk_failures():
            number, name = tempfile.mkstemp(dir=self._incoming)
        temporary = Path(name)
        try:
            with os.fdopen(number, "wb", buffering=0) as target:
                stored = _copy(source, target, limit_bytes=limit_bytes)
            yield LocalIncomingFile(temporary, stored, self._path(stored.sha256))
        finally:
            temporary.unlink(missing_ok=True)

    @contextmanager
    def open_local(self, sha256: str) -> Iterator[Path]:
        """See the port."""
        yield self._existing(sha256)

    def size_of(self, sha256: str) -> int:
        """See the port."""
        return self._existing(sha256).stat().st_size

    def read(self, sha256: str, *, first: int, length: int) -> Iterator[bytes]:
        """See the port."""
        with self._existing(sha256).open("rb") as file:
            file.seek(first)
            while length > 0 and (piece := file.read(min(PIECE_BYTES, length))):
                length -= len(piece)
                yield piece

    @contextmanager
    def open_bytes(self, sha256: str) -> Iterator[BinaryIO]:
        """See the port."""
        with self._existing(sha256).open("rb") as file:
            yield file

    def address_for_player(self, sha256: str) -> str | None:
        """See the port: a folder gives nothing to anybody."""
        self._existing(sha256)
        return None

    def _existing(self, sha256: str) -> Path:
        if not self.exists(sha256):
            raise not_kept(sha256)
        return self._path(sha256)

    def exists(self, sha256: str) -> bool:
        """See the port."""
        # The check of the form keeps a made-up digest such as "../../etc" inside the folder.
        return DIGEST.fullmatch(sha256) is not None and self._path(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """See the port."""
        if self.exists(sha256):
            path = self._path(sha256)
            with _disk_failures():
                path.unlink(missing_ok=True)
                _flush(path.parent)

    def all_sha256(self, *, older_than_seconds: float = 0.0) -> Iterator[str]:
        """See the port. In order."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                if DIGEST.fullmatch(path.name) and time.time() - path.stat().st_mtime >= older_than_seconds:
                    yield path.name

    def remove_abandoned(self, older_than_seconds: float) -> int:
        """Remove what a crash left half received and return how many files that were.

        Choose a time longer than the slowest upload: a file that still grows is always younger.
        """
        abandoned = [
            path for path in self._incoming.iterdir() if time.time() - path.stat().st_mtime > older_than_seconds
        ]
        for path in abandoned:
            path.unlink(missing_ok=True)
        return len(abandoned)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def not_kept(sha256: str) -> NotFound:
    """What is said of bytes that are not there."""
    return NotFound(
        "The bytes of this recording are not where recordings are kept.",
        record=sha256,
        next_step="Restore them from a backup, or upload the recording again.",
    )


def _copy(source: BinaryIO, target: BinaryIO, *, limit_bytes: int) -> StoredFile:
    digest = hashlib.sha256()
    size = 0
    while block := source.read(BLOCK_BYTES):
        size += len(block)
        if size > limit_bytes:
            raise TooLarge(
                f"It is larger than the limit of {limit_bytes} bytes.",
                record="upload",
                next_step="Send a smaller file, or raise the limit in the settings.",
            )
        digest.update(block)
        with _disk_failures():
            _write_all(target, block)
    return StoredFile(sha256=digest.hexdigest(), size_bytes=size)


def _write_all(target: BinaryIO, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[target.write(rest) :]


def _make_folder(folder: Path) -> None:
    """Create it, and its parents, for this user alone; flushed, so that a power cut keeps it."""
    if not folder.is_dir():
        if not folder.parent.is_dir():
            _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _flush(folder.parent)


def _flush(path: Path) -> None:
    """Force a file's bytes, or a folder's list of names, to the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _disk_failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StorageFull(
                "The disk has no room for the recording, and nothing of it was kept.",
                record="upload",
                next_step="Make room in the folder of recordings, then send it again.",
            ) from error
        raise Unavailable(
            f"The folder of recordings cannot be used: {error.strerror}.",
            record="recordings",
            next_step="Check the disk and the rights of that folder, then try again.",
        ) from error
