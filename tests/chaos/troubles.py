"""What happens to a running system: parts are killed, Redis forgets, the database goes away, the disk fills."""

import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.chaos.sending import Sending
from tests.databases import PostgresqlServer
from voiceops.cli.supervise import Supervisor
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.delivery.redis_address import connect

BLOCK_BYTES = 1024 * 1024
LOOK_SECONDS = 0.05
UPLOADS_PER_KILL = 4  # at most
FROZEN_SHARE = 0.3  # of the workers that are hit


@contextmanager
def killing(supervisor: Supervisor, sending: Sending, *, seed: int, frozen_seconds: float) -> Iterator[Counter[str]]:
    """While the block runs, parts and the engines' own processes are killed, one after every few uploads.

    Some workers are not killed but stand still for `frozen_seconds`, and then go on as if nothing had been.
    Counted in uploads and not in seconds, so that a slow machine is not kept from working at all.
    """
    chance, over, killed = random.Random(seed), threading.Event(), Counter[str]()  # noqa: S311  repeatable, not secret

    def kill() -> None:
        next_at = 1
        while not over.wait(LOOK_SECONDS):
            if len(sending.acknowledged) < next_at:
                continue
            next_at += chance.randint(1, UPLOADS_PER_KILL)
            name, pid = chance.choice(sorted(supervisor.pids().items()))
            if name.startswith("transcribe") and chance.random() < FROZEN_SHARE:
                freeze(pid, seconds=frozen_seconds)
                killed["frozen"] += 1
                continue
            victim, pid = _engine_of(pid) if name.startswith("transcribe") and chance.random() < 0.5 else ("", pid)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed[victim or name] += 1

    thread = threading.Thread(target=kill, name="killing", daemon=True)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def freeze(pid: int, *, seconds: float) -> None:
    """A process and its children stand still for a while; killed meanwhile, they stay dead."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        frozen = [process, *process.children(recursive=True)]
        for one in frozen:
            with suppress(psutil.NoSuchProcess):
                one.suspend()

        def go_on() -> None:
            for one in frozen:
                with suppress(psutil.NoSuchProcess):
                    one.resume()

        thread = threading.Timer(seconds, go_on)
        thread.daemon = True
        thread.start()


def hold_redis(data_folder: Path, *, seconds: float) -> None:
    """Redis takes connections and answers none; it may just be starting."""
    redis = EmbeddedRedis(data_folder / "redis")
    while (pid := redis.serving_pid()) is None:
        time.sleep(0.1)
    freeze(pid, seconds=seconds)
    time.sleep(seconds)


def _engine_of(worker: int) -> tuple[str, int]:
    """The process in which a worker's recogniser runs, or the worker itself while there is none."""
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(worker).children():
            if "spawn_main" in " ".join(child.cmdline()):
                return "engine", child.pid
    return "", worker


def wipe_redis(data_folder: Path) -> None:
    """Redis forgets every key. It may just be starting."""
    with connect(EmbeddedRedis(data_folder / "redis").url, patience_seconds=5) as client:
        while True:
            with suppress(Exception):
                client.flushall()
                return
            time.sleep(0.1)


def stop_database(url: str, server: PostgresqlServer | None, *, seconds: float) -> None:
    """PostgreSQL crashes and comes back; SQLite's file is locked by somebody else."""
    if server is not None:
        server.stop(signal.SIGQUIT)
        time.sleep(seconds)
        server.start()
        return
    with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=60, isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        connection.execute("ROLLBACK")
    connection.close()


def fill_disk(folder: Path, *, seconds: float) -> None:
    """Not a byte is left on the disk for a while."""
    filler = folder / "filler"
    until = time.monotonic() + seconds
    with filler.open("wb", buffering=0) as target:
        while time.monotonic() < until:
            try:
                target.write(bytes(BLOCK_BYTES))
            except OSError:
                # Whatever is removed meanwhile leaves room again.
                time.sleep(0.01)
    filler.unlink()
