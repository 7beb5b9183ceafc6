"""Starts a program that cannot outlive the process which started it, not even when that one is killed with SIGKILL.

Run as `python -m voiceops.delivery.bound_child PARENT LOCK PROGRAM ARGUMENT…`: it asks the kernel
to be killed with its parent and then becomes the program. Doing this after a fork instead, by
`preexec_fn`, can hang a process that has threads.
"""

import ctypes
import fcntl
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

PR_SET_PDEATHSIG = 1
IN_USE = 75  # the exit status where somebody else holds the lock; BSD calls it "try again later"
NO_LOCK = "-"
LOCK_TRIES, LOCK_PAUSE_SECONDS = 20, 0.1


def bound_command(command: Sequence[str], *, lock: Path | None = None) -> list[str]:
    """The command that runs `command` bound to this process and to the thread that starts it.

    With `lock`, the program holds that file for as long as it lives; if another process holds it
    already, the program is not started and the exit status is IN_USE.
    """
    wrapper = [sys.executable, "-m", "voiceops.delivery.bound_child"]
    return [*wrapper, str(os.getpid()), NO_LOCK if lock is None else str(lock), *command]


def main(arguments: Sequence[str]) -> NoReturn:
    """Bind this process to its parent, take the lock, become the program; or exit."""
    parent, lock, *command = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):  # the parent died before the kernel was asked
        sys.exit(1)
    if lock != NO_LOCK and not _hold(lock):
        sys.exit(IN_USE)
    os.execvp(command[0], command)  # noqa: S606  the command is a list, and becoming it is the point


def _hold(lock: str) -> bool:
    """Take the lock for the life of this process and of the program it becomes."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)
    for _ in range(LOCK_TRIES):  # the one before us may just be dying
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOCK_PAUSE_SECONDS)
        else:
            return True
    return False


if __name__ == "__main__":
    main(sys.argv[1:])
