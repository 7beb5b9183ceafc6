"""Opens the database, SQLite or PostgreSQL, and brings its tables up to date."""

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url, text

from voiceops.errors import BadInput, MissingPart, Unavailable
from voiceops.storage.failures import translate_failures

if TYPE_CHECKING:
    from alembic.config import Config

# The name of an execution option: a connection with it set only reads.
READ_ONLY = "voiceops_read_only"
BUSY_TIMEOUT_SECONDS = 30
# A large database takes minutes to migrate, and whoever starts meanwhile waits for it.
MIGRATION_PATIENCE_SECONDS = 1800
# Opened as they are needed, and kept: opening one for each request of a busy minute costs more than the request.
POOL = {"pool_size": 20, "max_overflow": 0}
# Any number that no other program on the same server uses for its own lock.
_MIGRATION_LOCK = 0x766F6963656F7073


def open_database(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; failures come out as VoiceOpsErrors.

    Nothing is connected yet. Raises BadInput for any other URL, and MissingPart where the
    driver for PostgreSQL is not installed.
    """
    return _engine(_checked(url), foreign_keys=True)


def migrate(url: str) -> None:
    """Bring the tables to this version's form; any number of processes may do so at once.

    Raises Unavailable if the database does not answer.
    """
    # Imported here: every process opens a database, and only one of them migrates it.
    from alembic import command

    with migrating(url) as config:
        command.upgrade(config, "head")


def scrub(engine: Engine) -> None:
    """Let nothing of what was deleted lie in the database's own files, as far as the database can do that.

    SQLite empties its log of pages into the file and cuts it; PostgreSQL frees dead rows for reuse, while its own log
    keeps what it has until it is recycled.
    """
    connection = engine.raw_connection()
    try:
        if engine.dialect.name == "postgresql":
            connection.driver_connection.autocommit = True  # type: ignore[union-attr]  # psycopg's own
            connection.cursor().execute("VACUUM")
            connection.driver_connection.autocommit = False  # type: ignore[union-attr]  # as above
        else:
            # The index of words only notes what was deleted, until its parts are made into one.
            connection.cursor().execute("PRAGMA query_only = OFF")
            connection.cursor().execute("INSERT INTO spoken_words_index (spoken_words_index) VALUES ('optimize')")
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


@contextmanager
def migrating(url: str) -> Iterator["Config"]:
    """Alembic's settings, with a transaction that excludes other migrations until the block ends."""
    from alembic.config import Config

    # Changing a table on SQLite means copying and dropping it; enforced foreign keys would delete
    # the rows that refer to it.
    engine = _engine(_checked(url), foreign_keys=False, patience_seconds=MIGRATION_PATIENCE_SECONDS)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            config.attributes["connection"] = connection
            yield config
    finally:
        engine.dispose()


def _checked(given: str) -> URL:
    try:
        url = make_url(given)
    except exc.ArgumentError:
        url = URL.create("unknown")
    backend = "postgresql" if url.drivername == "postgres" else url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url
    raise BadInput(
        "This is not the address of a database that VoiceOps can use.",
        record="VOICEOPS_DATABASE_URL",
        next_step="Write sqlite:////folder/voiceops.db or postgresql://user:password@host/name.",
    )


def _engine(url: URL, *, foreign_keys: bool, patience_seconds: float = BUSY_TIMEOUT_SECONDS) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = _sqlite_engine(url, foreign_keys=foreign_keys, patience_seconds=patience_seconds)
    else:
        engine = _postgresql_engine(url)
    translate_failures(engine)
    _forget_connections_after_fork(engine)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    arguments = {"connect_timeout": 10, "application_name": "voiceops"}
    try:
        # A stored connection is tried before use: the server may have been restarted meanwhile.
        return create_engine(url, pool_pre_ping=True, connect_args=arguments, **POOL)
    except ImportError as error:
        raise MissingPart(
            "The driver for PostgreSQL is not installed.",
            record="VOICEOPS_DATABASE_URL",
            next_step="Run: pip install 'voiceops[postgresql]'",
        ) from error


def _sqlite_engine(url: URL, *, foreign_keys: bool, patience_seconds: float) -> Engine:
    path = Path(url.database or "")
    engine = create_engine(url, connect_args={"timeout": patience_seconds}, **POOL)

    @event.listens_for(engine, "do_connect")
    def make_private_file(*_: Any) -> None:
        # The file holds what customers said: nobody else on the machine may read it. SQLite gives
        # its side files the same rights.
        if path.exists():
            return
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise Unavailable(
                f"The database's file cannot be made: {error.strerror}.",
                record=str(path),
                next_step="Check that its folder exists and may be written to.",
            ) from error

    @event.listens_for(engine, "connect")
    def set_up(connection: SqliteConnection, _: Any) -> None:
        # The driver must not begin transactions by itself: `begin` below does.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        # Without FULL, a power cut may undo a commit that was already acknowledged.
        connection.execute("PRAGMA synchronous = FULL")
        # What is deleted is overwritten, and does not lie in the file until chance covers it.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and locks later fails at once if somebody else wrote in
        # between, however long it is willing to wait. So whoever may write takes the lock first.
        reads_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def _forget_connections_after_fork(engine: Engine) -> None:
    """A child process must not speak on its parent's connections."""
    reference = weakref.ref(engine)

    def forget() -> None:
        found = reference()
        if found is not None:
            found.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
