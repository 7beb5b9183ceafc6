"""How a worker process is told to stop: between two jobs at once, inside a job after a grace."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StopWorking(BaseException):
    """Raised inside a job whose worker must end now. Not an Exception: nothing may swallow it."""


class StopSwitch:
    """Remembers that SIGTERM or SIGINT came. A second one, or the end of the grace, ends a running job."""

    def __init__(self, *, grace_seconds: float) -> None:
        self.requested = False
        self.grace_seconds = grace_seconds
        self._in_job = False
        self._reminder: threading.Timer | None = None

    def install(self) -> None:
        """Listen from now on. Only in a process's main thread."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            signal.signal(number, self._on_signal)

    @contextmanager
    def job(self) -> Iterator[None]:
        """The block is a job: StopWorking may be raised in it, and nowhere else."""
        self._in_job = True
        try:
            yield
        finally:
            self._in_job = False
            if self._reminder is not None:
                # A reminder that came later would end a process that listens to it no more.
                self._reminder.cancel()

    def pause(self, seconds: float) -> None:
        """Sleep, but not past a request to stop."""
        until = time.monotonic() + seconds
        while not self.requested and time.monotonic() < until:
            time.sleep(min(0.2, seconds))

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        first = not self.requested
        self.requested = True
        if not self._in_job:
            return
        if first and number != signal.SIGUSR1:
            self._remind_after_grace()
            return
        self._in_job = False
        raise StopWorking

    def _remind_after_grace(self) -> None:
        """SIGALRM belongs to RQ's time limits, so a thread sends the reminder."""
        self._reminder = threading.Timer(self.grace_seconds, os.kill, (os.getpid(), signal.SIGUSR1))
        self._reminder.daemon = True
        self._reminder.start()
