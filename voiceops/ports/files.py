"""The port to where recordings' bytes are kept."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class StoredFile:
    """A file that was written: lower-case hex digest and size."""

    sha256: str
    size_bytes: int


class RecordingFiles(Protocol):
    """Keeps recordings' bytes under their SHA-256; the same bytes are kept once.

    `players_origin` is where players may fetch bytes themselves, such as https://store.example; None: nowhere.
    """

    players_origin: str | None

    def receive(self, source: BinaryIO, *, limit_bytes: int) -> AbstractContextManager["IncomingFile"]:
        """Stream `source` to disk, never into memory, hashing on the way.

        The block looks at `IncomingFile.path` and calls `keep()`; leaving it without `keep()`
        removes every trace. Raises TooLarge past the limit, StorageFull if the disk is full.
        """
        ...

    def open_local(self, sha256: str) -> AbstractContextManager[Path]:
        """A local path to the bytes for the length of the block. Raises NotFound."""
        ...

    def size_of(self, sha256: str) -> int:
        """How many bytes are kept. Raises NotFound."""
        ...

    def read(self, sha256: str, *, first: int, length: int) -> Iterator[bytes]:
        """At most `length` bytes from `first` on, piece by piece, without fetching the rest. Raises NotFound."""
        ...

    def open_bytes(self, sha256: str) -> AbstractContextManager[BinaryIO]:
        """The bytes to read and seek in for the length of the block, without fetching the rest. Raises NotFound."""
        ...

    def address_for_player(self, sha256: str) -> str | None:
        """An address at `players_origin` that gives the bytes to anybody, for minutes only; None where there is none.

        Raises NotFound.
        """
        ...

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are kept."""
        ...

    def remove(self, sha256: str) -> None:
        """Remove the bytes; no error if they are not there."""
        ...

    def remove_abandoned(self, older_than_seconds: float) -> int:
        """Remove what a crash left half received; how many files that were.

        Choose a time longer than the slowest upload.
        """
        ...

    def all_sha256(self, *, older_than_seconds: float = 0.0) -> Iterator[str]:
        """The digests of everything kept, or of what was kept so long ago when its turn comes."""
        ...


@dataclass(frozen=True)
class ReferencedFile:
    """A file elsewhere, opened: what its address calls it, and its bytes as they arrive."""

    file_name: str
    source: BinaryIO


class References(Protocol):
    """Opens files that somebody names by their address."""

    def open(self, url: str) -> AbstractContextManager[ReferencedFile]:
        """The file, for the length of the block; it is fetched while it is read and never gathered in memory.

        Raises BadInput where the address is none, may not be asked, or does not lead to a file, also while reading.
        """
        ...


class IncomingFile(Protocol):
    """A file that was received and not yet kept."""

    path: Path
    stored: StoredFile

    def keep(self) -> None:
        """Make it permanent: fsync and atomic rename; once this returns, a crash loses nothing."""
        ...
