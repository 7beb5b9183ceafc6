"""The migrations make the tables that the code expects, whoever runs them and how often."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy import inspect, text

from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.people import AccessToken, Agent, Queue
from voiceops.domain.recording import Recording
from voiceops.errors import BadInput, MissingPart, Unavailable
from voiceops.storage.access_tables import access_tokens
from voiceops.storage.database import migrate, migrating, open_database
from voiceops.storage.tables import agents, metadata, queues, recordings, tasks


def test_the_migrated_tables_are_those_that_the_code_expects(database_url: str) -> None:
    with migrating(database_url) as config:
        command.check(config)


def table_names(url: str) -> set[str]:
    engine = open_database(url)
    # SQLite keeps the index over spoken words in tables of its own.
    names = {name for name in inspect(engine).get_table_names() if not name.startswith("spoken_words_index")}
    engine.dispose()
    return names


def testmigrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    assert table_names(database_url) == {*metadata.tables, "alembic_version"}


def test_six_may_migrate_an_empty_database_at_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(migrate, [empty_database_url] * 6))
    assert table_names(empty_database_url) == {*metadata.tables, "alembic_version"}


def test_the_first_migration_can_be_taken_back(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with migrating(empty_database_url) as config:
        command.downgrade(config, "base")
    assert table_names(empty_database_url) == {"alembic_version"}


def test_the_form_of_the_tables_can_be_checked_on_a_new_database_too(empty_database_url: str) -> None:
    with migrating(empty_database_url) as config, pytest.raises(CommandError, match="not up to date"):
        command.check(config)


def test_every_field_of_the_domain_has_a_column() -> None:
    pairs = ((Recording, recordings), (CallbackTask, tasks), (Agent, agents), (Queue, queues))
    for shape, table in (*pairs, (AccessToken, access_tokens)):
        assert {field.name for field in fields(shape)} <= set(table.columns.keys()), shape
    assert set(tasks.columns.keys()) == {field.name for field in fields(CallbackTask)} | {"is_ended"}


def test_sqlite_keeps_an_acknowledged_commit_through_a_power_cut_and_writers_wait(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    with engine.connect() as connection:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
    engine.dispose()
    assert found == wanted


def test_nobody_else_on_the_machine_may_read_the_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "data" / "voiceops.db"
    migrate(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://host/name", "sqlite://", "sqlite:///:memory:"])
def test_an_address_of_no_usable_database_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput, match=r"VOICEOPS_DATABASE_URL: .* Write sqlite:"):
        open_database(url)


def test_a_server_that_is_not_there_is_unavailable_and_its_password_stays_secret(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="does not answer") as caught:
        migrate(f"postgresql://voiceops:hunter2@/name?host={tmp_path}")
    assert "hunter2" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable):
        migrate(f"sqlite:///{tmp_path / 'file' / 'voiceops.db'}")


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "voiceops.db"
    path.write_text("This is a letter, not a database." * 100)
    with pytest.raises(Unavailable):
        migrate(f"sqlite:///{path}")


def test_a_database_without_tables_says_how_to_make_them(empty_database_url: str) -> None:
    engine = open_database(empty_database_url)
    with engine.connect() as connection, pytest.raises(MissingPart, match="voiceops up"):
        connection.execute(text("SELECT * FROM recordings"))
    engine.dispose()
