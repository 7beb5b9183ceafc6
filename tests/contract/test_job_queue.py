"""What every JobQueue promises, tried on RQ with a real Redis and on the inline queue."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from redis import Redis
from rq import Queue, SimpleWorker
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.delivery.redis_address import connect
from voiceops.delivery.rq_job_queue import RqJobQueue, lane_queue
from voiceops.domain.recording import Priority
from voiceops.errors import BadInput, Unavailable
from voiceops.ports import Job, JobName, JobQueue, Lane
from workers.lane_worker import LaneWorker
from workers.stopping import StopSwitch

A_JOB = Job(name=JobName.TRANSCRIBE, lane=Lane.TRANSCRIBE, record_id="rec-1", timeout_seconds=60)


class Place(Protocol):
    """A queue, and a way to send jobs while nobody works and then have them done."""

    queue: JobQueue

    def work_off(self, *jobs: Job) -> list[tuple[str, str]]:
        """Send the jobs, then let a worker work; the name and record of each job that ran."""
        ...


class InlinePlace:
    """The first job is the one that is being worked on while the others are sent."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, str]] = []
        self.queue: JobQueue = InlineJobQueue(self._run)
        self._sent_inside: tuple[Job, ...] = ()

    def _run(self, job: Job) -> None:
        if job.record_id == "opener":
            for sent in self._sent_inside:
                self.queue.enqueue(sent)
        else:
            self.ran.append((str(job.name), job.record_id))

    def work_off(self, *jobs: Job) -> list[tuple[str, str]]:
        self._sent_inside = jobs
        self.queue.enqueue(replace(A_JOB, record_id="opener"))
        return self.ran


class RecordingWorker(SimpleWorker):
    """A real RQ worker which notes what it was given instead of doing it."""

    def perform_job(self, job: RqJob, queue: Queue, execution: object) -> bool:
        assert queue.serializer is JSONSerializer
        job.delete()
        RQ_RAN.append((job.func_name, *job.args))
        return True


RQ_RAN: list[tuple[str, str]] = []


class RqPlace:
    def __init__(self, redis_url: str) -> None:
        self.connection = connect(redis_url, patience_seconds=5)
        self.connection.flushall()
        self.queue: JobQueue = RqJobQueue(redis_url)

    def work_off(self, *jobs: Job) -> list[tuple[str, str]]:
        for job in jobs:
            self.queue.enqueue(job)
        RQ_RAN.clear()
        for lane in Lane:
            worker = RecordingWorker(
                [lane_queue(lane, self.connection)], connection=self.connection, serializer=JSONSerializer
            )
            worker.work(burst=True, logging_level="WARNING")
        return list(RQ_RAN)


@pytest.fixture(scope="module")
def own_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    redis = EmbeddedRedis(tmp_path_factory.mktemp("queue-redis"))
    redis.start()
    yield redis
    redis.stop()


@pytest.fixture(params=["inline", "rq"])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "inline":
        return InlinePlace()
    return RqPlace(request.getfixturevalue("own_redis").url)


def test_a_job_runs_by_its_name_with_its_record(place: Place) -> None:
    assert place.work_off(A_JOB) == [("workers.jobs.transcribe", "rec-1")]


def test_the_same_job_sent_twice_while_it_waits_runs_once(place: Place) -> None:
    assert place.work_off(A_JOB, A_JOB, A_JOB) == [("workers.jobs.transcribe", "rec-1")]


def test_a_job_may_be_sent_again_after_it_ran(place: Place) -> None:
    place.work_off(A_JOB)
    assert len(place.work_off(A_JOB)) >= 1


def test_another_attempt_is_another_job(place: Place) -> None:
    assert len(place.work_off(A_JOB, replace(A_JOB, attempt=1))) == 2


def test_another_record_and_another_name_are_other_jobs(place: Place) -> None:
    other = Job(name=JobName.ANALYSE, lane=Lane.ANALYSE, record_id="rec-1", timeout_seconds=60)
    ran = place.work_off(A_JOB, replace(A_JOB, record_id="rec-2"), other)
    assert sorted(ran) == [
        ("workers.jobs.analyse", "rec-1"),
        ("workers.jobs.transcribe", "rec-1"),
        ("workers.jobs.transcribe", "rec-2"),
    ]


def test_jobs_of_a_lane_run_in_the_order_they_were_sent(place: Place) -> None:
    jobs = [replace(A_JOB, record_id=f"rec-{number}") for number in range(5)]
    assert [record for _, record in place.work_off(*jobs)] == [job.record_id for job in jobs]


class CountingWorker(LaneWorker):
    """A worker that notes what it was given, and stops after so many."""

    def __init__(self, connection: Redis, *, jobs: int) -> None:
        self.jobs, self.told = jobs, StopSwitch(grace_seconds=1)
        super().__init__(Lane.TRANSCRIBE, connection, self.told)

    def perform_job(self, job: RqJob, queue: Queue, execution: object) -> bool:
        job.delete()
        RQ_RAN.append((job.func_name, *job.args))
        self.told.requested = len(RQ_RAN) == self.jobs
        return True


def test_todays_work_goes_before_a_burst_and_that_before_an_archive(own_redis: EmbeddedRedis) -> None:
    place = RqPlace(own_redis.url)
    order = (Priority.ARCHIVE, Priority.BURST, Priority.TODAY, Priority.ARCHIVE, Priority.TODAY)
    for number, priority in enumerate(order):
        place.queue.enqueue(replace(A_JOB, record_id=str(number), priority=priority))
    assert place.queue.depths()[Lane.TRANSCRIBE] == 5
    RQ_RAN.clear()
    CountingWorker(place.connection, jobs=5).work(logging_level="WARNING")
    assert [record_id for _, record_id in RQ_RAN] == ["2", "4", "1", "0", "3"]
    assert place.queue.depths()[Lane.TRANSCRIBE] == 0


def test_every_lane_has_a_depth_and_it_is_zero_when_all_work_is_done(place: Place) -> None:
    place.work_off(A_JOB)
    assert dict(place.queue.depths()) == dict.fromkeys(Lane, 0)


def test_depths_count_what_waits(own_redis: EmbeddedRedis) -> None:
    place = RqPlace(own_redis.url)
    place.queue.enqueue(A_JOB)
    place.queue.enqueue(replace(A_JOB, record_id="rec-2"))
    assert dict(place.queue.depths()) == dict.fromkeys(Lane, 0) | {Lane.TRANSCRIBE: 2}


def test_a_job_that_was_lost_between_two_workers_can_be_sent_again(own_redis: EmbeddedRedis) -> None:
    place = RqPlace(own_redis.url)
    place.queue.enqueue(A_JOB)
    key = lane_queue(Lane.TRANSCRIBE, place.connection).key
    assert place.connection.lpop(key)  # a worker took it and died: its content is there, it waits nowhere
    assert place.work_off(A_JOB) == [("workers.jobs.transcribe", "rec-1")]


def test_the_time_limit_of_a_job_reaches_the_worker(own_redis: EmbeddedRedis) -> None:
    place = RqPlace(own_redis.url)
    place.queue.enqueue(replace(A_JOB, timeout_seconds=4321))
    (job,) = lane_queue(Lane.TRANSCRIBE, place.connection).jobs
    assert job.timeout == 4321


def test_a_dead_redis_is_unavailable_and_the_message_keeps_the_password_secret() -> None:
    queue = RqJobQueue("redis://:s3cret@127.0.0.1:1/0")
    with pytest.raises(Unavailable) as caught:
        queue.enqueue(A_JOB)
    assert "127.0.0.1:1" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert caught.value.retryable
    with pytest.raises(Unavailable):
        queue.depths()


def test_a_redis_that_comes_back_is_used_again(tmp_path: Path) -> None:
    redis = EmbeddedRedis(tmp_path)
    queue = RqJobQueue(redis.url)
    with pytest.raises(Unavailable):
        queue.enqueue(A_JOB)
    redis.start()
    queue.enqueue(A_JOB)
    redis.stop()
    with pytest.raises(Unavailable):
        queue.depths()
    redis.start()
    assert queue.depths()[Lane.TRANSCRIBE] == 1
    redis.stop()


def test_an_address_that_is_none_is_refused_with_the_form_it_should_have() -> None:
    with pytest.raises(BadInput, match="redis://HOST"):
        RqJobQueue("http://example.org")


def test_a_job_that_fails_inline_reaches_the_caller_and_leaves_the_queue_usable() -> None:
    failed: list[str] = []

    def run(job: Job) -> None:
        if not failed:
            failed.append(job.record_id)
            raise RuntimeError("broken")

    queue = InlineJobQueue(run)
    with pytest.raises(RuntimeError, match="broken"):
        queue.enqueue(A_JOB)
    queue.enqueue(A_JOB)
    assert failed == ["rec-1"]
