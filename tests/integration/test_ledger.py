"""The ledger proves that no voicemail is forgotten, and finds a row that somebody removed by hand."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.builders import a_recording, an_agent
from tests.integration.test_repeat_messages import leave, tasks
from tests.systems import System
from voiceops.domain.callback_task import Disposition, TaskState
from voiceops.domain.ledger import FaultKind, Ledger
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.check_ledger import check_ledger
from voiceops.usecases.complete_task import complete_task
from voiceops.usecases.raise_missing_tasks import raise_missing_tasks


def by_hand(system: System, *statements: str) -> None:
    """What somebody does to the tables with a tool that keeps no rules."""
    url = system.engine.url
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database))) as tool:
            tool.executescript(";".join(statements))
        return
    with system.engine.begin() as connection:
        for statement in ("SET LOCAL session_replication_role = replica", *statements):
            connection.execute(text(statement))


@pytest.fixture
def full(make_system: Callable[[str], System], database_url: str) -> System:
    """An open callback with a repeat, an ended one, one without a message, and a call."""
    system = make_system(database_url)
    leave(system, "please call me back", number="+12125550101")
    leave(system, "please call me back", number="+12125550101")
    leave(system, silent=True)
    leave(system, "please call me back", number="+12125550103")
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.recordings.add(a_recording("call"))
        unit.commit()
    (ended,) = [task for task in tasks(system) if task.caller_number == "+12125550103"]
    accept_task(system.services, ended.id, actor="anna")
    complete_task(system.services, ended.id, actor="anna", disposition=Disposition.RESOLVED)
    return system


def test_received_voicemails_are_open_ended_merged_or_without_a_message(full: System) -> None:
    found = check_ledger(full.services)
    assert found == Ledger(received=4, open=1, ended=1, merged=1, no_message=1)
    assert (found.difference, found.unbalanced) == (0, 0)
    full.clock.passes(seconds=7 * 24 * 3600)
    assert check_ledger(full.services).overdue == 1


def test_a_task_that_was_removed_by_hand_is_found_with_every_message_of_it(full: System) -> None:
    (task,) = [task for task in tasks(full) if task.state is TaskState.OPEN]
    by_hand(full, f"DELETE FROM tasks WHERE id = '{task.id}'")  # noqa: S608 - an id of our own
    found = check_ledger(full.services)
    assert (found.difference, found.fault_count, found.unbalanced) == (2, 2, 2)
    assert {fault.kind for fault in found.faults} == {FaultKind.TASK_MISSING}
    assert task.recording_id in {fault.recording_id for fault in found.faults}
    assert "sweep" in found.faults[0].next_step


def test_a_voicemail_without_any_task_is_found(full: System) -> None:
    by_hand(full, "DELETE FROM task_events", "DELETE FROM task_messages", "DELETE FROM tasks")
    found = check_ledger(full.services)
    assert (found.received, found.difference, found.fault_count) == (4, 4, 4)
    assert {fault.kind for fault in found.faults} == {FaultKind.VOICEMAIL_WITHOUT_TASK}


def test_a_join_that_was_removed_by_hand_is_found(full: System) -> None:
    by_hand(full, "DELETE FROM task_messages WHERE recording_id NOT IN (SELECT recording_id FROM tasks)")
    found = check_ledger(full.services)
    assert (found.merged, found.difference) == (0, 1)
    assert [fault.kind for fault in found.faults] == [FaultKind.VOICEMAIL_WITHOUT_TASK]


def test_recordings_that_were_removed_by_hand_are_found_by_their_tasks(full: System) -> None:
    by_hand(full, "DELETE FROM recordings WHERE kind = 'voicemail'")
    found = check_ledger(full.services)
    assert (found.received, found.difference) == (0, -4)
    assert [fault.kind for fault in found.faults] == [FaultKind.RECORDING_MISSING] * 4


def test_two_opposite_faults_do_not_hide_each_other(full: System) -> None:
    (task, *_) = tasks(full)
    by_hand(
        full,
        f"UPDATE tasks SET recording_id = 'gone' WHERE id = '{task.id}'",  # noqa: S608 - an id of our own
        f"DELETE FROM task_messages WHERE task_id = '{task.id}'",  # noqa: S608 - an id of our own
    )
    found = check_ledger(full.services)
    assert found.unbalanced >= 2
    assert {fault.kind for fault in found.faults} >= {FaultKind.VOICEMAIL_WITHOUT_TASK, FaultKind.RECORDING_MISSING}


def test_a_voicemail_that_is_listed_in_another_task_too_is_found(full: System) -> None:
    one, other, *_ = tasks(full)
    by_hand(full, f"UPDATE task_messages SET task_id = '{one.id}' WHERE recording_id = '{other.recording_id}'")  # noqa: S608
    found = check_ledger(full.services)
    assert found.difference == -1
    assert [fault.kind for fault in found.faults] == [FaultKind.ANSWERED_TWICE]


def test_a_long_list_of_faults_is_cut_and_counted(full: System) -> None:
    by_hand(full, "DELETE FROM task_messages", "DELETE FROM task_events", "DELETE FROM tasks")
    with full.services.open_view() as unit:
        found = unit.ledger.read(now=full.clock.now(), limit=1)
    assert (len(found.faults), found.fault_count) == (1, 4)


# --- the sweep mends it ----------------------------------------------------------------------------


def test_the_sweep_raises_the_task_of_every_voicemail_that_has_none_once(full: System) -> None:
    by_hand(full, "DELETE FROM tasks WHERE state = 'open'")
    assert raise_missing_tasks(full.services) == 2
    assert raise_missing_tasks(full.services) == 0
    assert check_ledger(full.services).unbalanced == 0
    raised = [task for task in tasks(full) if task.state is not TaskState.DONE]
    assert all(task.facts is not None for task in raised)
    with full.services.open_view() as unit:
        assert unit.tasks.events(raised[0].id)[0].why == "The ledger found this voicemail without a task."


def test_a_voicemail_of_long_ago_gets_its_task_within_the_hour(full: System) -> None:
    full.clock.passes(seconds=30 * 24 * 3600 + 1800)
    by_hand(full, "DELETE FROM tasks WHERE state = 'open'")
    assert raise_missing_tasks(full.services) == 0
    full.clock.passes(seconds=1800)
    assert raise_missing_tasks(full.services) == 2


def test_a_voicemail_that_failed_gets_a_task_too(system: System) -> None:
    with system.services.open_unit() as unit:
        recording = a_recording("lost")
        unit.recordings.add(replace(recording, kind="voicemail", state="failed"))  # type: ignore[arg-type]  # as stored
        unit.commit()
    assert raise_missing_tasks(system.services) == 1
    (task,) = tasks(system)
    assert (task.recording_id, task.state) == ("lost", TaskState.OPEN)
