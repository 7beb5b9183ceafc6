"""Writes a backup while the system runs: one moment of the database, and the files of its recordings."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from voiceops.errors import NotFound
from voiceops.ports import RecordingFiles
from voiceops.storage.backup_file import FORMAT, HEAD, BackupWriter, writing
from voiceops.storage.backup_rows import AT_ONCE, write_rows
from voiceops.storage.tables import metadata, recordings
from voiceops.storage.trend_tables import call_figures
from voiceops.storage.unit_of_work import connect

Progress = Callable[[str], None]


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds. `missing` are recordings whose file was not there."""

    rows: int
    files: int
    missing: tuple[str, ...]


def back_up(engine: Engine, files: RecordingFiles, path: Path, progress: Progress) -> BackedUp:
    """Write the file; it appears under its name only when it is whole. Memory stays small however much there is.

    Rows are read in one transaction that only reads. A file is there before its row, so it is found afterwards,
    unless retention or an erasure removed it meanwhile.
    """
    with writing(path) as writer, connect(engine, read_only=True) as connection:
        writer.add_document(HEAD, _head(connection))
        rows = sum(_add_table(writer, connection, name, progress) for name in _names())
        count, missing = 0, []
        for own, sha256 in _stored(connection):
            if _add_file(writer, files, sha256):
                count += 1
            else:
                missing.append(own)
        progress(f"{count} files of recordings")
    return BackedUp(rows, count, tuple(missing))


def _head(connection: Connection) -> dict[str, object]:
    return {
        "format": FORMAT,
        "schema_revision": connection.scalar(text("SELECT version_num FROM alembic_version")),
        "made_at": datetime.now(UTC).isoformat(),
        "made_on": connection.dialect.name,
    }


def _names() -> Iterator[str]:
    # What figures count follows from other rows, and does so anew where these are restored.
    yield from (table.name for table in metadata.sorted_tables if table is not call_figures)


def _add_table(writer: BackupWriter, connection: Connection, name: str, progress: Progress) -> int:
    count = -1  # the first line says the columns
    with writer.spooled(f"tables/{name}.jsonl.gz") as spool, gzip.GzipFile(fileobj=spool, mode="wb", mtime=0) as packed:
        for line in write_rows(connection, metadata.tables[name]):
            packed.write(line)
            count += 1
    if count:
        progress(f"{count} rows of {name}")
    return count


def _stored(connection: Connection) -> Iterator[tuple[str, str]]:
    heard = func.coalesce(recordings.c.redacted_sha256, recordings.c.sha256)
    query = select(recordings.c.id, heard, recordings.c.original_sha256).where(recordings.c.audio_removed_at.is_(None))
    rows = connection.execute(query.order_by(recordings.c.id), execution_options={"yield_per": AT_ONCE})
    yield from ((own, sha256) for own, *files in rows for sha256 in files if sha256 is not None)


def _add_file(writer: BackupWriter, files: RecordingFiles, sha256: str) -> bool:
    try:
        with files.open_local(sha256) as local, local.open("rb") as source:
            writer.add(f"recordings/{sha256}", source, local.stat().st_size)
    except (NotFound, FileNotFoundError):
        return False
    return True
