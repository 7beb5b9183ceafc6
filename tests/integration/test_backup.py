"""A backup that was made while the system worked comes back whole in an empty one, on either database."""

import io
import itertools
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from tests.databases import PostgresqlServer
from tests.integration.test_cli_tasks import voiceops
from tests.integration.test_erasure import received
from tests.spoken import a_spoken_wav
from tests.systems import System
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.people import Role
from voiceops.domain.recording import Recording, RecordingKind
from voiceops.errors import BadInput, Conflict
from voiceops.ports import Page, RecordingFilter, TaskFilter
from voiceops.storage.back_up import back_up
from voiceops.storage.metadata import metadata
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.restore import restore
from voiceops.usecases.check_ledger import check_ledger
from voiceops.usecases.create_user import create_user
from voiceops.usecases.judge_calls import judge_calls
from voiceops.usecases.log_access import log_access
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.upload_keyword_set import upload_keyword_set

SETS = Path(__file__).parents[2] / "samples" / "keyword_sets"


@pytest.fixture
def full(make_system: Callable[[str], System], database_url: str) -> System:
    """A call with findings, two voicemails with tasks, a user and lines in the access log."""
    system = make_system(database_url)
    upload_keyword_set(
        system.services, (SETS / "service-call-en.yaml").read_text(), file_name="set.yaml", uploaded_by="admin"
    )
    system.hears("Hello, this call is recorded.", "My number is 202 555 0147, please call me back.")
    call = received(system, "04-number-in-words.flac", kind=RecordingKind.CALL)
    received(system, "02-polite.wav", caller_number="+12025550147")
    received(system, "03-no-number.opus")
    create_user(system.services, name="vera", role=Role.QA, actor="admin")
    log_access(system.services, call, actor="vera", action=AccessAction.HEARD_AUDIO)
    return system


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'voiceops.db'}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    with server.new_database() as url:
        yield url


def rows_of(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {
            name: sorted(str(tuple(row)) for row in connection.execute(select(table)))
            for name, table in metadata.tables.items()
        }


def quiet(_: str) -> None:
    """Nobody wants to hear of the progress."""


def test_everything_comes_back_from_either_database_to_either(
    full: System, new_url: str, tmp_path: Path, make_system: Callable[[str], System]
) -> None:
    path, files = tmp_path / "backup.tar", LocalRecordingFiles(tmp_path / "new" / "recordings")
    made = back_up(full.engine, full.services.files, path, quiet)
    assert (made.files, made.missing) == (3, ())
    assert path.stat().st_mode & 0o077 == 0
    done = restore(new_url, files, path, quiet)
    assert (done.rows, done.files) == (made.rows, 3)
    assert set(files.all_sha256()) == set(full.services.files.all_sha256())
    new = make_system(new_url)
    # What figures count is not in it, and is counted again.
    assert judge_calls(new.services) == 1
    assert rows_of(new.engine) == rows_of(full.engine)


def test_a_restored_system_works_on_and_its_ledger_is_the_same(
    full: System, new_url: str, tmp_path: Path, make_system: Callable[[str], System]
) -> None:
    path = tmp_path / "backup.tar"
    back_up(full.engine, full.services.files, path, quiet)
    restore(new_url, LocalRecordingFiles(tmp_path / "recordings"), path, quiet)
    new = make_system(new_url)
    assert check_ledger(new.services) == check_ledger(full.services)
    with new.services.open_unit() as unit:
        (first, *_) = unit.tasks.list(TaskFilter(), Page())
        event = unit.tasks.events(first.id)[0]
        numbers = unit.feed.newest()
        unit.tasks.save(replace(first, version=first.version + 1), event)
        assert unit.feed.newest() == numbers + 1
    with pytest.raises(Conflict, match="not empty"):
        restore(new_url, LocalRecordingFiles(tmp_path / "recordings"), path, quiet)


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(full: System, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    late: list[Recording] = []

    def meanwhile(_: str) -> None:
        if not late:
            late.append(received(full, "05-same-caller.flac"))

    made = back_up(full.engine, full.services.files, path, meanwhile)
    assert late
    assert made.files == 3


def test_a_backup_that_is_made_while_uploads_come_in_is_one_moment(
    full: System, new_url: str, tmp_path: Path, make_system: Callable[[str], System]
) -> None:
    path, over = tmp_path / "backup.tar", threading.Event()
    full.paused = True

    def upload() -> None:
        for number in itertools.count():
            if over.is_set():
                return
            voice = io.BytesIO(a_spoken_wav(seed=number))
            sent = Upload(f"{number}.wav", voice, RecordingKind.VOICEMAIL, caller_number=f"+1212555{number:04}")
            receive_recording(full.services, sent)

    with ThreadPoolExecutor(1) as pool:
        uploading = pool.submit(upload)
        # Each table takes as long as an upload or two.
        made = back_up(full.engine, full.services.files, path, lambda _: time.sleep(0.1))
        over.set()
        uploading.result()
    files = LocalRecordingFiles(tmp_path / "new" / "recordings")
    restore(new_url, files, path, quiet)
    new = make_system(new_url)
    ledger = check_ledger(new.services)
    assert made.missing == ()
    assert not ledger.unbalanced, ledger
    with new.services.open_view() as unit:
        rows = list(unit.recordings.list(RecordingFilter(), Page(limit=1000)))
    assert {one.sha256 for one in rows} == set(files.all_sha256())
    assert len(rows) == made.files < len(list(full.services.files.all_sha256()))


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9], ids=str)
def test_a_damaged_or_cut_backup_changes_nothing(system: System, tmp_path: Path, at: float) -> None:
    received(system, "02-polite.wav")
    path, folder = tmp_path / "backup.tar", tmp_path / "new"
    back_up(system.engine, system.services.files, path, quiet)
    whole = path.read_bytes()
    place = int(len(whole) * at)
    for broken in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], b"no tar"):
        path.write_bytes(broken)
        with pytest.raises(BadInput, match=r"backup|member|damaged|Its"):
            restore(f"sqlite:///{folder / 'voiceops.db'}", LocalRecordingFiles(folder / "recordings"), path, quiet)
    assert not (folder / "voiceops.db").exists()
    assert list(LocalRecordingFiles(folder / "recordings").all_sha256()) == []


def test_memory_does_not_grow_with_the_number_of_recordings(tmp_path: Path) -> None:
    script = (
        "import io, resource, sys; from pathlib import Path\n"
        "from voiceops.storage.backup_file import FORMAT, HEAD, checked_head, members, writing\n"
        "path = Path(sys.argv[1])\n"
        "def taken(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "def make(count):\n"
        "    with writing(path) as writer:\n"
        "        writer.add_document(HEAD, {'format': FORMAT})\n"
        "        for number in range(count):\n"
        "            writer.add(f'recordings/{number:064x}', io.BytesIO(b'sound'), 5)\n"
        "    checked_head(path)\n"
        "    read = sum(1 for _ in members(path))\n"
        "    path.unlink()\n"
        "    return read\n"
        "make(1000)\n"
        "before = taken()\n"
        "print(make(30_000), taken() - before)"
    )
    said = subprocess.run([sys.executable, "-c", script, tmp_path / "backup.tar"], check=True, capture_output=True)
    count, grown = map(int, said.stdout.split())
    assert count == 30_002
    assert grown < 8  # MiB; a list of the members would take 30 and more


def test_a_folder_with_other_recordings_is_left_alone(system: System, tmp_path: Path) -> None:
    path, files = tmp_path / "backup.tar", LocalRecordingFiles(tmp_path / "recordings")
    back_up(system.engine, system.services.files, path, quiet)
    received(system, "02-polite.wav")
    with pytest.raises(Conflict, match="not the backup's"):
        restore(f"sqlite:///{tmp_path / 'new.db'}", files, path, quiet)


def test_a_backup_of_a_newer_version_is_refused(system: System, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    with system.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    back_up(system.engine, system.services.files, path, quiet)
    with pytest.raises(BadInput, match="newer version"):
        restore(f"sqlite:///{tmp_path / 'new.db'}", system.services.files, path, quiet)


def test_one_command_each(system: System, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    received(system, "02-polite.wav")
    for name, value in (("DATA_DIR", str(tmp_path)), ("DATABASE_URL", sqlite_url)):
        monkeypatch.setenv(f"VOICEOPS_{name}", value)
    path = tmp_path / "backup.tar"
    assert voiceops("backup", str(path))[0] == 0
    assert voiceops("backup", str(path))[0] == 2
    with tarfile.open(path) as tar:
        assert {"head.json", "manifest.json", "tables/recordings.jsonl.gz"} <= set(tar.getnames())
    monkeypatch.setenv("VOICEOPS_DATA_DIR", str(tmp_path / "new"))
    monkeypatch.delenv("VOICEOPS_DATABASE_URL")
    status, said, _ = voiceops("restore", str(path))
    assert status == 0
    assert "1 recordings are back" in said
