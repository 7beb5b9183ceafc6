"""Empty databases to measure on: SQLite, and a PostgreSQL server that lives as long as the measurement."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_database(name: str, *options: str) -> Iterator[str | None]:
    """The address of an empty database, "sqlite" or "postgresql"; None where PostgreSQL is not installed.

    `options` are further words for a PostgreSQL server.
    """
    with tempfile.TemporaryDirectory(prefix="vo-", dir="/tmp") as folder:
        if name == "sqlite":
            yield f"sqlite:///{folder}/voiceops.db"
        else:
            with _postgresql(Path(folder), options) as url:
                yield url


@contextmanager
def _postgresql(folder: Path, options: Sequence[str]) -> Iterator[str | None]:
    """A PostgreSQL server with its own defaults, fsync included."""
    places = [Path(str(shutil.which("postgres"))).resolve().parent, *Path("/usr/lib/postgresql").glob("*/bin")]
    place = next((one for one in places if (one / "initdb").exists()), None)
    if place is None:
        print("postgresql: its server programs are not installed")
        yield None
        return
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data, quiet = folder / "data", subprocess.DEVNULL
    make = [str(place / "initdb"), "-D", str(data), "-U", "voiceops", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(make, user=user, cwd=folder, check=True, stdout=quiet)
    serve = [str(place / "postgres"), "-D", str(data), "-k", str(folder), "--listen_addresses=", *options]
    with subprocess.Popen(serve, user=user, cwd=folder, stdout=quiet, stderr=quiet) as server:
        try:
            ready = [str(place / "pg_isready"), "-q", "-h", str(folder)]
            while subprocess.run(ready, check=False).returncode:
                time.sleep(0.1)
            yield f"postgresql://voiceops@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)
