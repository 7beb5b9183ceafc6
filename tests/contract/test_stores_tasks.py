"""What every TaskStore promises, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import NOON, a_recording
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskState
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Page, TaskFilter, TaskOrder
from voiceops.storage.unit_of_work import SqlUnitOfWork

MINUTE = timedelta(minutes=1)


def an_event(task: CallbackTask, *, at: datetime = NOON, what: str = "raised") -> TaskEvent:
    return TaskEvent(task.id, at, actor="system", what=what, why="A test wants it.")


def added(unit: SqlUnitOfWork, name: str, *, at: datetime = NOON, **fields: Any) -> CallbackTask:
    """A stored task with a recording of its own."""
    recording = a_recording()
    unit.recordings.add(recording)
    task = CallbackTask(id=name, recording_id=recording.id, **({"raised_at": NOON, "due_at": NOON} | fields))
    unit.tasks.add(task, an_event(task, at=at))
    return task


def saved(unit: SqlUnitOfWork, task: CallbackTask, *, at: datetime = NOON, **changes: Any) -> CallbackTask:
    """The task after a change."""
    changed = replace(task, version=task.version + 1, **changes)
    unit.tasks.save(changed, an_event(task, at=at, what="changed"))
    return changed


def test_a_task_comes_back_as_it_was_stored(unit: SqlUnitOfWork) -> None:
    facts = CallerFacts(
        urgency=UrgencyFact(Urgency.HIGH, "They said “at once”."),
        callback_number=Fact(None, "oh six one", 0.4, 1.5, 3.25),
        caller_name=Fact("Ünal", "this is Ünal", 0.9),
        wanted_at=Fact(NOON + 3 * MINUTE, "after five", 0.8),
    )
    task = added(
        unit,
        "full",
        state=TaskState.DONE,
        caller_number="+3612345678",
        dialled_number="100",
        queue="sales",
        language="hu",
        urgency=Urgency.HIGH,
        note="Listen to the recording.",
        facts=facts,
        agent_id="anna",
        assignment_reason="She speaks Hungarian.",
        disposition=Disposition.CALLED_BACK,
        ended_at=NOON + MINUTE,
        escalation_level=2,
        version=7,
    )
    assert unit.tasks.get("full") == task
    assert unit.tasks.find_by_recording(task.recording_id or "") == task


def test_a_second_task_for_a_recording_is_a_conflict_and_the_unit_goes_on(unit: SqlUnitOfWork) -> None:
    first = added(unit, "first")
    second = replace(first, id="second")
    with pytest.raises(Conflict, match="second"):
        unit.tasks.add(second, an_event(second))
    assert unit.tasks.find_by_recording(first.recording_id or "") == first
    assert unit.tasks.events("second") == []


def test_unknown_tasks_are_not_found(unit: SqlUnitOfWork) -> None:
    stranger = CallbackTask(id="nobody", recording_id="none", raised_at=NOON, due_at=NOON)
    assert unit.tasks.find_by_recording("none") is None
    assert unit.tasks.events("nobody") == []
    for attempt in (
        lambda: unit.tasks.get("nobody"),
        lambda: unit.tasks.save(stranger, an_event(stranger)),
        lambda: unit.tasks.list(TaskFilter(), Page(after="nobody")),
    ):
        with pytest.raises(NotFound, match="nobody"):
            attempt()


def test_saving_overwrites_everything_and_adds_the_event(unit: SqlUnitOfWork) -> None:
    task = added(unit, "t")
    changed = saved(unit, task, at=NOON + MINUTE, state=TaskState.ACCEPTED, agent_id="anna", note="Soon.")
    assert unit.tasks.get("t") == changed
    assert unit.tasks.events("t") == [an_event(task), an_event(task, at=NOON + MINUTE, what="changed")]


@pytest.mark.parametrize("version", [1, 3])
def test_a_change_to_anything_but_the_stored_version_is_a_conflict(unit: SqlUnitOfWork, version: int) -> None:
    task = added(unit, "t")
    with pytest.raises(Conflict, match="t: Somebody else changed this task"):
        unit.tasks.save(replace(task, version=version, note="lost"), an_event(task))
    assert unit.tasks.get("t") == task
    assert len(unit.tasks.events("t")) == 1


def test_events_stay_in_the_order_they_were_added_even_if_the_clock_jumps(unit: SqlUnitOfWork) -> None:
    task = added(unit, "t")
    saved(unit, saved(unit, task, at=NOON + MINUTE), at=NOON - MINUTE)
    assert [event.at for event in unit.tasks.events("t")] == [NOON, NOON + MINUTE, NOON - MINUTE]


def test_pages_go_by_due_time_without_gap_or_repeat(unit: SqlUnitOfWork) -> None:
    stored = [added(unit, name, due_at=NOON - n // 3 * MINUTE) for n, name in enumerate("zBa_é9A")]
    expected = sorted(stored, key=lambda task: (task.due_at, task.id.encode()))
    seen: list[CallbackTask] = []
    after = None
    while page := unit.tasks.list(TaskFilter(), Page(limit=2, after=after)):
        seen += page
        after = page[-1].id
    assert seen == expected


@pytest.mark.parametrize("order", TaskOrder)
def test_every_order_goes_on_where_the_page_before_ended(unit: SqlUnitOfWork, order: TaskOrder) -> None:
    names = enumerate("zBa_é9A")
    stored = [added(unit, one, due_at=NOON - n // 3 * MINUTE, raised_at=NOON + n // 2 * MINUTE) for n, one in names]
    name, _, direction = order.rpartition("_")
    expected = sorted(stored, key=lambda t: (getattr(t, name), t.id.encode()), reverse=direction == "desc")
    seen: list[CallbackTask] = []
    after = None
    while page := unit.tasks.list(TaskFilter(), Page(limit=2, after=after), order):
        seen += page
        after = page[-1].id
    assert seen == expected


def test_a_list_holds_only_what_is_wanted(unit: SqlUnitOfWork) -> None:
    fields: dict[str, Any] = {
        "state": TaskState.OFFERED,
        "agent_id": "anna",
        "queue": "sales",
        "caller_number": "+361",
    }
    wanted = added(unit, "wanted", **fields)
    added(unit, "other state", **(fields | {"state": TaskState.DONE}))
    added(unit, "other agent", **(fields | {"agent_id": None}))
    added(unit, "other queue", **(fields | {"queue": "service"}))
    added(unit, "other caller", **(fields | {"caller_number": None}))
    assert unit.tasks.list(TaskFilter(**fields), Page()) == [wanted]
    assert unit.tasks.list(TaskFilter(**fields, ended=True), Page()) == []
    assert [task.id for task in unit.tasks.list(TaskFilter(ended=True), Page())] == ["other state"]
    assert len(unit.tasks.list(TaskFilter(ended=False), Page())) == 4


def test_a_task_that_ended_is_listed_as_ended(unit: SqlUnitOfWork) -> None:
    saved(unit, added(unit, "t"), state=TaskState.CANCELLED)
    assert unit.tasks.list(TaskFilter(ended=False), Page()) == []


def test_loads_count_what_is_offered_or_accepted(unit: SqlUnitOfWork) -> None:
    for n, state in enumerate(TaskState):
        added(unit, f"anna {n}", agent_id="anna", state=state)
    added(unit, "bela", agent_id="bela", state=TaskState.DONE)
    added(unit, "nobody", state=TaskState.OPEN)
    assert unit.tasks.loads() == {"anna": 2}


def test_unassigned_finds_open_tasks_of_nobody_first_due_first(unit: SqlUnitOfWork) -> None:
    added(unit, "second", raised_at=NOON - 3 * MINUTE, due_at=NOON + MINUTE)
    added(unit, "first", raised_at=NOON - 2 * MINUTE)
    added(unit, "too young", raised_at=NOON)
    added(unit, "somebody's", raised_at=NOON - 2 * MINUTE, agent_id="anna")
    added(unit, "ended", raised_at=NOON - 2 * MINUTE, state=TaskState.DONE)
    assert [task.id for task in unit.tasks.unassigned(raised_before=NOON)] == ["first", "second"]
    assert [task.id for task in unit.tasks.unassigned(raised_before=NOON, limit=1)] == ["first"]


def test_overdue_finds_what_is_late_not_ended_and_below_a_level(unit: SqlUnitOfWork) -> None:
    added(unit, "second", due_at=NOON - MINUTE, state=TaskState.ACCEPTED, agent_id="anna")
    added(unit, "first", due_at=NOON - 2 * MINUTE)
    added(unit, "due now", due_at=NOON)
    added(unit, "done", due_at=NOON - MINUTE, state=TaskState.DONE)
    added(unit, "escalated", due_at=NOON - MINUTE, escalation_level=1)
    assert [task.id for task in unit.tasks.overdue(now=NOON, below_level=1, page=Page())] == ["first", "second"]
    assert len(unit.tasks.overdue(now=NOON, below_level=2, page=Page())) == 3
    first = unit.tasks.overdue(now=NOON, below_level=1, page=Page(limit=1))
    assert [task.id for task in unit.tasks.overdue(now=NOON, below_level=1, page=Page(after=first[0].id))] == ["second"]
