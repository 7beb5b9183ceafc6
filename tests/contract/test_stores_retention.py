"""Which recordings are due by a rule, and what goes with a part of one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_recording, a_transcript
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.recording import LegalHold, Recording, RecordingKind, RecordingPart, RecordingState
from voiceops.errors import NotFound
from voiceops.ports import DueParts, RetentionRule
from voiceops.storage.unit_of_work import SqlUnitOfWork

CALLS = RetentionRule(RecordingKind.CALL, RecordingPart.AUDIO, 90)
VOICEMAILS = RetentionRule(RecordingKind.VOICEMAIL, RecordingPart.RESULT, 30)
LATER = NOON + timedelta(days=1)
FACTS = CallerFacts(UrgencyFact(Urgency.HIGH, "said: at once"), caller_name=Fact("Ada Byron", "this is Ada Byron", 0.9))


def ended(name: str, *, kind: RecordingKind = RecordingKind.CALL, queue: str | None = None) -> Recording:
    return replace(a_recording(name, kind=kind, state=RecordingState.ANALYSED), queue=queue)


def stored(unit: SqlUnitOfWork, *recordings: Recording) -> None:
    for recording in recordings:
        unit.recordings.add(recording)


def due(unit: SqlUnitOfWork, rule: RetentionRule) -> Sequence[str]:
    return unit.retention.due(rule, before=LATER, limit=10)


def voicemail_with_task(unit: SqlUnitOfWork, name: str, state: TaskState) -> CallbackTask:
    stored(unit, ended(name, kind=RecordingKind.VOICEMAIL))
    task = CallbackTask(f"task-{name}", name, NOON, NOON, state=state, facts=FACTS, note="urgent")
    unit.tasks.add(task, TaskEvent(task.id, NOON, "system", "raised", "She said: at once."))
    return task


def test_the_oldest_come_first_and_only_what_was_received_before(unit: SqlUnitOfWork) -> None:
    young = replace(ended("young"), received_at=LATER)
    old = replace(ended("old"), received_at=NOON - timedelta(days=9))
    stored(unit, young, ended("middle"), old)
    assert due(unit, CALLS) == ["old", "middle"]
    assert unit.retention.due(CALLS, before=LATER, limit=1) == ["old"]


def test_a_rule_is_about_one_kind_and_what_is_still_there(unit: SqlUnitOfWork) -> None:
    gone = ended("gone").without(RecordingPart.AUDIO, NOON, reason="The rule.")
    stored(unit, ended("call"), ended("voicemail", kind=RecordingKind.VOICEMAIL), gone)
    assert due(unit, CALLS) == ["call"]
    assert due(unit, replace(CALLS, part=RecordingPart.TRANSCRIPT)) == ["call", "gone"]


def test_queues_with_rules_of_their_own_are_left_out_of_the_others(unit: SqlUnitOfWork) -> None:
    stored(unit, ended("a", queue="sales"), ended("b", queue="service"), ended("c"))
    assert due(unit, replace(CALLS, queues=("sales",))) == ["a"]
    assert due(unit, replace(CALLS, but_queues=("sales",))) == ["b", "c"]


@pytest.mark.parametrize("state", [state for state in RecordingState if not state.is_final], ids=str)
def test_what_is_being_worked_on_is_not_due(unit: SqlUnitOfWork, state: RecordingState) -> None:
    stored(unit, a_recording(state=state))
    assert due(unit, CALLS) == []


def test_a_legal_hold_keeps_a_recording_and_is_listed(unit: SqlUnitOfWork) -> None:
    hold = LegalHold("Dispute 17", "vera", NOON)
    stored(unit, ended("free"), replace(ended("held"), hold=hold))
    assert due(unit, CALLS) == ["free"]
    assert [(one.id, one.hold) for one in unit.retention.held()] == [("held", hold)]
    assert unit.retention.count(CALLS, before=LATER) == DueParts(1, 1000, held=1, needed=0)


@pytest.mark.parametrize(("state", "is_due"), [(TaskState.OPEN, False), (TaskState.DONE, True)], ids=str)
def test_an_open_task_keeps_its_messages(unit: SqlUnitOfWork, state: TaskState, is_due: bool) -> None:  # noqa: FBT001  a case
    voicemail_with_task(unit, "v", state)
    assert (due(unit, VOICEMAILS) == ["v"]) is is_due
    assert unit.retention.is_needed("v") is not is_due
    assert unit.retention.count(VOICEMAILS, before=LATER).needed == (not is_due)


def test_a_follow_up_that_is_open_keeps_the_message_it_asks_about(unit: SqlUnitOfWork) -> None:
    done = voicemail_with_task(unit, "v", TaskState.DONE)
    asks = CallbackTask("asks", None, NOON, NOON, follow_up_of=done.id)
    unit.tasks.add(asks, TaskEvent("asks", NOON, "system", "raised", "Did it help?"))
    assert unit.retention.is_needed("v")


def test_a_transcript_is_removed_and_the_rest_stays(unit: SqlUnitOfWork) -> None:
    stored(unit, ended("call"))
    unit.transcripts.put("call", a_transcript("agent: hello"))
    unit.retention.remove_transcript("call")
    unit.retention.remove_transcript("call")
    with pytest.raises(NotFound):
        unit.transcripts.get("call")
    assert unit.recordings.get("call").id == "call"


def test_with_the_result_of_a_voicemail_go_the_words_of_its_task_and_the_task_stays(unit: SqlUnitOfWork) -> None:
    task = voicemail_with_task(unit, "v", TaskState.DONE)
    unit.retention.remove_result("v")
    kept = unit.tasks.get(task.id)
    assert (kept.facts, kept.note, kept.state, kept.version) == (None, None, TaskState.DONE, task.version + 1)
    (message,) = unit.messages.of_task(task.id)
    assert (message.facts, message.note) == (None, None)
    assert [event.why for event in unit.tasks.events(task.id)] == [""]
