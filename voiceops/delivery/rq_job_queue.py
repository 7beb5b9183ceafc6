"""Sends background jobs through RQ: by dotted name and one id, as JSON, to one software queue per lane and priority.

Arguments travel as JSON and not as pickles, so that whoever can write to Redis cannot make a
worker run code of their own.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import product

from redis import Redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from voiceops.delivery.redis_address import connect, masked, redis_faults
from voiceops.domain.recording import Priority
from voiceops.ports import Job, Lane

PATIENCE_SECONDS = 2.0  # an API request must never hang on a dead Redis
COPIES_LIMIT = 20  # lost copies of one job; RQ's maintenance clears them within minutes
FAILED_JOBS_KEPT_SECONDS = 3600  # for a person who looks at RQ; the reason itself is in the database


def lane_queue(lane: Lane, connection: Redis, priority: Priority = Priority.TODAY) -> Queue:
    """The RQ queue of a lane and a priority, the same for those who send and those who work."""
    name = f"voiceops-{lane}" if priority is Priority.TODAY else f"voiceops-{lane}-{priority}"
    return Queue(name, connection=connection, serializer=JSONSerializer)


class RqJobQueue:
    """A JobQueue on RQ. Connects on first use; may be shared by threads."""

    def __init__(self, redis_url: str) -> None:
        self._url = redis_url
        self._connection = connect(redis_url, patience_seconds=PATIENCE_SECONDS)

    def enqueue(self, job: Job) -> None:
        """See ports.JobQueue."""
        with redis_faults(self._url):
            queue = lane_queue(job.lane, self._connection, job.priority)
            for copy in range(COPIES_LIMIT):
                try:
                    _send(queue, job, _job_id(job, copy))
                except DuplicateJobError:
                    # RQ knows this job. If it waits, that is enough. Else it is being worked on, or
                    # its worker died with it: then it is sent under another id, since writing over
                    # a running job would lose the new one when the old one ends.
                    if queue.get_job_position(_job_id(job, copy)) is None:
                        continue
                return

    def depths(self) -> Mapping[Lane, int]:
        """See ports.JobQueue."""
        places = list(product(Lane, Priority))
        with redis_faults(self._url), self._connection.pipeline(transaction=False) as pipe:
            for lane, priority in places:
                pipe.llen(lane_queue(lane, self._connection, priority).key)
            depths = Counter[Lane]()
            for (lane, _), depth in zip(places, pipe.execute(), strict=True):
                depths[lane] += depth
            return depths

    def __repr__(self) -> str:
        return f"RqJobQueue({masked(self._url)})"


def _send(queue: Queue, job: Job, job_id: str) -> None:
    queue.enqueue_call(
        str(job.name),
        args=(job.record_id,),
        timeout=job.timeout_seconds,
        result_ttl=0,
        failure_ttl=FAILED_JOBS_KEPT_SECONDS,
        description=f"{job.name} {job.record_id}",
        job_id=job_id,
        unique=True,
    )


def _job_id(job: Job, copy: int) -> str:
    """RQ allows letters, digits, dashes and underscores only."""
    return f"{job.name.name.lower()}-{job.record_id}-{job.attempt}-{copy}"
