"""Parts that are started by themselves, on a database that nobody has prepared."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voiceops.bootstrap import SystemClock
from voiceops.delivery.rq_job_queue import RqJobQueue
from voiceops.storage.database import open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork

PATIENCE_SECONDS = 60


@pytest.mark.parametrize("words", [["serve"], ["worker", "sweep"]], ids=" ".join)
def test_a_part_started_alone_prepares_the_database_and_stops_when_told(
    words: list[str], empty_database_url: str, redis_url: str, tmp_path: Path
) -> None:
    environment = os.environ | {
        "VOICEOPS_DATABASE_URL": empty_database_url,
        "VOICEOPS_REDIS_URL": redis_url,
        "VOICEOPS_DATA_DIR": str(tmp_path),
        "VOICEOPS_PORT": "0",
    }
    with (tmp_path / "log").open("w+", encoding="utf-8") as log:
        part = subprocess.Popen([sys.executable, "-m", "voiceops", *words], env=environment, stdout=log, stderr=log)
        try:
            wait_for_tables(empty_database_url, redis_url, part)
            part.send_signal(signal.SIGTERM)
            assert part.wait(PATIENCE_SECONDS) in {0, -signal.SIGTERM}, (tmp_path / "log").read_text(encoding="utf-8")
        finally:
            part.kill()
            part.wait()


def wait_for_tables(database_url: str, redis_url: str, part: subprocess.Popen[bytes]) -> None:
    engine = open_database(database_url)
    until = time.monotonic() + PATIENCE_SECONDS
    try:
        while not has_agents_table(SqlUnitOfWork(engine, jobs=RqJobQueue(redis_url), clock=SystemClock())):
            assert part.poll() is None
            assert time.monotonic() < until, "the part made no tables"
            time.sleep(0.1)
    finally:
        engine.dispose()


def has_agents_table(unit: SqlUnitOfWork) -> bool:
    try:
        with unit:
            return list(unit.agents.list()) == []
    except Exception:  # noqa: BLE001  until the part has made its tables, each database says it in its own way
        return False
