"""Somebody sets the clock of a machine: nothing waits for the time that was, and no promised time moves."""

import pytest

from tests.integration.test_usecases_recordings import claim, receive, state_of
from tests.systems import System
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.ports import Page, TaskFilter
from voiceops.usecases.resume_stuck import resume_stuck
from workers.sweep import sweep

HOURS = 3600
JUMPS = pytest.mark.parametrize("hours", [-30, -3, 3, 30])


@JUMPS
def test_a_recording_whose_worker_died_before_the_clock_was_set_is_sent_again(system: System, hours: int) -> None:
    system.paused = True
    receipt = receive(system)
    claim(system, receipt.recording.id)
    system.paused = False
    system.clock.passes(seconds=hours * HOURS)
    assert resume_stuck(system.services) == 1
    assert state_of(system, receipt) is RecordingState.ANALYSED


@JUMPS
def test_a_recording_whose_job_was_lost_before_the_clock_was_set_is_sent_again(system: System, hours: int) -> None:
    system.paused = True
    receipt = receive(system)
    system.held.clear()
    system.paused = False
    system.clock.passes(seconds=hours * HOURS)
    assert resume_stuck(system.services) == 1
    assert state_of(system, receipt) is RecordingState.ANALYSED


@JUMPS
def test_a_promised_time_stays_and_nobody_is_told_twice_that_it_passed(system: System, hours: int) -> None:
    receive(system, kind=RecordingKind.VOICEMAIL)
    [before] = tasks(system)
    told: list[int] = []
    for _ in range(3):
        for seconds in (hours * HOURS, 60, -hours * HOURS, 60):
            system.clock.passes(seconds=seconds)
            sweep(system.services)
        [after] = tasks(system)
        assert after.due_at == before.due_at
        told.append(len(escalations(system, after)))
    # What was told the first time, if anything, is not told again.
    assert told[0] == told[-1] <= 1


def escalations(system: System, task: CallbackTask) -> list[TaskEvent]:
    with system.services.open_view() as unit:
        return [event for event in unit.tasks.events(task.id) if event.what == "escalated"]


def tasks(system: System) -> list[CallbackTask]:
    with system.services.open_view() as unit:
        return list(unit.tasks.list(TaskFilter(), Page()))
