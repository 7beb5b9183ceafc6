"""A folder of this process's own for decoded sound; what processes that were killed left in theirs is removed.

A worker that is killed cannot clear up behind it, and what it leaves is what customers said: it must neither fill the
disk nor outlive the recording. Whoever starts next on the same machine removes it.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = f"voiceops-worker-{os.getuid()}-"
_LOCK = "lock"
# Open for as long as this process lives: by their locks others know that it does.
_held: list[int] = []


def claim() -> Path:
    """From now on temporary files of this process, and of those that it starts, lie in a folder of its own."""
    base = Path(tempfile.gettempdir())
    with _alone(base):
        for left in base.glob(f"{_PREFIX}*"):
            if not _is_in_use(left):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
        _held.append(_locked(folder / _LOCK))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    return folder


@contextmanager
def _alone(base: Path) -> Iterator[None]:
    """Nobody else looks while a folder is there and its lock is not yet."""
    number = _locked(base / f"{_PREFIX.rstrip('-')}.lock", waits=True)
    try:
        yield
    finally:
        os.close(number)


def _is_in_use(folder: Path) -> bool:
    try:
        os.close(_locked(folder / _LOCK))
    except BlockingIOError:
        return True
    except OSError:
        # It is no folder of ours, or its lock is gone already.
        return not folder.is_dir() or folder.is_symlink()
    return False


def _locked(path: Path, *, waits: bool = False) -> int:
    """An open file that is locked until it is closed, or its process ends. Raises BlockingIOError."""
    number = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(number)
        raise
    return number
