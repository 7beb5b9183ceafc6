"""Whether a flood of small recordings starves a lane, grows a process or costs more for each the longer it lasts.

    python -m benchmarks.bench_flood [--recordings 10000] [--workers 2] [--delay 0] [--database postgresql]

The whole system of `voiceops up` with the stand-in recogniser, which answers at once. Everything is sent over the API
as fast as it answers. Each tenth of the way one line says how many are done, how old the oldest record of each lane
is, what memory each part holds, and, on PostgreSQL, how many statements the database did for each recording since
the line before. At the end the ledger is read. With a delay, `--workers` 1, 2 and 4 tell how the throughput grows.
"""

import argparse
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from benchmarks.fresh_database import fresh_database
from tests.spoken import a_spoken_wav
from voiceops.bootstrap import build_services
from voiceops.cli.supervise import Supervisor
from voiceops.cli.up import address, system, with_port
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingState
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.usecases.create_token import create_token

SENDERS = 4
MIB = 1024**2
PATIENCE_SECONDS = 3600
COUNTING = ["--shared_preload_libraries=pg_stat_statements"]
STATEMENTS = "SELECT sum(calls) FROM pg_stat_statements"
FINAL = (RecordingState.ANALYSED, RecordingState.FAILED)


def main() -> None:
    """Print the lines and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recordings", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2, help="Transcribers.")
    parser.add_argument("--delay", type=float, default=0, help="Longest time of the stand-in, by chance, in seconds.")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, fresh_database(given.database, *COUNTING) as url:
        if url is None:
            return
        settings = with_port(
            Settings(
                data_dir=Path(folder),
                database_url=SecretStr(url),
                port=0,
                transcriber="scripted",
                scripted_delay_seconds=given.delay,
                transcribe_workers=given.workers,
                reanalyse_workers=1,
                log_level="warning",
            )
        )
        with system(settings, say=print) as supervisor:
            supervisor.wait_until_ready()
            _flood(settings, supervisor, count=given.recordings, watches_statements=given.database == "postgresql")


def _flood(settings: Settings, supervisor: Supervisor, *, count: int, watches_statements: bool) -> None:
    services = build_services(settings)
    _, secret = create_token(services, name="flood", role=Role.INGEST)
    if watches_statements:
        _ask(settings, "CREATE EXTENSION pg_stat_statements")
    began, statements, done = time.monotonic(), 0.0, 0
    with ThreadPoolExecutor(SENDERS) as senders:
        sent = [senders.submit(_send, address(settings), secret, range(n, count, SENDERS)) for n in range(SENDERS)]
        for tenth in range(1, 11):
            _wait_for(services, count * tenth // 10)
            finished = sum(_states(services)[state] for state in FINAL)
            now = _ask(settings, STATEMENTS) if watches_statements else 0.0
            each = f"{(now - statements) / max(1, finished - done):.1f} statements each" if watches_statements else ""
            line = (
                f"{time.monotonic() - began:6.0f} s",
                f"{finished} done",
                _ages(services),
                _memory(supervisor),
                each,
            )
            print("  ".join(line), flush=True)
            statements, done = now, finished
        for one in sent:
            one.result()
    with services.open_view() as unit:
        ledger = unit.ledger.read(now=services.clock.now())
    print(f"{count / (time.monotonic() - began):.2f} recordings a second; in the end {dict(_states(services))}")
    print(f"faults in the ledger: {ledger.unbalanced}; received {ledger.received} voicemails, open {ledger.open}")


def _send(url: str, secret: str, numbers: range) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60) as client:
        for number in numbers:
            kind = "voicemail" if number % 2 else "call"
            fields = {"kind": kind, "caller_number": f"+1212{number:07}"}
            files = {"file": (f"{number}.wav", a_spoken_wav(seed=number))}
            client.post("/api/v1/recordings", data=fields, files=files).raise_for_status()


def _states(services: Services) -> Counter[RecordingState]:
    with services.open_view() as unit:
        found = unit.backlog.read(now=services.clock.now()).recordings
    states = Counter[RecordingState]()
    for (_, state), number in found.items():
        states[state] += number
    return states


def _wait_for(services: Services, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and sum(_states(services)[state] for state in FINAL) < count:
        time.sleep(0.5)


def _ages(services: Services) -> str:
    now = services.clock.now()
    with services.open_view() as unit:
        waiting = unit.backlog.read(now=now).waiting_since
    return "oldest " + (
        ", ".join(f"{lane} {(now - since).total_seconds():.0f} s" for lane, since in waiting.items()) or "none"
    )


def _memory(supervisor: Supervisor) -> str:
    held: Mapping[str, int] = {name: _resident(pid) for name, pid in sorted(supervisor.pids().items())}
    return "MiB " + ", ".join(f"{name} {bytes_ // MIB}" for name, bytes_ in held.items())


def _resident(pid: int) -> int:
    """Of the process and those it started."""
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += one.memory_info().rss
    return total


def _ask(settings: Settings, statement: str) -> float:
    engine = create_engine(settings.database)
    try:
        with engine.begin() as connection:
            found = connection.execute(text(statement))
            return float(found.scalar_one()) if found.returns_rows else 0.0
    finally:
        engine.dispose()


if __name__ == "__main__":
    main()
