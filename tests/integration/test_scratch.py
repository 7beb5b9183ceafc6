"""What customers said does not lie about after a worker was killed over it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKER = """
import sys, tempfile
from workers import scratch
scratch.claim()
with tempfile.TemporaryDirectory(prefix="voiceops-") as workspace:
    open(workspace + "/0.s16", "wb").write(b"what somebody said")
    print("works", flush=True)
    sys.stdin.read()
"""


@contextmanager
def a_worker(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """One that has decoded a recording and works on it until its input ends."""
    command = [sys.executable, "-c", WORKER]
    environment = {"TMPDIR": str(folder), "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "works\n"
        try:
            yield process
        finally:
            process.kill()


def sounds(folder: Path) -> list[Path]:
    return list(folder.rglob("*.s16"))


def test_what_a_killed_worker_left_goes_when_the_next_one_starts_and_nobody_elses_does(tmp_path: Path) -> None:
    (tmp_path / "voiceops-notes").mkdir()
    with a_worker(tmp_path), a_worker(tmp_path) as victim:
        assert len(sounds(tmp_path)) == 2
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        assert len(sounds(tmp_path)) == 2
        with a_worker(tmp_path):
            assert len(sounds(tmp_path)) == 2
        assert (tmp_path / "voiceops-notes").is_dir()


def test_one_that_ends_by_itself_leaves_nothing(tmp_path: Path) -> None:
    with a_worker(tmp_path) as process:
        process.communicate("")
        assert process.returncode == 0
    assert sounds(tmp_path) == []
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_folder_that_somebody_put_in_its_place_is_not_followed(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.s16").write_text("mine")
    with a_worker(tmp_path) as process:
        [own] = [path for path in tmp_path.iterdir() if path.is_dir() and path != mine]
        process.communicate("")
    own.symlink_to(mine)
    with a_worker(tmp_path):
        assert (mine / "letter.s16").read_text() == "mine"
