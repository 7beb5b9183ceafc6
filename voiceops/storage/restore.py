"""Restores a backup into a system in which nothing is yet, on either database; all of it or nothing."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from voiceops.errors import BadInput, Conflict
from voiceops.ports import RecordingFiles
from voiceops.storage.backup_file import checked_head, members
from voiceops.storage.backup_rows import go_on_counting, read_rows
from voiceops.storage.database import migrate, migrating
from voiceops.storage.tables import metadata

_TABLE = re.compile(r"tables/([a-z_]+)\.jsonl\.gz")
_FILE = re.compile(r"recordings/([0-9a-f]{64})")
_NO_LIMIT = 1 << 62


@dataclass(frozen=True)
class Restored:
    """What was restored."""

    rows: int
    files: int


def restore(url: str, files: RecordingFiles, path: Path, progress: Callable[[str], None]) -> Restored:
    """Read the whole file once to check it, then restore it. Where that breaks off, it may be begun again.

    Rows enter by one transaction in the form that the backup's version knew, and are brought up to date afterwards.
    Raises BadInput for a file that cannot be used, and Conflict where the system is not empty.
    """
    head = checked_head(path)
    progress("the backup is whole")
    _require_no_other_files(files, path)
    rows, kept = 0, 0
    with migrating(url) as config:
        connection: Connection = config.attributes["connection"]
        _require_empty(connection)
        try:
            ScriptDirectory.from_config(config).get_revision(head["schema_revision"])
        except CommandError as error:
            raise BadInput(
                "It was made by a newer version.", record=str(path), next_step="Install that version, then restore it."
            ) from error
        command.upgrade(config, head["schema_revision"])
        known = set(inspect(connection).get_table_names())
        for name, content in members(path):
            if (table := _TABLE.fullmatch(name)) and table[1] in known:
                with gzip.GzipFile(fileobj=content) as lines:
                    rows += read_rows(connection, table[1], lines)
                progress(f"{name}")
            elif file := _FILE.fullmatch(name):
                _keep(files, file[1], content)
                kept += 1
        go_on_counting(connection, [one for one in metadata.sorted_tables if one.name in known])
    migrate(url)
    return Restored(rows, kept)


def _require_empty(connection: Connection) -> None:
    """Tables that are there must hold nothing, and are made anew."""
    there = set(inspect(connection).get_table_names())
    full = [name for name in metadata.tables if name in there and _has_rows(connection, name)]
    if full:
        raise Conflict(
            f"The database is not empty: there are rows in {', '.join(full)}.",
            record="VOICEOPS_DATABASE_URL",
            next_step="Restore into a new database and a new data folder; nothing was changed.",
        )


def _has_rows(connection: Connection, name: str) -> bool:
    query = f'SELECT EXISTS (SELECT 1 FROM "{name}")'  # noqa: S608  # nosec B608  # names of our own tables
    return bool(connection.scalar(text(query)))


def _require_no_other_files(files: RecordingFiles, path: Path) -> None:
    """What is there already was restored by a try that broke off, or is somebody's."""
    if next(files.all_sha256(), None) is None:
        return
    wanted = {match[1] for name, _ in members(path) if (match := _FILE.fullmatch(name))}
    other = next((sha256 for sha256 in files.all_sha256() if sha256 not in wanted), None)
    if other is not None:
        raise Conflict(
            f"There are recordings already that are not the backup's, such as {other}.",
            record="recordings",
            next_step="Restore into a new data folder; nothing was changed.",
        )


def _keep(files: RecordingFiles, sha256: str, content: IO[bytes]) -> None:
    if files.exists(sha256):
        return
    with files.receive(cast("BinaryIO", content), limit_bytes=_NO_LIMIT) as incoming:
        if incoming.stored.sha256 != sha256:
            raise BadInput(
                "A recording in it is not what its name says.", record=sha256, next_step="Use another backup."
            )
        incoming.keep()
