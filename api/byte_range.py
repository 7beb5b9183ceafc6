"""Reads the Range header of RFC 9110 for a file of known size; one range, as players ask for it."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class ByteRange:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


class OutsideFile(Exception):
    """The range asks only for bytes that the file does not have."""


def byte_range(header: str | None, size: int) -> ByteRange | None:
    """The range asked for, or None for the whole file.

    A header that is malformed, in another unit or asks for several ranges is ignored, as the RFC
    allows. Raises OutsideFile.
    """
    asked = _ONE_RANGE.fullmatch(header or "")
    if asked is None or asked.groups() == ("", ""):
        return None
    first, last = asked.groups()
    if not first:
        return _within(max(0, size - int(last)), size - 1, size=size if int(last) else 0)
    if last and int(last) < int(first):
        return None
    return _within(int(first), min(int(last), size - 1) if last else size - 1, size=size)


def _within(first: int, last: int, *, size: int) -> ByteRange:
    if first >= size:
        raise OutsideFile
    return ByteRange(first, last)
