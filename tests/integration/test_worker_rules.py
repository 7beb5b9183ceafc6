"""The rules of a worker process, each by itself: what is tried again, how it stops, how the sweep goes on."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

import pytest

from tests.builders import a_recording, a_transcript
from tests.systems import System
from voiceops.domain.recording import RecordingState
from voiceops.errors import BadInput, Conflict, EngineFailed, NotFound, StorageFull, Unavailable
from voiceops.ports import JobName, UnitOfWork
from voiceops.usecases.analyse_recording import analyse_recording
from workers.lane_worker import TimeLimit
from workers.retry import note_failure, tried_again
from workers.stopping import StopSwitch, StopWorking
from workers.sweep import STEPS, sweep

UNAVAILABLE = Unavailable("The database is away.", record="database", next_step="Wait.")
STORAGE_FULL = StorageFull("The disk is full.", record="database", next_step="Make room.")
ENGINE_FAILED = EngineFailed("It died.", record="engine", next_step="Wait.")
CONFLICT = Conflict("Somebody changed it.", record="task", next_step="Load it again.")
BAD_INPUT = BadInput("It has no such language.", record="engine", next_step="Choose another.")


@pytest.fixture
def signals() -> Iterator[None]:
    """Put the process's own signal handlers back afterwards."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGALRM)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("job", "error", "again"),
    [
        (JobName.TRANSCRIBE, UNAVAILABLE, True),
        (JobName.TRANSCRIBE, ENGINE_FAILED, True),
        (JobName.TRANSCRIBE, MemoryError(), True),
        (JobName.TRANSCRIBE, BAD_INPUT, False),
        (JobName.ANALYSE, UNAVAILABLE, True),
        (JobName.ANALYSE, STORAGE_FULL, True),
        (JobName.ANALYSE, ENGINE_FAILED, False),
        (JobName.ANALYSE, ZeroDivisionError(), False),
        (JobName.ANALYSE, BAD_INPUT, False),
        (JobName.REANALYSE, UNAVAILABLE, True),
        (JobName.REANALYSE, ENGINE_FAILED, True),
    ],
)
def test_what_may_pass_by_itself_is_tried_again_and_nothing_else(job: JobName, error: Exception, again: bool) -> None:  # noqa: FBT001  a table's column
    assert tried_again(job, error) is again


def test_an_analysis_that_breaks_ends_as_a_visible_failure_and_not_in_a_loop(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.recordings.add(a_recording("r", state=RecordingState.TRANSCRIBED))
        unit.transcripts.put("r", a_transcript("agent: hello"))
        unit.commit()
    note_failure(system.services, JobName.ANALYSE, "r", error=ZeroDivisionError())
    with system.services.open_view() as unit:
        recording = unit.recordings.get("r")
    assert recording.state is RecordingState.FAILED
    assert recording.failure is not None
    assert "ZeroDivisionError" in recording.failure


def test_a_failure_that_may_pass_leaves_the_recording_to_the_sweep(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.recordings.add(a_recording("r", state=RecordingState.TRANSCRIBED))
        unit.commit()
    note_failure(system.services, JobName.ANALYSE, "r", error=UNAVAILABLE)
    with system.services.open_view() as unit:
        assert unit.recordings.get("r").state is RecordingState.TRANSCRIBED


def test_a_failure_that_cannot_be_stored_does_not_stop_the_worker(system: System) -> None:
    note_failure(system.services, JobName.ANALYSE, "nobody-knows-it", error=NotFound("x", record="y", next_step="z"))


@pytest.mark.parametrize(
    ("conflicts", "in_the_end"), [(0, RecordingState.ANALYSED), (2, RecordingState.ANALYSED), (3, None)]
)
def test_a_record_that_somebody_changed_meanwhile_is_worked_on_again_at_once(
    system: System, conflicts: int, in_the_end: RecordingState | None
) -> None:
    with system.services.open_unit() as unit:
        unit.recordings.add(a_recording("r", state=RecordingState.TRANSCRIBED))
        unit.transcripts.put("r", a_transcript("agent: hello"))
        unit.commit()
    opened = 0

    def open_unit() -> UnitOfWork:
        nonlocal opened
        opened += 1
        # The first one only counts that the analysis is begun.
        if 1 < opened <= conflicts + 1:
            raise CONFLICT
        return system.services.open_unit()

    with nullcontext() if in_the_end else pytest.raises(Conflict):
        analyse_recording(replace(system.services, open_unit=open_unit), "r")
    with system.services.open_view() as unit:
        recording = unit.recordings.get("r")
    assert recording.state is (in_the_end or RecordingState.TRANSCRIBED)
    assert recording.analyses_begun == 1


def test_an_analysis_that_takes_its_workers_with_it_ends_as_a_failure_that_names_itself(system: System) -> None:
    limit = system.services.policy.attempts_limit
    with system.services.open_unit() as unit:
        unit.recordings.add(a_recording("r", state=RecordingState.TRANSCRIBED))
        unit.transcripts.put("r", a_transcript("agent: hello"))
        for _ in range(limit):
            unit.recordings.begin_analysis("r")
        unit.commit()
    analyse_recording(system.services, "r")
    with system.services.open_view() as unit:
        recording = unit.recordings.get("r")
    assert recording.state is RecordingState.FAILED
    assert recording.failure is not None
    assert f"begun {limit} times" in recording.failure


def test_one_broken_step_of_the_sweep_does_not_keep_the_others_from_running(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError

    def away(_: object) -> int:
        raise UNAVAILABLE

    monkeypatch.setattr("workers.sweep.STEPS", [("broken", broken), ("away", away), ("fine", lambda _: 3)])
    assert sweep(system.services) == {"broken": 0, "away": 0, "fine": 3}


def test_the_sweep_resumes_assigns_and_escalates_and_finds_nothing_to_do_in_an_empty_system(system: System) -> None:
    assert {"resumed", "assigned", "escalated"} <= {name for name, _ in STEPS}
    assert set(sweep(system.services).values()) == {0}


@pytest.mark.usefixtures("signals")
def test_between_two_jobs_a_request_to_stop_is_only_remembered() -> None:
    switch = StopSwitch(grace_seconds=60)
    switch.install()
    os.kill(os.getpid(), signal.SIGTERM)
    switch.pause(60)
    assert switch.requested


@pytest.mark.usefixtures("signals")
def test_a_job_may_finish_within_the_grace_and_is_not_reminded_later() -> None:
    before = threading.active_count()
    switch = StopSwitch(grace_seconds=60)
    switch.install()
    with switch.job():
        os.kill(os.getpid(), signal.SIGTERM)
        assert threading.active_count() > before
    assert switch.requested
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(5)  # the reminder is called off, not left to strike a minute later
    assert threading.active_count() == before


@pytest.mark.usefixtures("signals")
def test_a_job_that_takes_longer_than_the_grace_is_broken_off() -> None:
    switch = StopSwitch(grace_seconds=0.05)
    switch.install()
    with pytest.raises(StopWorking):
        _job_that_is_told_to_stop(switch, times=1)


@pytest.mark.usefixtures("signals")
def test_a_second_request_breaks_a_job_off_at_once() -> None:
    switch = StopSwitch(grace_seconds=600)
    switch.install()
    with pytest.raises(StopWorking):
        _job_that_is_told_to_stop(switch, times=2)


@pytest.mark.usefixtures("signals")
def test_a_job_past_its_time_limit_fails_as_an_engine_does() -> None:
    with pytest.raises(EngineFailed, match="time limit of 1 s"), TimeLimit(1):  # type: ignore[no-untyped-call]  # RQ leaves it so
        time.sleep(60)


def _job_that_is_told_to_stop(switch: StopSwitch, *, times: int) -> None:
    with switch.job():
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
