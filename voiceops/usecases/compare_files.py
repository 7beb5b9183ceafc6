"""Compares the store's rows with its files: rows that lost their file, and files that belong to no row."""

from collections.abc import Iterator
from dataclasses import dataclass

from voiceops.ports import Page, RecordingFilter, Services

_PAGE = 500


@dataclass(frozen=True)
class Comparison:
    """How many recordings there are, the ids of those without a file, and the digests of files without a recording."""

    recordings: int
    lost: tuple[str, ...]
    strays: tuple[str, ...]


def compare_files(services: Services) -> Comparison:
    """What does not agree. Uploads may go on meanwhile."""
    # A file is there before its row: rows that are read first all have theirs by the time files are listed.
    rows = {sha256: recording_id for recording_id, sha256 in _rows(services)}
    files = set(services.files.all_sha256())
    return Comparison(
        recordings=len(rows),
        lost=tuple(sorted(rows[sha256] for sha256 in rows.keys() - files)),
        strays=tuple(sha256 for sha256 in sorted(files - rows.keys()) if belongs_to_none(services, sha256)),
    )


def belongs_to_none(services: Services, sha256: str) -> bool:
    """Whether no recording has these bytes."""
    with services.open_view() as unit:
        return unit.recordings.find_by_sha256(sha256) is None


def _rows(services: Services) -> Iterator[tuple[str, str]]:
    after = None
    while True:
        with services.open_view() as unit:
            page = unit.recordings.list(RecordingFilter(), Page(limit=_PAGE, after=after))
        yield from ((recording.id, recording.sha256) for recording in page)
        if len(page) < _PAGE:
            return
        after = page[-1].id
