"""What every RecordingFiles promises; run against the local folder and a server that speaks S3."""

import hashlib
import io
import os
import resource
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from tests.disks import small_disk as small_disk_in
from voiceops.errors import BadInput, NotFound, StorageFull, TooLarge, Unavailable
from voiceops.ports import RecordingFiles
from voiceops.storage.recording_files import BLOCK_BYTES, LocalRecordingFiles
from voiceops.storage.s3_recording_files import S3RecordingFiles, open_store

MIB = 1024 * 1024
NO_LIMIT = 1024**4


class Endless(io.RawIOBase):
    """A source that yields so many bytes without having them, and tells the most it was asked for at once."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.largest = 0

    def read(self, size: int = -1) -> bytes:
        self.largest = max(self.largest, size if size >= 0 else self.left)
        taken = min(self.left, size if size >= 0 else self.left)
        self.left -= taken
        return bytes(taken)


class BreaksOff(io.RawIOBase):
    """A source whose sender goes away in the middle."""

    def __init__(self) -> None:
        self.blocks = iter([b"first"])

    def read(self, _size: int = -1) -> bytes:
        for block in self.blocks:
            return block
        raise ConnectionResetError("The sender is gone.")


@pytest.fixture
def local(tmp_path: Path) -> LocalRecordingFiles:
    return LocalRecordingFiles(tmp_path / "recordings")


@pytest.fixture(params=["local", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> RecordingFiles:
    """Each implementation in turn; what lies in the test's folder is only passing through where it is not local."""
    if request.param == "s3":
        return S3RecordingFiles(open_store(request.getfixturevalue("s3_url")), tmp_path / "recordings")
    return LocalRecordingFiles(tmp_path / "recordings")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four mebibytes."""
    with small_disk_in(tmp_path / "small", mib=4) as is_small:
        if not is_small:
            pytest.skip("Only root on a machine that allows mounting can make a small disk.")
        yield tmp_path / "small"


def kept(files: RecordingFiles, content: bytes) -> str:
    """The digest of content that was received and kept."""
    with files.receive(io.BytesIO(content), limit_bytes=NO_LIMIT) as incoming:
        incoming.keep()
    return incoming.stored.sha256


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES])
def test_what_is_kept_can_be_opened_under_its_digest(files: RecordingFiles, size: int) -> None:
    content = os.urandom(size)
    with files.receive(io.BytesIO(content), limit_bytes=NO_LIMIT) as incoming:
        assert incoming.path.read_bytes() == content
        incoming.keep()
    assert incoming.stored.sha256 == hashlib.sha256(content).hexdigest()
    assert incoming.stored.size_bytes == size
    with files.open_local(incoming.stored.sha256) as path:
        assert path.read_bytes() == content


def test_leaving_without_keeping_removes_every_trace(files: RecordingFiles, tmp_path: Path) -> None:
    with files.receive(io.BytesIO(b"abc"), limit_bytes=NO_LIMIT) as incoming:
        pass
    assert not files.exists(incoming.stored.sha256)
    assert everything_in(tmp_path) == []


def test_an_error_in_the_block_removes_every_trace(files: RecordingFiles, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), files.receive(io.BytesIO(b"abc"), limit_bytes=NO_LIMIT):
        _ = 1 / 0
    assert everything_in(tmp_path) == []


def test_a_sender_who_goes_away_leaves_no_trace_and_is_told_so(files: RecordingFiles, tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError), files.receive(BreaksOff(), limit_bytes=NO_LIMIT):  # type: ignore[arg-type] # RawIOBase is enough
        pass
    assert everything_in(tmp_path) == []


def test_the_limit_itself_is_allowed_and_one_byte_more_is_not(files: RecordingFiles, tmp_path: Path) -> None:
    with files.receive(io.BytesIO(b"12345"), limit_bytes=5):
        pass
    with pytest.raises(TooLarge, match="limit of 5 bytes"), files.receive(io.BytesIO(b"123456"), limit_bytes=5):
        pass
    assert everything_in(tmp_path) == []


def test_an_endless_upload_is_stopped_at_the_limit(files: RecordingFiles) -> None:
    source = Endless(1024**5)
    with pytest.raises(TooLarge), files.receive(source, limit_bytes=3 * MIB):  # type: ignore[arg-type] # RawIOBase is enough
        pass
    assert 1024**5 - source.left <= 4 * MIB


def test_an_upload_goes_to_disk_in_blocks_and_never_into_memory(files: RecordingFiles) -> None:
    source = Endless(64 * MIB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with files.receive(source, limit_bytes=NO_LIMIT) as incoming:  # type: ignore[arg-type] # RawIOBase is enough
        assert incoming.path.stat().st_size == 64 * MIB
    assert source.largest == BLOCK_BYTES
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_the_same_bytes_are_kept_once(files: RecordingFiles) -> None:
    digest = kept(files, b"abc")
    assert kept(files, b"abc") == digest
    assert list(files.all_sha256()) == [digest]


def test_sending_a_recording_again_mends_a_damaged_file(local: LocalRecordingFiles) -> None:
    digest = kept(local, b"abc")
    with local.open_local(digest) as path:
        path.write_bytes(b"a")
    kept(local, b"abc")
    with local.open_local(digest) as path:
        assert path.read_bytes() == b"abc"


def test_removed_bytes_are_gone_and_may_be_removed_twice(files: RecordingFiles, tmp_path: Path) -> None:
    digest = kept(files, b"abc")
    files.remove(digest)
    files.remove(digest)
    assert not files.exists(digest)
    assert everything_in(tmp_path) == []
    with pytest.raises(NotFound, match=digest), files.open_local(digest):
        pass


@pytest.mark.parametrize("trick", ["", "..", "../../secret", "/etc/passwd", "incoming", "a" * 64 + "\n", "A" * 64])
def test_only_a_digest_names_a_file(files: RecordingFiles, tmp_path: Path, trick: str) -> None:
    (tmp_path / "secret").write_text("secret")
    assert not files.exists(trick)
    files.remove(trick)
    with pytest.raises(NotFound), files.open_local(trick):
        pass
    assert (tmp_path / "secret").exists()


def test_all_digests_are_those_that_were_kept(files: RecordingFiles, tmp_path: Path) -> None:
    digests = {kept(files, bytes([n])) for n in range(5)}
    (tmp_path / "recordings" / "notes.txt").write_text("put here by a person")
    with files.receive(io.BytesIO(b"not kept yet"), limit_bytes=NO_LIMIT):
        assert list(files.all_sha256()) == sorted(digests)


def test_the_bytes_reach_the_disk_before_their_name_and_that_before_keep_returns(local: LocalRecordingFiles) -> None:
    calls: list[str] = []

    def note(_frame: FrameType, event: str, function: object) -> None:
        if event == "c_call":
            calls.append(getattr(function, "__name__", ""))

    with local.receive(io.BytesIO(b"abc"), limit_bytes=NO_LIMIT) as incoming:
        sys.setprofile(note)
        incoming.keep()
        sys.setprofile(None)
    # The new folder is flushed into its parent, too.
    wanted = [name for name in calls if name in {"fsync", "mkdir", "replace"}]
    assert wanted == ["fsync", "mkdir", "fsync", "replace", "fsync"]


def test_nobody_else_on_the_machine_may_read_recordings(local: LocalRecordingFiles, tmp_path: Path) -> None:
    kept(local, b"abc")
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "recordings").rglob("*")}
    assert modes == {True: 0o700, False: 0o600}
    assert stat.S_IMODE((tmp_path / "recordings").stat().st_mode) == 0o700


def test_what_a_killed_process_left_is_not_kept_and_can_be_removed(local: LocalRecordingFiles, tmp_path: Path) -> None:
    script = f"""
import io, os, signal
from pathlib import Path
from voiceops.storage.recording_files import LocalRecordingFiles
files = LocalRecordingFiles(Path({str(tmp_path / "recordings")!r}))
with files.receive(io.BytesIO(b"half"), limit_bytes=100):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script], check=False)
    (left,) = everything_in(tmp_path)
    assert list(local.all_sha256()) == []
    assert local.remove_abandoned(older_than_seconds=3600) == 0
    os.utime(left, (time.time() - 3601, time.time() - 3601))
    digest = kept(local, b"whole")
    assert local.remove_abandoned(older_than_seconds=3600) == 1
    assert [path.name for path in everything_in(tmp_path)] == [digest]


def test_a_full_disk_keeps_nothing_and_says_so(small_disk: Path) -> None:
    files = LocalRecordingFiles(small_disk / "recordings")
    digest = kept(files, bytes(MIB))
    with pytest.raises(StorageFull, match="no room"), files.receive(Endless(9 * MIB), limit_bytes=NO_LIMIT):  # type: ignore[arg-type] # RawIOBase is enough
        pass
    assert [path.name for path in everything_in(small_disk)] == [digest]
    assert kept(files, bytes(2 * MIB)) != digest


def test_a_file_larger_than_the_system_allows_is_a_full_disk_too(tmp_path: Path) -> None:
    script = f"""
import io, resource
from pathlib import Path
from voiceops.errors import StorageFull
from voiceops.storage.recording_files import LocalRecordingFiles
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
try:
    with LocalRecordingFiles(Path({str(tmp_path)!r})).receive(io.BytesIO(bytes(5_000_000)), limit_bytes=10**9):
        pass
except StorageFull:
    print("full")
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "full\n"
    assert everything_in(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable, match="cannot be used"):
        LocalRecordingFiles(tmp_path / "file" / "recordings")


@pytest.mark.parametrize(("first", "length"), [(0, 16), (5, 1), (BLOCK_BYTES - 1, 3), (3 * BLOCK_BYTES - 2, 99)])
def test_a_stretch_is_read_without_the_rest(files: RecordingFiles, first: int, length: int) -> None:
    content = os.urandom(3 * BLOCK_BYTES)
    digest = kept(files, content)
    assert files.size_of(digest) == len(content)
    assert b"".join(files.read(digest, first=first, length=length)) == content[first : first + length]


def test_what_is_not_kept_has_no_size_and_no_bytes(files: RecordingFiles) -> None:
    for digest in ("a" * 64, "../secret"):
        with pytest.raises(NotFound):
            files.size_of(digest)
        with pytest.raises(NotFound):
            list(files.read(digest, first=0, length=1))


def test_what_was_kept_just_now_is_not_old(files: RecordingFiles) -> None:
    digest = kept(files, b"abc")
    assert list(files.all_sha256(older_than_seconds=3600)) == []
    assert list(files.all_sha256(older_than_seconds=0)) == [digest]


def test_a_long_recording_goes_to_the_store_in_parts_and_comes_back(tmp_path: Path, s3_url: str) -> None:
    files = S3RecordingFiles(open_store(s3_url), tmp_path / "passing")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with files.receive(Endless(64 * MIB), limit_bytes=NO_LIMIT) as incoming:  # type: ignore[arg-type] # RawIOBase is enough
        incoming.keep()
    with files.open_local(incoming.stored.sha256) as path:
        assert path.stat().st_size == 64 * MIB
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 48 * 1024
    assert everything_in(tmp_path) == []


def test_a_store_without_its_bucket_is_unavailable_and_its_key_stays_secret(tmp_path: Path, s3_server: str) -> None:
    store = open_store(f"s3://key:hunter2@no-such-bucket/?endpoint={s3_server}")
    files = S3RecordingFiles(store, tmp_path / "passing")
    with pytest.raises(Unavailable, match="VOICEOPS_RECORDINGS_URL: The store of recordings") as caught:
        kept(files, b"abc")
    assert "hunter2" not in str(caught.value)
    assert everything_in(tmp_path) == []


@pytest.mark.parametrize("url", ["", "bucket", "http://host/bucket", "s3://", "s3://bucket?endpiont=http://host"])
def test_an_address_of_no_usable_store_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput, match="Write s3://"):
        open_store(url)
