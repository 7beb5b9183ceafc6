"""Working a task over days: put it off, try again, give up, claim it, ask afterwards; every move is kept."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOON, a_recording, an_agent
from tests.integration.test_repeat_messages import leave, tasks
from tests.systems import System
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskKind, TaskState
from voiceops.domain.people import Queue
from voiceops.domain.recording import RecordingKind
from voiceops.domain.task_attempt import AttemptPolicy, AttemptResult, FollowUpPolicy, LastResort
from voiceops.errors import BadInput, Conflict, NotAllowed
from voiceops.ports import Page, TaskFilter
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.assign_waiting import assign_waiting
from voiceops.usecases.cancel_task import cancel_task
from voiceops.usecases.complete_task import complete_task
from voiceops.usecases.escalate_overdue import escalate_overdue
from voiceops.usecases.hand_over_task import hand_over_task
from voiceops.usecases.log_attempt import log_attempt
from voiceops.usecases.raise_callback_task import raise_callback_task
from voiceops.usecases.snooze_task import snooze_task
from voiceops.usecases.wake_tasks import wake_tasks

HOUR = timedelta(hours=1)
NO_ANSWER = AttemptResult.NO_ANSWER


def a_task(system: System, **queue: Any) -> CallbackTask:
    """A task in the queue "service", with two agents of whom one works only sales."""
    with system.services.open_unit() as unit:
        unit.queues.put(Queue("service", "Service", **queue))
        unit.agents.put(an_agent("anna"))
        unit.agents.put(replace(an_agent("sam"), queues=("sales",)))
        recording = replace(a_recording(kind=RecordingKind.VOICEMAIL), queue="service")
        unit.recordings.add(recording)
        task = raise_callback_task(system.services, unit, recording)
        unit.commit()
    return task


def an_accepted_task(system: System, **queue: Any) -> CallbackTask:
    return accept_task(system.services, a_task(system, **queue).id, actor="anna")


def stored(system: System, task: CallbackTask) -> CallbackTask:
    with system.services.open_view() as unit:
        return unit.tasks.get(task.id)


def events(system: System, task: CallbackTask) -> list[str]:
    with system.services.open_view() as unit:
        return [event.what for event in unit.tasks.events(task.id)]


# --- putting off -----------------------------------------------------------------------------------


def test_a_task_that_was_put_off_is_not_overdue_before_its_time_and_is_woken_by_the_sweep(system: System) -> None:
    task = an_accepted_task(system)
    asleep = snooze_task(system.services, task.id, actor="anna", until=NOON + 48 * HOUR, why="On a plane until then.")
    assert (asleep.state, asleep.agent_id, asleep.snoozed_until) == (TaskState.ACCEPTED, "anna", NOON + 48 * HOUR)
    system.clock.passes(seconds=47 * 3600)
    assert (escalate_overdue(system.services), wake_tasks(system.services)) == (0, 0)
    system.clock.passes(seconds=3600)
    assert wake_tasks(system.services) == 1
    assert stored(system, task).snoozed_until is None
    assert escalate_overdue(system.services) == 0
    assert [notice.recipient for notice in system.notifier.notices] == ["anna"]
    system.clock.passes(seconds=5 * 3600)
    assert escalate_overdue(system.services) == 1
    assert events(system, task)[-3:] == ["snoozed until 2026-03-06 12:00 UTC", "woken", "escalated"]


def test_a_task_that_was_escalated_is_silent_while_it_is_put_off_and_rises_anew_with_its_new_due_time(
    system: System,
) -> None:
    task = an_accepted_task(system, escalation_minutes=(0, 60))
    system.clock.time = task.due_at + 2 * HOUR
    assert (escalate_overdue(system.services), stored(system, task).escalation_level) == (1, 2)
    until = system.clock.time + 48 * HOUR
    snooze_task(system.services, task.id, actor="anna", until=until, why="On a plane until then.")
    while system.clock.time < until:
        assert escalate_overdue(system.services) == 0
        system.clock.passes(seconds=3600)
    assert (wake_tasks(system.services), escalate_overdue(system.services)) == (1, 0)
    system.clock.time = stored(system, task).due_at + timedelta(minutes=1)
    assert (escalate_overdue(system.services), stored(system, task).escalation_level) == (1, 1)


def test_a_task_that_waits_for_its_next_attempt_is_not_escalated(system: System) -> None:
    task = an_accepted_task(system, attempts=AttemptPolicy(after_minutes=(600,)))
    system.clock.time = task.due_at + HOUR
    assert escalate_overdue(system.services) == 1
    next_at = log_attempt(system.services, task.id, actor="anna", result=NO_ANSWER).snoozed_until
    assert next_at is not None
    while system.clock.time < next_at:
        assert escalate_overdue(system.services) == 0
        system.clock.passes(seconds=3600)
    assert stored(system, task).escalation_level == 0


def test_an_open_task_that_was_put_off_is_offered_to_nobody_until_it_wakes(system: System) -> None:
    task = a_task(system)
    snooze_task(system.services, task.id, actor="sup", until=NOON + HOUR, why="The caller wants it so.")
    system.clock.passes(seconds=1800)
    assert assign_waiting(system.services) == 0
    assert assign_task(system.services, task.id).state is TaskState.OPEN
    system.clock.passes(seconds=1800)
    assert (wake_tasks(system.services), assign_waiting(system.services)) == (1, 1)


@pytest.mark.parametrize("wait", [-HOUR, timedelta(0), timedelta(days=91)])
def test_a_task_is_not_put_off_into_the_past_or_for_ever(system: System, wait: timedelta) -> None:
    task = an_accepted_task(system)
    with pytest.raises(BadInput, match="between now and 90 days"):
        snooze_task(system.services, task.id, actor="anna", until=NOON + wait, why="x")


def test_an_offered_task_must_be_accepted_before_it_is_put_off(system: System) -> None:
    task = assign_task(system.services, a_task(system).id)
    with pytest.raises(Conflict, match="offered allows no “snooze”"):
        snooze_task(system.services, task.id, actor="anna", until=NOON + HOUR, why="x")


def test_another_message_of_the_caller_wakes_the_task(system: System) -> None:
    leave(system, "please call me back")
    (task,) = tasks(system)
    snooze_task(system.services, task.id, actor="sup", until=NOON + 72 * HOUR, why="Away.")
    system.clock.passes(seconds=3600)
    leave(system, "i am back already")
    awake = stored(system, task)
    assert awake.snoozed_until is None
    assert awake.due_at == NOON + 2 * HOUR


def test_who_claims_a_task_that_was_put_off_works_it_now(system: System) -> None:
    task = a_task(system)
    snooze_task(system.services, task.id, actor="sup", until=NOON + HOUR, why="x")
    assert accept_task(system.services, task.id, actor="anna").snoozed_until is None


# --- attempts --------------------------------------------------------------------------------------


def test_attempts_in_vain_wait_longer_each_time_and_after_the_last_the_task_ends_as_not_reached(
    system: System,
) -> None:
    task = an_accepted_task(system, attempts=AttemptPolicy((15, 60), limit=3))
    waits = []
    for result in (NO_ANSWER, AttemptResult.BUSY):
        tried = log_attempt(system.services, task.id, actor="anna", result=result)
        assert tried.snoozed_until is not None
        waits.append(tried.snoozed_until - system.clock.now())
        system.clock.time = tried.snoozed_until
        assert wake_tasks(system.services) == 1
    assert waits == [timedelta(minutes=15), timedelta(minutes=60)]
    last = log_attempt(system.services, task.id, actor="anna", result=AttemptResult.LEFT_MESSAGE, note="On her box.")
    assert (last.state, last.disposition, last.ended_at) == (
        TaskState.DONE, Disposition.NOT_REACHED, system.clock.now(),
    )  # fmt: skip
    with system.services.open_view() as unit:
        attempts = unit.attempts.of_task(task.id)
    assert [(one.number, one.result) for one in attempts] == [
        (1, NO_ANSWER), (2, AttemptResult.BUSY), (3, AttemptResult.LEFT_MESSAGE),
    ]  # fmt: skip
    assert (attempts[-1].next_at, attempts[-1].note) == (None, "On her box.")
    assert [what for what in events(system, task) if what.startswith("attempt")] == [
        "attempt 1: no_answer", "attempt 2: busy", "attempt 3: left_message",
    ]  # fmt: skip


def test_the_next_attempt_falls_into_opening_hours_and_the_task_is_not_overdue_before(system: System) -> None:
    task = an_accepted_task(system, attempts=AttemptPolicy((240,)))
    system.clock.passes(seconds=3 * 3600)
    tried = log_attempt(system.services, task.id, actor="anna", result=NO_ANSWER)
    assert tried.snoozed_until == NOON + 23 * HOUR
    assert tried.due_at == NOON + 27 * HOUR


def test_by_policy_the_last_attempt_leads_to_the_supervisor_who_hands_it_over_or_cancels_it(system: System) -> None:
    task = an_accepted_task(system, attempts=AttemptPolicy(limit=1, then=LastResort.SUPERVISOR))
    given = log_attempt(system.services, task.id, actor="anna", result=AttemptResult.WRONG_NUMBER)
    assert (given.state, given.agent_id, given.with_supervisor) == (TaskState.OPEN, None, True)
    assert given.note == task.note, "what the agent should know first stays readable"
    (notice,) = system.notifier.notices
    assert (notice.recipient, "not reached in 1 attempts" in notice.text) == ("supervisor", True)
    system.clock.passes(seconds=3600)
    assert assign_waiting(system.services) == 0
    assert assign_task(system.services, task.id).state is TaskState.OPEN
    with pytest.raises(NotAllowed, match="waits for a supervisor"):
        accept_task(system.services, task.id, actor="anna")
    handed = hand_over_task(system.services, task.id, actor="sup", to_agent_id="anna", why="Try the other number.")
    assert (handed.state, handed.with_supervisor) == (TaskState.OFFERED, False)
    assert cancel_task(system.services, task.id, actor="sup", why="Wrote a letter.").state is TaskState.CANCELLED


def test_a_caller_who_was_reached_leaves_the_task_accepted(system: System) -> None:
    task = an_accepted_task(system, attempts=AttemptPolicy(limit=1))
    reached = log_attempt(system.services, task.id, actor="anna", result=AttemptResult.REACHED)
    assert (reached.state, reached.snoozed_until) == (TaskState.ACCEPTED, None)


def test_only_who_accepted_a_task_notes_an_attempt(system: System) -> None:
    task = a_task(system)
    with pytest.raises(Conflict, match="Accept the task first"):
        log_attempt(system.services, task.id, actor="anna", result=NO_ANSWER)
    accept_task(system.services, task.id, actor="anna")
    with pytest.raises(Conflict, match="Only who accepted"):
        log_attempt(system.services, task.id, actor="sam", result=NO_ANSWER)


# --- the pool, endings and follow-ups --------------------------------------------------------------


def test_nobody_claims_from_the_pool_of_a_queue_that_they_do_not_work(system: System) -> None:
    task = a_task(system)
    with pytest.raises(NotAllowed, match="queue that you do not work"):
        accept_task(system.services, task.id, actor="sam")
    assert accept_task(system.services, task.id, actor="anna").agent_id == "anna"


def test_a_task_ends_only_in_a_way_that_its_queue_knows(system: System) -> None:
    task = an_accepted_task(system, dispositions=(Disposition.RESOLVED, Disposition.NOT_REACHED))
    with pytest.raises(BadInput, match="Choose one of: resolved, not_reached"):
        complete_task(system.services, task.id, actor="anna", disposition=Disposition.CALLED_BACK)
    assert stored(system, task).state is TaskState.ACCEPTED
    assert complete_task(system.services, task.id, actor="anna", disposition=Disposition.RESOLVED).disposition


def follow_ups(system: System, task: CallbackTask) -> list[CallbackTask]:
    with system.services.open_view() as unit:
        return list(unit.tasks.list(TaskFilter(follow_up_of=task.id), Page()))


def test_after_a_completed_callback_the_queue_may_ask_whether_it_helped(system: System) -> None:
    task = an_accepted_task(system, follow_up=FollowUpPolicy(480, "Did it help?"))
    complete_task(system.services, task.id, actor="anna", disposition=Disposition.CALLED_BACK)
    (asked,) = follow_ups(system, task)
    assert (asked.kind, asked.state, asked.note, asked.recording_id) == (
        TaskKind.FOLLOW_UP, TaskState.OPEN, "Did it help?", None,
    )  # fmt: skip
    assert (asked.snoozed_until, asked.due_at) == (NOON + 24 * HOUR, NOON + 28 * HOUR)
    system.clock.passes(seconds=24 * 3600)
    assert (wake_tasks(system.services), assign_waiting(system.services)) == (1, 1)
    accept_task(system.services, asked.id, actor="anna")
    complete_task(system.services, asked.id, actor="anna", disposition=Disposition.RESOLVED)
    assert follow_ups(system, asked) == []


@pytest.mark.parametrize("disposition", [Disposition.WRONG_NUMBER, Disposition.NOT_REACHED])
def test_who_was_not_spoken_to_is_not_asked(system: System, disposition: Disposition) -> None:
    task = an_accepted_task(system, follow_up=FollowUpPolicy(60))
    complete_task(system.services, task.id, actor="anna", disposition=disposition)
    assert follow_ups(system, task) == []


def test_without_a_policy_nobody_is_asked(system: System) -> None:
    task = an_accepted_task(system)
    complete_task(system.services, task.id, actor="anna", disposition=Disposition.RESOLVED)
    assert follow_ups(system, task) == []
