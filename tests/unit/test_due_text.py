"""A due time in words, as a person in the queue's own place would say it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from voiceops.analysis.due_text import due_text, task_due_text
from voiceops.domain.callback_task import CallbackTask, TaskState

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday, 13:00 in Budapest


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-03-04T14:40", "due today 15:40"),
        ("2026-03-04T12:00", "due today 13:00"),
        ("2026-03-04T23:30", "due tomorrow 00:30"),
        ("2026-03-05T08:00", "due tomorrow 09:00"),
        ("2026-03-09T08:00", "due Mon 9 Mar 09:00"),
        ("2026-03-30T07:00", "due Mon 30 Mar 09:00"),
        ("2027-01-04T08:00", "due Mon 4 Jan 2027 09:00"),
        ("2026-03-04T11:59", "overdue since today 12:59"),
        ("2026-03-03T14:00", "overdue since yesterday 15:00"),
        ("2026-02-27T14:00", "overdue since Fri 27 Feb 15:00"),
    ],
)
def test_a_due_time_is_told_in_the_queues_zone(due: str, words: str) -> None:
    at = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert due_text(at, now=NOON, time_zone="Europe/Budapest") == words


def test_the_same_instant_is_another_day_elsewhere() -> None:
    at = datetime(2026, 3, 5, 1, tzinfo=UTC)
    assert due_text(at, now=NOON, time_zone="America/New_York") == "due today 20:00"


def test_an_ended_task_says_when_it_ended_and_whether_that_was_late() -> None:
    done = replace(CallbackTask("t", "r", NOON, NOON), state=TaskState.DONE, ended_at=NOON + timedelta(minutes=1))

    def told(task: CallbackTask) -> str:
        return task_due_text(task, now=NOON + timedelta(days=1), time_zone="Europe/Budapest")

    assert told(done) == "done yesterday 13:01 (late)"
    assert told(replace(done, due_at=NOON + timedelta(hours=1))) == "done yesterday 13:01"
    assert told(replace(done, state=TaskState.CANCELLED)) == "cancelled yesterday 13:01"
    assert told(CallbackTask("t", "r", NOON, NOON)) == "overdue since yesterday 13:00"
