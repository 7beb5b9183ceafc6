"""`voiceops doctor` on a store whose files and rows do not agree."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from tests.api_door import Door, a_wav, upload
from tests.disks import small_disk
from tests.integration.test_cli_tasks import voiceops
from voiceops.domain.people import Role
from voiceops.storage.database import migrating, open_database
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.schema_version import schema_version

STRAY, YOUNG = "a" * 64, "b" * 64


@pytest.fixture
def stored(door: Door, monkeypatch: pytest.MonkeyPatch) -> str:
    """A recording with its file, beside an old file and a young one that belong to none; the recording's id."""
    for name, value in (("DATA_DIR", door.folder), ("DATABASE_URL", f"sqlite:///{door.folder / 'voiceops.db'}")):
        monkeypatch.setenv(f"VOICEOPS_{name}", str(value))
    monkeypatch.setenv("VOICEOPS_REDIS_URL", "redis://localhost:1")
    answer = upload(door.client(Role.INGEST), a_wav())
    for sha256 in (STRAY, YOUNG):
        file_of(door, sha256).parent.mkdir(exist_ok=True)
        file_of(door, sha256).write_bytes(b"left by a crash")
    os.utime(file_of(door, STRAY), (time.time() - 90_000, time.time() - 90_000))
    return str(answer.json()["id"])


def file_of(door: Door, sha256: str) -> Path:
    return door.folder / "recordings" / sha256[:2] / sha256


def recordings_check(*words: str) -> Any:
    (check,) = [one for one in json.loads(voiceops("doctor", "--json", *words)[1]) if one["name"] == "recordings"]
    return check


@pytest.mark.usefixtures("stored")
def test_files_without_a_record_are_named_and_stay(door: Door) -> None:
    check = recordings_check()
    assert check["fault"] is None
    assert STRAY in check["found"]
    assert YOUNG in check["found"]
    assert "--repair" in check["found"]
    assert len(door.files()) == 3


@pytest.mark.usefixtures("stored")
def test_repair_removes_old_files_without_a_record_and_nothing_else(door: Door) -> None:
    assert recordings_check("--repair")["found"].startswith("1 file(s) without a record removed; 1 stored")
    assert not file_of(door, STRAY).exists()
    assert len(door.files()) == 2


def test_recordings_that_lost_their_file_are_a_fault_that_names_each(door: Door, stored: str) -> None:
    (recording,) = door.recordings()
    LocalRecordingFiles(door.folder / "recordings").remove(recording.sha256)
    check = recordings_check("--repair")
    assert stored in check["fault"]
    assert "send the same recordings again" in check["fault"]
    assert voiceops("doctor")[0] == 1
    assert len(door.recordings()) == 1


def checks_of(*words: str) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads(voiceops("doctor", "--json", *words)[1])}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing was started yet; the data folder that it will have."""
    folder = tmp_path / "voiceops-data"
    monkeypatch.setenv("VOICEOPS_DATA_DIR", str(folder))
    return folder


def test_on_an_empty_machine_it_says_what_will_be_made_and_makes_nothing(empty: Path) -> None:
    checks = checks_of()
    assert "the first part that starts makes it" in checks["data folder"]["found"]
    assert "has no tables yet" in checks["database"]["found"]
    assert (checks["recordings"]["looked"], checks["notices"]["looked"]) == (False, False)
    assert not empty.exists()


def test_a_migration_that_waits_is_named_and_not_made(empty: Path) -> None:
    url = f"sqlite:///{empty}/voiceops.sqlite"
    with migrating(url) as config:
        command.upgrade(config, "0020")
    check = checks_of()["database"]
    assert check["fault"] is None
    assert "of version 0020" in check["found"]
    assert schema_version(url).there == "0020"
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert "Install the version of VoiceOps that made them" in checks_of()["database"]["fault"]


@pytest.mark.usefixtures("empty")
def test_a_database_that_is_away_is_one_fault_and_not_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEOPS_DATABASE_URL", "postgresql://voiceops:hunter2@127.0.0.1:1/voiceops")
    checks = checks_of()
    assert checks["database"]["fault"].startswith("The database does not answer. Check that it runs")
    assert "hunter2" not in str(checks)
    assert [one["name"] for one in checks.values() if "database" in (one["fault"] or "")] == ["database"]


@pytest.mark.usefixtures("empty")
def test_redis_that_is_away_is_a_fault_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEOPS_REDIS_URL", "redis://:hunter2@127.0.0.1:1/0")
    fault = checks_of()["Redis"]["fault"]
    assert "Start Redis or mend VOICEOPS_REDIS_URL" in fault
    assert "hunter2" not in fault


@pytest.mark.usefixtures("empty")
def test_a_setting_that_cannot_be_used_is_a_fault_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEOPS_CHANNELS", "nonsense")
    assert "VOICEOPS_CHANNELS" in checks_of()["settings"]["fault"]


def test_an_engine_that_is_missing_comes_with_the_command_that_brings_it(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICEOPS_MODEL_DIR", str(empty / "models"))
    assert "voiceops models fetch turbo" in checks_of()["transcriber"]["fault"]


def test_a_disk_that_is_nearly_full_is_a_fault(empty: Path) -> None:
    with small_disk(empty, mib=4) as is_small:
        if not is_small:
            pytest.skip("Only root on a machine that allows mounting can make a small disk.")
        assert "Make room or move the data folder" in checks_of()["data folder"]["fault"]
