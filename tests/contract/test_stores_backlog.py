"""What BacklogStore promises, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOON, a_recording
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.ports import Lane
from voiceops.storage.unit_of_work import SqlUnitOfWork


def a_voicemail(name: str, state: RecordingState, *, hours_ago: float, failure: str | None = None) -> Recording:
    at = NOON - timedelta(hours=hours_ago)
    voicemail = a_recording(name, kind=RecordingKind.VOICEMAIL, state=state)
    return replace(voicemail, received_at=at, state_changed_at=at, failure=failure)


def test_an_empty_house_has_no_backlog(unit: SqlUnitOfWork) -> None:
    backlog = unit.backlog.read(now=NOON)
    assert not backlog.recordings
    assert not backlog.waiting_since
    assert not backlog.failures
    assert (backlog.notices_failed, backlog.left, backlog.unread) == (0, 0, 0)


def test_what_waits_is_counted_with_the_time_since_when_it_does(unit: SqlUnitOfWork) -> None:
    for one in (
        a_voicemail("done", RecordingState.ANALYSED, hours_ago=1),
        a_voicemail("waits", RecordingState.RECEIVED, hours_ago=2),
        a_voicemail("waits too", RecordingState.RECEIVED, hours_ago=3),
        a_voicemail("old", RecordingState.TRANSCRIBED, hours_ago=30),
    ):
        unit.recordings.add(one)
    backlog = unit.backlog.read(now=NOON)
    assert backlog.recordings[RecordingKind.VOICEMAIL, RecordingState.RECEIVED] == 2
    assert backlog.waiting_since == {
        Lane.TRANSCRIBE: NOON - timedelta(hours=3),
        Lane.ANALYSE: NOON - timedelta(hours=30),
    }
    assert (backlog.left, backlog.unread) == (3, 2)


def test_failures_are_counted_by_the_sentence_that_says_why_the_most_frequent_first(unit: SqlUnitOfWork) -> None:
    for number, failure in enumerate(["It holds no sound. Send it again.", "It broke. Wait.", "It broke. Ask."]):
        unit.recordings.add(a_voicemail(f"v{number}", RecordingState.FAILED, hours_ago=1, failure=failure))
    assert list(unit.backlog.read(now=NOON).failures.items()) == [("It broke", 2), ("It holds no sound", 1)]
    assert unit.backlog.read(now=NOON, reasons=1).failures == {"It broke": 2}
