"""A whole system whose recordings lie in a store that speaks S3."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.test_cli_tasks import voiceops
from tests.integration.test_erasure import received
from tests.systems import System
from voiceops.bootstrap import build_files
from voiceops.domain.recording import RecordingState
from voiceops.settings import Settings
from voiceops.usecases.erase_person import Whom, erase_person


def test_a_voicemail_is_received_heard_checked_and_erased(
    system: System, sqlite_url: str, s3_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("DATA_DIR", str(tmp_path)), ("DATABASE_URL", sqlite_url), ("RECORDINGS_URL", s3_url)):
        monkeypatch.setenv(f"VOICEOPS_{name}", value)
    system.services = replace(system.services, files=build_files(Settings()))
    system.hears("Hello, this is Ada Byron.")
    voicemail = received(system, "02-polite.wav", caller_number="+12025550147")
    with system.services.open_view() as unit:
        assert unit.recordings.get(voicemail.id).state is RecordingState.ANALYSED
    assert not list((tmp_path / "recordings").rglob("*.wav"))
    assert [path for path in (tmp_path / "passing").rglob("*") if path.is_file()] == []
    checks = {one["name"]: one for one in json.loads(voiceops("doctor", "--json")[1])}
    assert checks["recordings"]["found"] == "1 stored, each with its file"
    assert voiceops("backup", str(tmp_path / "backup.tar"))[0] == 0
    erase_person(system.services, Whom("+12025550147"), actor="admin", dry_run=False)
    assert list(system.services.files.all_sha256()) == []
    monkeypatch.setenv("VOICEOPS_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert voiceops("restore", str(tmp_path / "backup.tar"))[0] == 0
    assert list(system.services.files.all_sha256()) == [voicemail.sha256]


def test_a_store_that_is_away_is_a_fault_that_says_what_to_do(
    s3_url: str, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = s3_url.replace("recordings-", "no-such-bucket-")
    for name, value in (("DATA_DIR", str(tmp_path)), ("DATABASE_URL", sqlite_url), ("RECORDINGS_URL", gone)):
        monkeypatch.setenv(f"VOICEOPS_{name}", value)
    checks = {one["name"]: one for one in json.loads(voiceops("doctor", "--json")[1])}
    assert "Check its address, bucket and key" in checks["recordings"]["fault"]
    assert "secret" not in checks["recordings"]["fault"]
