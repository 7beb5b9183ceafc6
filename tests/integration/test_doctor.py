"""`voiceops doctor` on a store whose files and rows do not agree."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.api_door import Door, a_wav, upload
from tests.integration.test_cli_tasks import voiceops
from voiceops.domain.people import Role
from voiceops.storage.recording_files import LocalRecordingFiles

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
