"""Sends background jobs through RQ: by dotted name and one id, as JSON, to one software queue per lane.

Arguments travel as JSON and not as pickles, so that whoever can write to Redis cannot make a
worker run code of their own.
"""

from collections.abc import Mapping

from redis import Redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from voiceops.delivery.redis_address import connect, masked, redis_faults
from voiceops.ports import Job, Lane

PATIENCE_SECONDS = 2.0  # an API request must never hang on a dead Redis
FAILED_JOBS_KEPT_SECONDS = 3600  # for a person who looks at RQ; the reason itself is in the database


def lane_queue(lane: Lane, connection: Redis) -> Queue:
    """The RQ queue of a lane, the same for those who send and those who work."""
    return Queue(f"voiceops-{lane}", connection=connection, serializer=JSONSerializer)


class RqJobQueue:
    """A JobQueue on RQ. Connects on first use; may be shared by threads."""

    def __init__(self, redis_url: str) -> None:
        self._url = redis_url
        self._connection = connect(redis_url, patience_seconds=PATIENCE_SECONDS)

    def enqueue(self, job: Job) -> None:
        """See ports.JobQueue."""
        with redis_faults(self._url):
            queue = lane_queue(job.lane, self._connection)
            try:
                _send(queue, job, unique=True)
            except DuplicateJobError:
                # RQ knows this job: it waits, or it is being worked on, or its worker died with it.
                # Only the first makes sending needless; in the others a second copy does no harm.
                if queue.get_job_position(_job_id(job)) is None:
                    _send(queue, job, unique=False)

    def depths(self) -> Mapping[Lane, int]:
        """See ports.JobQueue."""
        with redis_faults(self._url), self._connection.pipeline(transaction=False) as pipe:
            for lane in Lane:
                pipe.llen(lane_queue(lane, self._connection).key)
            return dict(zip(Lane, pipe.execute(), strict=True))

    def __repr__(self) -> str:
        return f"RqJobQueue({masked(self._url)})"


def _send(queue: Queue, job: Job, *, unique: bool) -> None:
    queue.enqueue_call(
        str(job.name),
        args=(job.record_id,),
        timeout=job.timeout_seconds,
        result_ttl=0,
        failure_ttl=FAILED_JOBS_KEPT_SECONDS,
        description=f"{job.name} {job.record_id}",
        job_id=_job_id(job),
        unique=unique,
    )


def _job_id(job: Job) -> str:
    """RQ allows letters, digits, dashes and underscores only."""
    return f"{job.name.name.lower()}-{job.record_id}-{job.attempt}"
