"""An RQ worker for one lane that keeps its process, sends heartbeats while it works, and stops between jobs.

RQ's SimpleWorker keeps a loaded model but is silent while it works, and its idle loop can only
be left by an exception that may drop a job just taken. Both are mended here. See
docs/decisions/0001-lanes.md.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import DequeueTimeout
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import UnixSignalDeathPenalty
from rq.worker import BaseWorker, WorkerStatus

from voiceops.delivery.rq_job_queue import lane_queue
from voiceops.domain.recording import Priority
from voiceops.errors import EngineFailed
from voiceops.ports import Lane
from workers.stopping import StopSwitch

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 10
POP_SECONDS = 1  # how long one pop waits, hence how long an idle worker takes to stop
WORKER_LIFE_SECONDS = 30  # RQ forgets a worker that was silent for this long and a minute


class TimeLimit(UnixSignalDeathPenalty):
    """Ends a job past its time limit with an error of ours, so that the use case stores the reason."""

    def handle_death_penalty(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002  a signal handler's form
        """Raise inside the job."""
        raise EngineFailed(
            f"The work took longer than its time limit of {self._timeout} s.",
            record="job",
            next_step="Try again; if it happens often, raise VOICEOPS_TRANSCRIBE_TIMEOUT_PER_AUDIO_SECOND.",
        )


class LaneWorker(SimpleWorker):
    """Works off one lane, the higher priorities first."""

    death_penalty_class = TimeLimit

    def __init__(self, lane: Lane, connection: Redis, switch: StopSwitch) -> None:
        super().__init__(
            [lane_queue(lane, connection, priority) for priority in Priority],
            connection=connection,
            serializer=JSONSerializer,
            worker_ttl=WORKER_LIFE_SECONDS,
            job_monitoring_interval=HEARTBEAT_SECONDS,
        )
        self._switch = switch

    def dequeue_job_and_maintain_ttl(
        self,
        timeout: int | None,  # noqa: ARG002  RQ's form
        max_idle_time: int | None = None,  # noqa: ARG002  RQ's form
    ) -> tuple[Job, Queue] | None:
        """The next job, or None once told to stop: asked between two pops, so no taken job is dropped."""
        self.set_state(WorkerStatus.IDLE)
        while not self._switch.requested:
            self.heartbeat()
            if self.should_run_maintenance_tasks:
                self.run_maintenance_tasks()  # type: ignore[no-untyped-call]  # RQ leaves it untyped
            try:
                return self._first_waiting() or self._taken_from(self.queues[0], wait_seconds=POP_SECONDS)
            except DequeueTimeout:
                continue
        return None

    def _first_waiting(self) -> tuple[Job, Queue] | None:
        return next(filter(None, (self._taken_from(queue, wait_seconds=None) for queue in self.queues)), None)

    def _taken_from(self, queue: Queue, *, wait_seconds: int | None) -> tuple[Job, Queue] | None:
        """One queue at a time: only then does RQ move a job in one atomic step, so that a crash loses none."""
        return self.queue_class.dequeue_any(
            [queue],
            wait_seconds,
            connection=self.connection,
            job_class=self.job_class,
            serializer=self.serializer,
            death_penalty_class=self.death_penalty_class,
        )

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Do one job in this process, with heartbeats."""
        execution = self.prepare_execution(job)
        with _beating(lambda: self.maintain_heartbeats(job, execution)):
            self.perform_job(job, queue, execution)
        self.set_state(WorkerStatus.IDLE)

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        """Heartbeats come, so silence of a minute means death: BaseWorker's figure, not SimpleWorker's."""
        return BaseWorker.get_heartbeat_ttl(self, job, working_time)

    def subscribe(self) -> None:
        """Take no commands over Redis: stopping is the operating system's matter, one connection less."""

    def _install_signal_handlers(self) -> None:
        """The switch listens to signals for the whole life of the process."""


@contextmanager
def _beating(beat: Callable[[], None]) -> Iterator[None]:
    """Call `beat` again and again from a thread until the block is left. Redis may be away."""
    done = threading.Event()

    def run() -> None:
        while not done.wait(HEARTBEAT_SECONDS):
            try:
                beat()
            except RedisError as fault:
                log.warning("heartbeat not sent", error=type(fault).__name__)

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
