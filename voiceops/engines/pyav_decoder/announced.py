"""Whether a container announces more audio than it holds, from the few that say so reliably."""

import struct
from pathlib import Path

# A claim in these formats comes from the header. Elsewhere ffmpeg derives it from the file's
# size or the last time stamp, and it says nothing about what is missing.
_HEADER_CLAIMS = frozenset({"flac", "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "aiff", "asf", "caf"})
_HEAD_BYTES = 64 * 1024
_UNKNOWN_SIZE = 0x7FFF_0000  # Recorders that stream write 0, or sizes at the top of the range.
_END_OF_STREAM = 0x04


def announces_more(path: Path, format_name: str, claimed_seconds: float | None, decoded_seconds: float) -> bool:
    """True where the file's own header promises audio that is not there."""
    if format_name == "wav":
        return _wav_lacks_bytes(path)
    if format_name == "ogg":
        return _ogg_lacks_its_last_page(path)
    if claimed_seconds is None or not (format_name in _HEADER_CLAIMS or _counts_its_frames(path, format_name)):
        return False
    # Encoders' padding makes claims differ by some frames.
    return claimed_seconds - decoded_seconds > max(0.2, claimed_seconds * 0.005)


def _wav_lacks_bytes(path: Path) -> bool:
    head = _read(path, 0)
    position = 12
    while position + 8 <= len(head):
        name, size = struct.unpack_from("<4sI", head, position)
        if name == b"data":
            return bool(0 < size < _UNKNOWN_SIZE and position + 8 + size > path.stat().st_size)
        position += 8 + size + size % 2
    return False


def _ogg_lacks_its_last_page(path: Path) -> bool:
    tail = _read(path, max(0, path.stat().st_size - _HEAD_BYTES - 1024))
    page = tail.rfind(b"OggS")
    return page >= 0 and page + 5 < len(tail) and not tail[page + 5] & _END_OF_STREAM


def _counts_its_frames(path: Path, format_name: str) -> bool:
    """Whether an MP3 begins with the frame that says how many follow."""
    return format_name == "mp3" and any(mark in _read(path, 0) for mark in (b"Xing", b"Info", b"VBRI"))


def _read(path: Path, position: int) -> bytes:
    with path.open("rb") as file:
        file.seek(position)
        return file.read(_HEAD_BYTES + 1024)
