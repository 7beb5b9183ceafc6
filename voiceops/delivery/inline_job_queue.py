"""Runs jobs at once in the calling process: for one-off commands that wait for the result, and for tests."""

from collections import deque
from collections.abc import Callable, Mapping

from voiceops.ports import Job, Lane


class InlineJobQueue:
    """A JobQueue that runs each job before `enqueue` returns.

    A job sent while another one runs waits for that one's end, as it would for a real worker.
    What a job raises reaches the caller of the outermost `enqueue`; jobs that wait then are
    dropped. Not for several threads.
    """

    def __init__(self, run: Callable[[Job], None]) -> None:
        self._run = run
        self._waiting: deque[Job] = deque()
        self._running = False

    def enqueue(self, job: Job) -> None:
        """See ports.JobQueue."""
        if any(_key(job) == _key(other) for other in self._waiting):
            return
        self._waiting.append(job)
        if not self._running:
            self._work_off()

    def depths(self) -> Mapping[Lane, int]:
        """See ports.JobQueue."""
        return {lane: sum(job.lane == lane for job in self._waiting) for lane in Lane}

    def _work_off(self) -> None:
        self._running = True
        try:
            while self._waiting:
                self._run(self._waiting.popleft())
        finally:
            self._running = False
            self._waiting.clear()


def _key(job: Job) -> tuple[str, str, int]:
    return (job.name, job.record_id, job.attempt)
