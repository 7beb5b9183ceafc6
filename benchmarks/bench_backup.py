"""Measures a backup and a restore of a year: seconds, size and the memory that each command takes at most.

    python -m benchmarks.bench_backup
    python -m benchmarks.bench_backup --calls 1000 --files 100 --database sqlite

Memory must not grow with what is stored, so run it with few calls and with many. The restored ledger is compared.
"""

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, select, update

from benchmarks.fresh_database import fresh_database
from benchmarks.stored_year import NOW, Year, store_year
from voiceops.bootstrap import SystemClock
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.domain.ledger import Ledger
from voiceops.storage.back_up import back_up
from voiceops.storage.database import migrate, open_database
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.restore import restore
from voiceops.storage.tables import recordings
from voiceops.storage.unit_of_work import SqlUnitOfWork

FILE_BYTES = 16_000  # a second of sound: their number is what is measured


def main() -> None:
    """Print what each step takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=100_000, help="how many of them have a file")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--step", nargs=4, metavar=("STEP", "DATABASE", "FOLDER", "FILE"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.step:
        _step(*wanted.step)
        return
    for name in wanted.database or ["sqlite", "postgresql"]:
        _measure(name, Year(calls=wanted.calls, tasks=wanted.calls // 5), files=wanted.files)


def _measure(name: str, year: Year, *, files: int) -> None:
    with (
        fresh_database(name) as url,
        fresh_database(name) as new_url,
        tempfile.TemporaryDirectory(prefix="vo-") as place,
    ):
        if url is None or new_url is None:
            return
        folder, file = Path(place), Path(place) / "backup.tar"
        with _opened(url) as engine:
            store_year(engine, year)
            _make_files(engine, folder / "old", files)
        print(f"{name}: {year.calls:,} calls, {year.tasks:,} voicemails, {min(files, year.calls):,} files", flush=True)
        _run("backup", url, folder / "old", file)
        print(f"  {'size':10} {file.stat().st_size / 1024**2:8.0f} MiB", flush=True)
        _run("restore", new_url, folder / "new", file)
        same = _ledger(url) == _ledger(new_url)
        print(f"  the restored ledger is {'the same' if same else 'ANOTHER ONE'}", flush=True)


def _run(step: str, url: str, folder: Path, file: Path) -> None:
    """The step in a process of its own, whose memory is its own."""
    subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_backup", "--step", step, url, str(folder), str(file)], check=True
    )


def _step(step: str, url: str, folder: str, file: str) -> None:
    files = LocalRecordingFiles(Path(folder))
    begun = time.perf_counter()
    if step == "backup":
        engine = open_database(url)
        back_up(engine, files, Path(file), lambda _: None)
        engine.dispose()
    else:
        restore(url, files, Path(file), lambda _: None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {step:10} {time.perf_counter() - begun:8.1f} s {peak:8.0f} MiB of memory at most", flush=True)


def _make_files(engine: Engine, folder: Path, count: int) -> None:
    """The first so many recordings have a file, each of its own content; that of the others expired."""
    with engine.connect() as connection:
        ids = list(connection.scalars(select(recordings.c.id).order_by(recordings.c.id).limit(count)))
    with engine.begin() as connection:
        for own in ids:
            content = own.encode().ljust(FILE_BYTES, b"\0")
            digest = hashlib.sha256(content).hexdigest()
            connection.execute(update(recordings).where(recordings.c.id == own).values(sha256=digest))
            path = folder / digest[:2] / digest
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        others = recordings.c.id.not_in(select(recordings.c.id).order_by(recordings.c.id).limit(count))
        connection.execute(update(recordings).where(others).values(audio_removed_at=NOW))


def _ledger(url: str) -> Ledger:
    with (
        _opened(url) as engine,
        SqlUnitOfWork(engine, jobs=InlineJobQueue(lambda _: None), clock=SystemClock(), read_only=True) as unit,
    ):
        return unit.ledger.read(now=NOW)


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    migrate(url)
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()


if __name__ == "__main__":
    main()
