"""What OfferStore and OwnerStore promise, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOON, a_recording, an_agent
from voiceops.analysis.route import LastSpoken
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskState
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.domain.offers import GIVEN_BACK, LAPSED, RELEASED
from voiceops.domain.recording import RecordingKind
from voiceops.errors import NotFound
from voiceops.ports import Page
from voiceops.storage.unit_of_work import SqlUnitOfWork

MINUTE = timedelta(minutes=1)
NUMBER = "+36301234567"


def added(unit: SqlUnitOfWork, name: str, *, at: Any = NOON, **fields: Any) -> CallbackTask:
    recording = a_recording(kind=RecordingKind.VOICEMAIL)
    unit.recordings.add(recording)
    task = CallbackTask(id=name, recording_id=recording.id, **({"raised_at": NOON, "due_at": NOON} | fields))
    unit.tasks.add(task, TaskEvent(name, at, actor="system", what="raised", why=""))
    return task


def saved(
    unit: SqlUnitOfWork, task: CallbackTask, *, at: Any = NOON, what: str = "changed", **changes: Any
) -> CallbackTask:
    changed = replace(task, version=task.version + 1, **changes)
    unit.tasks.save(changed, TaskEvent(task.id, at, actor="system", what=what, why=""))
    return changed


def offered(unit: SqlUnitOfWork, task: CallbackTask, agent_id: str, *, at: Any = NOON) -> CallbackTask:
    return saved(unit, task, at=at, what="offered", state=TaskState.OFFERED, agent_id=agent_id)


def pooled(unit: SqlUnitOfWork, task: CallbackTask, what: str) -> CallbackTask:
    return saved(unit, task, what=what, state=TaskState.OPEN, agent_id=None)


def test_the_newest_offer_of_each_agent_is_known_after_the_task_moved_on(unit: SqlUnitOfWork) -> None:
    for name in ("anna", "bela", "cili"):
        unit.agents.put(an_agent(name))
    task = offered(unit, added(unit, "t"), "anna", at=NOON + MINUTE)
    task = offered(unit, task, "bela", at=NOON + 2 * MINUTE)
    pooled(unit, task, RELEASED)
    added(unit, "born offered", at=NOON + 4 * MINUTE, state=TaskState.OFFERED, agent_id="anna")
    added(unit, "taken", at=NOON + 5 * MINUTE, state=TaskState.ACCEPTED, agent_id="cili")
    assert unit.offers.last_offered() == {"anna": NOON + 4 * MINUTE, "bela": NOON + 2 * MINUTE}


def test_a_change_to_an_offered_task_is_no_new_offer(unit: SqlUnitOfWork) -> None:
    unit.agents.put(an_agent("anna"))
    task = added(unit, "t", state=TaskState.OFFERED, agent_id="anna")
    saved(unit, task, at=NOON + MINUTE, note="Transcribed.")
    assert unit.offers.last_offered() == {"anna": NOON}


def test_pending_offers_are_those_not_accepted_with_the_time_of_the_newest(unit: SqlUnitOfWork) -> None:
    task = offered(unit, added(unit, "t"), "anna", at=NOON + MINUTE)
    task = offered(unit, task, "bela", at=NOON + 2 * MINUTE)
    task = saved(unit, task, at=NOON + 3 * MINUTE, note="Transcribed.")
    saved(unit, offered(unit, added(unit, "accepted"), "anna"), state=TaskState.ACCEPTED)
    added(unit, "open")
    assert [(one.task, one.at) for one in unit.offers.pending()] == [(task, NOON + 2 * MINUTE)]


def test_who_let_an_offer_lapse_or_released_it_passed_and_who_went_home_did_not(unit: SqlUnitOfWork) -> None:
    task = added(unit, "t")
    for agent_id, what in (("anna", LAPSED), ("bela", GIVEN_BACK), ("anna", RELEASED), ("cili", LAPSED)):
        task = pooled(unit, offered(unit, task, agent_id), what)
    assert unit.offers.passed("t") == {"anna": 2, "cili": 1}
    assert unit.offers.passed("other") == {}


def test_who_had_the_newest_call_or_task_of_a_number_spoke_to_it_last(unit: SqlUnitOfWork) -> None:
    call = replace(a_recording(caller_number=NUMBER), agent_id="anna", received_at=NOON - 3 * MINUTE)
    unit.recordings.add(call)
    unit.recordings.add(replace(a_recording(caller_number=NUMBER), received_at=NOON))
    assert unit.offers.last_spoken([NUMBER], but_not="t") == LastSpoken("anna", NOON - 3 * MINUTE)
    done: dict[str, Any] = {"state": TaskState.DONE, "disposition": Disposition.RESOLVED, "ended_at": NOON - MINUTE}
    added(unit, "done", caller_number=NUMBER, agent_id="bela", raised_at=NOON - 2 * MINUTE, **done)
    added(unit, "t", caller_number=NUMBER, agent_id="cili", raised_at=NOON)
    added(unit, "pool", caller_number=NUMBER)
    assert unit.offers.last_spoken(["+1", NUMBER], but_not="t") == LastSpoken("bela", NOON - MINUTE)
    assert unit.offers.last_spoken([NUMBER], but_not="") == LastSpoken("cili", NOON, spoke=False)
    assert unit.offers.last_spoken(["+1"], but_not="") is None
    assert unit.offers.last_spoken([], but_not="") is None


def test_a_message_without_words_is_no_contact(unit: SqlUnitOfWork) -> None:
    silent: dict[str, Any] = {"state": TaskState.DONE, "disposition": Disposition.NO_MESSAGE, "agent_id": "anna"}
    added(unit, "silent", caller_number=NUMBER, **silent)
    assert unit.offers.last_spoken([NUMBER], but_not="") is None


def test_owners_are_found_by_the_first_key_that_has_one_listed_and_removed(unit: SqlUnitOfWork) -> None:
    owners = [CustomerOwner(key, "anna", "supervisor", NOON) for key in (NUMBER, "A-17")]
    for owner in owners:
        unit.owners.put(owner)
    changed = replace(owners[1], agent_id="bela")
    unit.owners.put(changed)
    assert unit.owners.find(["+1", "A-17", NUMBER]) == changed
    assert unit.owners.find([]) is None
    assert unit.owners.list(Page()) == [owners[0], changed]
    assert unit.owners.list(Page(after=NUMBER)) == [changed]
    unit.owners.remove("A-17")
    with pytest.raises(NotFound, match="A-17"):
        unit.owners.remove("A-17")
