"""What MessageStore and AttemptStore promise, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOON, a_recording
from tests.contract.test_stores_tasks import added, an_event, saved
from voiceops.domain.callback_task import CallbackTask, TaskKind, TaskState
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.recording import RecordingKind
from voiceops.domain.task_attempt import AttemptResult, TaskAttempt
from voiceops.domain.task_message import TaskMessage
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Caller, Page, TaskFilter
from voiceops.storage.unit_of_work import SqlUnitOfWork

MINUTE = timedelta(minutes=1)
CALLER = Caller("+12125550123", "service")


def a_message(unit: SqlUnitOfWork, task_id: str, *, minutes: int = 0, **fields: Any) -> TaskMessage:
    """A stored message that joins a task."""
    recording = a_recording(kind=RecordingKind.VOICEMAIL)
    unit.recordings.add(recording)
    message = TaskMessage(recording.id, task_id, NOON + minutes * MINUTE, **fields)
    unit.messages.add(message)
    return message


def test_a_tasks_first_message_is_there_with_the_task(unit: SqlUnitOfWork) -> None:
    task = added(unit, "t", note="Being transcribed.")
    assert unit.messages.of_task("t") == [TaskMessage(task.recording_id or "", "t", NOON, note="Being transcribed.")]


def test_messages_that_join_come_back_in_the_order_they_were_received(unit: SqlUnitOfWork) -> None:
    facts = CallerFacts(UrgencyFact(Urgency.HIGH, "They said “at once”."), callback_number=Fact(None, "oh six", 0.2))
    task = added(unit, "t")
    late = a_message(unit, "t", minutes=9, no_message=True)
    early = a_message(unit, "t", minutes=5, facts=facts, note="Listen.")
    assert [message.recording_id for message in unit.messages.of_task("t")] == [
        task.recording_id, early.recording_id, late.recording_id,
    ]  # fmt: skip
    assert unit.messages.find(early.recording_id) == early
    assert unit.messages.of_task("t")[1:] == [early, late]


def test_a_message_is_found_with_its_task(unit: SqlUnitOfWork) -> None:
    task = added(unit, "t")
    added(unit, "other")
    message = a_message(unit, "t")
    assert unit.tasks.find_by_recording(message.recording_id) == task
    assert unit.tasks.list(TaskFilter(recording_id=message.recording_id), Page()) == [task]
    assert unit.messages.find("none") is None


def test_a_recording_belongs_to_one_task_whether_it_raised_or_joined_it(unit: SqlUnitOfWork) -> None:
    raised, other = added(unit, "t"), added(unit, "other")
    joined = a_message(unit, "t")
    for recording_id in (raised.recording_id or "", joined.recording_id):
        with pytest.raises(Conflict, match=recording_id):
            unit.messages.add(TaskMessage(recording_id, "other", NOON))
    third = CallbackTask("third", joined.recording_id, NOON, NOON)
    with pytest.raises(Conflict, match="third"):
        unit.tasks.add(third, an_event(third))
    assert len(unit.messages.of_task(other.id)) == 1
    assert {task.id for task in unit.tasks.list(TaskFilter(), Page())} == {"t", "other"}


def test_a_message_is_overwritten_and_an_unknown_one_not_found(unit: SqlUnitOfWork) -> None:
    added(unit, "t")
    message = a_message(unit, "t")
    unit.messages.save(replace(message, no_message=True, note="No speech."))
    assert unit.messages.find(message.recording_id) == replace(message, no_message=True, note="No speech.")
    with pytest.raises(NotFound, match="nobody"):
        unit.messages.save(replace(message, recording_id="nobody"))


def test_the_callers_newest_open_task_can_be_joined(unit: SqlUnitOfWork) -> None:
    caller: dict[str, Any] = {"caller_number": CALLER.number, "queue": CALLER.queue}
    added(unit, "old", **caller, raised_at=NOON - 30 * MINUTE)
    newest = added(unit, "new", **caller, raised_at=NOON - 10 * MINUTE)
    added(unit, "ended", **caller, state=TaskState.DONE)
    added(unit, "other caller", caller_number="+1", queue="service")
    added(unit, "other queue", caller_number=CALLER.number, queue="sales")
    added(unit, "no queue", caller_number=CALLER.number)
    assert unit.messages.joinable(CALLER, since=NOON - 60 * MINUTE) == newest
    no_queue = unit.messages.joinable(Caller(CALLER.number, None), since=NOON)
    assert no_queue is not None
    assert no_queue.id == "no queue"


def test_a_task_can_be_joined_while_its_last_message_is_young_enough(unit: SqlUnitOfWork) -> None:
    added(unit, "t", caller_number=CALLER.number, queue=CALLER.queue)
    assert unit.messages.joinable(CALLER, since=NOON) is not None
    assert unit.messages.joinable(CALLER, since=NOON + MINUTE) is None
    a_message(unit, "t", minutes=5)
    assert unit.messages.joinable(CALLER, since=NOON + 5 * MINUTE) is not None


def test_a_follow_up_is_never_joined_and_belongs_to_one_callback(unit: SqlUnitOfWork) -> None:
    added(unit, "done", state=TaskState.DONE)
    follow_up = CallbackTask(
        "ask", None, NOON, NOON, kind=TaskKind.FOLLOW_UP, follow_up_of="done",
        caller_number=CALLER.number, queue=CALLER.queue,
    )  # fmt: skip
    unit.tasks.add(follow_up, an_event(follow_up))
    assert unit.messages.of_task("ask") == []
    assert unit.messages.joinable(CALLER, since=NOON) is None
    assert unit.tasks.list(TaskFilter(follow_up_of="done"), Page()) == [follow_up]
    twice = replace(follow_up, id="twice")
    with pytest.raises(Conflict, match="twice"):
        unit.tasks.add(twice, an_event(twice))


def test_a_voicemail_without_a_task_is_found_and_calls_are_none(unit: SqlUnitOfWork) -> None:
    added(unit, "t")
    lost = a_recording("lost", kind=RecordingKind.VOICEMAIL)
    unit.recordings.add(lost)
    unit.recordings.add(a_recording("call"))
    assert unit.messages.unaccounted() == ["lost"]
    unit.messages.add(TaskMessage("lost", "t", NOON))
    assert unit.messages.unaccounted() == []
    unit.messages.forget("lost")
    assert unit.messages.find("lost") is not None


def test_attempts_come_back_in_order_and_none_twice(unit: SqlUnitOfWork) -> None:
    added(unit, "t")
    first = TaskAttempt("t", 1, NOON, "anna", AttemptResult.BUSY, "Engaged.", NOON + MINUTE)
    second = TaskAttempt("t", 2, NOON + MINUTE, "anna", AttemptResult.REACHED)
    unit.attempts.add(second)
    unit.attempts.add(first)
    assert unit.attempts.of_task("t") == [first, second]
    with pytest.raises(Conflict, match="Attempt 2"):
        unit.attempts.add(second)


def test_the_pool_holds_what_is_open_awake_nobodys_and_not_the_supervisors(unit: SqlUnitOfWork) -> None:
    service = added(unit, "service", queue="service")
    anywhere = added(unit, "anywhere")
    added(unit, "sales", queue="sales")
    added(unit, "asleep", queue="service", snoozed_until=NOON)
    added(unit, "supervisor's", queue="service", with_supervisor=True)
    added(unit, "anna's", queue="service", state=TaskState.OFFERED, agent_id="anna")
    assert unit.tasks.list(TaskFilter(pool_of=("service",)), Page()) == [anywhere, service]
    assert [task.id for task in unit.tasks.list(TaskFilter(pool=True), Page())] == ["anywhere", "sales", "service"]
    assert [task.id for task in unit.tasks.unassigned(raised_before=NOON + MINUTE)] == ["anywhere", "sales", "service"]


def test_a_snoozed_task_is_not_overdue_and_is_found_when_its_time_has_come(unit: SqlUnitOfWork) -> None:
    task = added(unit, "t", due_at=NOON - MINUTE, snoozed_until=NOON)
    assert unit.tasks.overdue(below_level=1, page=Page(), now=NOON) == []
    assert unit.tasks.asleep(until=NOON - MINUTE) == []
    assert unit.tasks.asleep(until=NOON) == [task]
    saved(unit, task, snoozed_until=None)
    assert len(unit.tasks.overdue(below_level=1, page=Page(), now=NOON)) == 1
