"""Compares the store's rows with its files: rows that lost their file, and files that belong to no row."""

from collections.abc import Iterator
from dataclasses import dataclass

from voiceops.ports import Page, RecordingFilter, Services

_PAGE = 500


@dataclass(frozen=True)
class Comparison:
    """How many recordings should have a file, the ids of those without one, and the digests of files of none.

    `unredacted` are those of them that a redacted file stands in for.
    """

    recordings: int
    lost: tuple[str, ...]
    strays: tuple[str, ...]
    unredacted: tuple[str, ...] = ()


def compare_files(services: Services) -> Comparison:
    """What does not agree. Uploads may go on meanwhile."""
    # A file is there before its row: rows that are read first all have theirs by the time files are listed.
    rows = {sha256: recording_id for recording_id, sha256 in _rows(services)}
    files = set(services.files.all_sha256())
    strays = [sha256 for sha256 in sorted(files - rows.keys()) if belongs_to_none(services, sha256)]
    return Comparison(
        recordings=len(set(rows.values())),
        lost=tuple(sorted({rows[sha256] for sha256 in rows.keys() - files})),
        strays=tuple(strays),
        unredacted=tuple(sha256 for sha256 in strays if is_unredacted(services, sha256)),
    )


def belongs_to_none(services: Services, sha256: str) -> bool:
    """Whether no recording has these bytes, or the one that had them was to lose them."""
    with services.open_view() as unit:
        return not unit.recordings.has_file(sha256)


def is_unredacted(services: Services, sha256: str) -> bool:
    """Whether these bytes are what a recording was sent as, and a redacted file is kept instead."""
    with services.open_view() as unit:
        recording = unit.recordings.find_by_sha256(sha256)
    return recording is not None and recording.redacted_sha256 is not None


def _rows(services: Services) -> Iterator[tuple[str, str]]:
    after = None
    while True:
        with services.open_view() as unit:
            page = unit.recordings.list(RecordingFilter(), Page(limit=_PAGE, after=after))
        there = [one for one in page if one.audio_removed_at is None]
        yield from ((one.id, sha256) for one in there for sha256 in one.files if sha256 != one.replaced_sha256)
        if len(page) < _PAGE:
            return
        after = page[-1].id
