"""Bytes that lie far away as a file to read and seek in: only the stretches that are read are fetched."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer  # known to type checkers alone

# Some seconds of sound, whatever its format: less would ask the store more often than it answers quickly.
_STRETCH_BYTES = 128 * 1024


def open_far_file(fetch: Callable[[int, int], bytes], *, size: int) -> BinaryIO:
    """A file of `size` bytes, of which `fetch(first, end)` gets those before `end`."""
    return cast(BinaryIO, io.BufferedReader(_FarBytes(fetch, size), _STRETCH_BYTES))


class _FarBytes(io.RawIOBase):
    def __init__(self, fetch: Callable[[int, int], bytes], size: int) -> None:
        self._fetch = fetch
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, target: "WriteableBuffer", /) -> int:
        room = memoryview(target)
        end = min(self._position + len(room), self._size)
        if self._position >= end:
            return 0
        piece = self._fetch(self._position, end)
        room[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
