"""The counts of a supervisor's board, on each database."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOON, a_recording, an_agent
from voiceops.domain.board import DoneTask, QueueTally
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskState
from voiceops.domain.people import Queue
from voiceops.storage.unit_of_work import SqlUnitOfWork

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def a_task(name: str, *, queue: str | None = "service", due: timedelta = 9 * HOUR) -> CallbackTask:
    """Raised two hours ago, nobody's, and due so long from now."""
    return CallbackTask(name, f"recording-{name}", NOON - 2 * HOUR, NOON + due, queue=queue)


def stored(unit: SqlUnitOfWork, *tasks: CallbackTask) -> None:
    for task in tasks:
        unit.recordings.add(a_recording(task.recording_id or ""))
        unit.tasks.add(task, TaskEvent(task.id, NOON, "system", "raised", ""))


def done(task: CallbackTask, at: timedelta, how: Disposition = Disposition.CALLED_BACK) -> CallbackTask:
    return replace(task, state=TaskState.DONE, disposition=how, ended_at=NOON + at)


def test_what_waits_is_counted_by_queue_and_age(unit: SqlUnitOfWork) -> None:
    stored(
        unit,
        replace(a_task("new"), raised_at=NOON - 59 * MINUTE, agent_id="ana"),
        a_task("soon", due=29 * MINUTE),
        a_task("late", due=-MINUTE),
        replace(a_task("asleep", due=-HOUR), snoozed_until=NOON + HOUR),
        a_task("stray", queue=None, due=-HOUR),
        done(a_task("done", due=-HOUR), -HOUR),
    )
    assert unit.board.tallies(now=NOON, teams=None) == [
        QueueTally(None, waiting=1, new=0, due_soon=0, overdue=1, asleep=0, unassigned=1),
        QueueTally("service", waiting=4, new=1, due_soon=1, overdue=1, asleep=1, unassigned=3),
    ]


def test_counts_are_confined_to_teams_by_agent_and_by_queue(unit: SqlUnitOfWork) -> None:
    unit.agents.put(replace(an_agent("ana"), team="north"))
    unit.queues.put(Queue("service", "Service", team="south"))
    stored(
        unit,
        replace(a_task("by-agent", queue="sales"), agent_id="ana"),
        done(replace(a_task("done-by-agent", queue="sales"), agent_id="ana"), -HOUR),
        a_task("by-queue"),
    )
    for team, queue, ended in (("north", "sales", 1), ("south", "service", 0)):
        assert [one.queue for one in unit.board.tallies(now=NOON, teams=[team])] == [queue]
        assert len(unit.board.done_since(NOON - 2 * HOUR, teams=[team])) == ended
    assert unit.board.tallies(now=NOON, teams=[]) == []


def test_what_was_done_since_an_instant_leaves_out_what_was_no_message(unit: SqlUnitOfWork) -> None:
    stored(
        unit,
        done(a_task("done", due=HOUR), -HOUR),
        done(a_task("before"), -3 * HOUR),
        done(a_task("silent"), -HOUR, Disposition.NO_MESSAGE),
        replace(a_task("cancelled"), state=TaskState.CANCELLED, ended_at=NOON - HOUR),
        a_task("waits"),
    )
    assert unit.board.done_since(NOON - 2 * HOUR, teams=None) == [DoneTask("service", NOON + HOUR, NOON - HOUR)]
