"""What every RecordingStore promises, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.builders import NOON, a_recording
from voiceops.domain.recording import Party, Priority, Recording, RecordingKind, RecordingState
from voiceops.errors import BadInput, Conflict, NotFound
from voiceops.ports import Page, RecordingFilter, RecordingOrder
from voiceops.storage.unit_of_work import SqlUnitOfWork

MINUTE = timedelta(minutes=1)


def test_a_recording_comes_back_as_it_was_stored(unit: SqlUnitOfWork) -> None:
    full = replace(
        a_recording("r"),
        file_name="hívás \u200c تماس 📞.wav",
        size_bytes=5 * 1024**4,
        received_at=datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3, minutes=30))),
        parties=(Party.CUSTOMER, Party.UNKNOWN),
        state=RecordingState.FAILED,
        duration_seconds=0.1 + 0.2,
        language="fa",
        queue="sales",
        agent_id="anna",
        caller_number="+3612345678",
        dialled_number="100",
        labels={"campaign": "spring", "": "\x00"},
        attempts=3,
        lease_until=NOON,
        failure="The file is cut short.",
        notes=("one", "two"),
        clarity=40,
    )
    unit.recordings.add(full)
    assert unit.recordings.get("r") == full
    assert unit.recordings.get("r").received_at.utcoffset() == timedelta(0)


def test_a_recording_with_nothing_known_comes_back_with_none(unit: SqlUnitOfWork) -> None:
    bare = replace(a_recording("r"), state_changed_at=None, duration_seconds=None)
    unit.recordings.add(bare)
    assert unit.recordings.get("r") == bare


def test_what_is_hardly_understood_can_be_listed_and_what_was_not_measured_is_not(unit: SqlUnitOfWork) -> None:
    for name, clarity in (("clear", 90), ("noisy", 20), ("unmeasured", None)):
        unit.recordings.add(replace(a_recording(name), clarity=clarity))
    assert [one.id for one in unit.recordings.list(RecordingFilter(clarity_below=40), Page())] == ["noisy"]


def test_an_instant_without_a_zone_is_refused(unit: SqlUnitOfWork) -> None:
    naive = replace(a_recording(), received_at=datetime(2026, 3, 4))  # noqa: DTZ001 - the mistake under test
    with pytest.raises(Exception, match="without a time zone"):
        unit.recordings.add(naive)


def test_text_that_is_no_text_is_bad_input(unit: SqlUnitOfWork) -> None:
    with pytest.raises(BadInput):
        unit.recordings.add(replace(a_recording(), file_name="half a character \udc80"))


def test_the_same_bytes_are_a_conflict_and_the_unit_goes_on(unit: SqlUnitOfWork) -> None:
    first = a_recording("first")
    unit.recordings.add(first)
    with pytest.raises(Conflict, match="second"):
        unit.recordings.add(replace(first, id="second"))
    assert unit.recordings.find_by_sha256(first.sha256) == first


def test_the_same_id_is_a_conflict(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    with pytest.raises(Conflict):
        unit.recordings.add(a_recording("r"))


def test_unknown_recordings_are_not_found(unit: SqlUnitOfWork) -> None:
    assert unit.recordings.find_by_sha256("0" * 64) is None
    for attempt in (
        lambda: unit.recordings.get("nobody"),
        lambda: unit.recordings.save(a_recording("nobody")),
        lambda: unit.recordings.list(RecordingFilter(), Page(after="nobody")),
    ):
        with pytest.raises(NotFound, match="nobody"):
            attempt()


def test_saving_overwrites_everything(unit: SqlUnitOfWork) -> None:
    recording = a_recording("r")
    unit.recordings.add(recording)
    changed = replace(recording, state=RecordingState.FAILED, failure="No.", labels={"a": "b"}, queue="sales")
    unit.recordings.save(changed)
    assert unit.recordings.get("r") == changed


def test_pages_go_from_the_newest_to_the_oldest_without_gap_or_repeat(unit: SqlUnitOfWork) -> None:
    # Several were received at one instant: there the id decides, by its bytes on both databases.
    stored = [replace(a_recording(name), received_at=NOON + n // 3 * MINUTE) for n, name in enumerate("zBa_é9A")]
    for recording in stored:
        unit.recordings.add(recording)
    expected = sorted(stored, key=lambda r: (r.received_at, r.id.encode()), reverse=True)
    seen: list[Recording] = []
    after = None
    while page := unit.recordings.list(RecordingFilter(), Page(limit=2, after=after)):
        assert len(page) <= 2
        seen += page
        after = page[-1].id
    assert seen == expected


@pytest.mark.parametrize("order", RecordingOrder)
def test_every_order_goes_on_where_the_page_before_ended(unit: SqlUnitOfWork, order: RecordingOrder) -> None:
    # Several began at one instant: there the id decides.
    began = [replace(a_recording(name), started_at=NOON - n // 3 * MINUTE) for n, name in enumerate("zBa_é9A")]
    stored = [replace(one, received_at=NOON + n // 2 * MINUTE) for n, one in enumerate(began)]
    for recording in stored:
        unit.recordings.add(recording)
    name, _, direction = order.rpartition("_")
    expected = sorted(stored, key=lambda r: (getattr(r, name), r.id.encode()), reverse=direction == "desc")
    seen: list[Recording] = []
    after = None
    while page := unit.recordings.list(RecordingFilter(), Page(limit=2, after=after), order):
        seen += page
        after = page[-1].id
    assert seen == expected


def test_by_start_those_are_listed_whose_start_is_known(unit: SqlUnitOfWork) -> None:
    known = replace(a_recording("known"), started_at=NOON)
    for recording in (known, a_recording("unknown")):
        unit.recordings.add(recording)
    assert unit.recordings.list(RecordingFilter(), Page(), RecordingOrder.STARTED_FIRST) == [known]
    with pytest.raises(NotFound, match="unknown"):
        unit.recordings.list(RecordingFilter(), Page(after="unknown"), RecordingOrder.STARTED_FIRST)


def test_a_list_holds_only_what_is_wanted(unit: SqlUnitOfWork) -> None:
    wanted = replace(a_recording("wanted", kind=RecordingKind.VOICEMAIL), queue="sales", agent_id="anna")
    others = [
        replace(wanted, id="other kind", sha256="1", kind=RecordingKind.CALL),
        replace(wanted, id="other state", sha256="2", state=RecordingState.FAILED),
        replace(wanted, id="other queue", sha256="3", queue=None),
        replace(wanted, id="other agent", sha256="4", agent_id="bela"),
    ]
    for recording in (wanted, *others):
        unit.recordings.add(recording)
    exact = RecordingFilter(kind=RecordingKind.VOICEMAIL, state=RecordingState.RECEIVED, queue="sales", agent_id="anna")
    assert unit.recordings.list(exact, Page()) == [wanted]
    assert len(unit.recordings.list(RecordingFilter(queue="sales"), Page())) == 4


def test_a_claim_takes_a_received_recording_and_counts_the_attempt(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    claimed = unit.recordings.claim("r", now=NOON + MINUTE, lease_until=NOON + 2 * MINUTE)
    assert claimed == unit.recordings.get("r")
    assert claimed is not None
    assert claimed.state is RecordingState.TRANSCRIBING
    assert (claimed.attempts, claimed.lease_until) == (1, NOON + 2 * MINUTE)
    assert claimed.state_changed_at == NOON + MINUTE


def test_a_held_recording_can_be_claimed_only_once_its_lease_ran_out(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    unit.recordings.claim("r", now=NOON, lease_until=NOON + MINUTE)
    assert unit.recordings.claim("r", now=NOON + MINUTE, lease_until=NOON + 9 * MINUTE) is None
    again = unit.recordings.claim("r", now=NOON + MINUTE * 1.01, lease_until=NOON + 9 * MINUTE)
    assert again is not None
    assert again.attempts == 2


def test_transcribing_without_any_lease_is_free_for_the_next_worker(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r", state=RecordingState.TRANSCRIBING))
    assert [r.id for r in unit.recordings.stuck(now=NOON, idle_before=NOON)] == ["r"]
    assert unit.recordings.claim("r", now=NOON, lease_until=NOON + MINUTE) is not None


@pytest.mark.parametrize("state", [RecordingState.TRANSCRIBED, RecordingState.ANALYSED, RecordingState.FAILED])
def test_nobody_claims_what_is_further_on(unit: SqlUnitOfWork, state: RecordingState) -> None:
    unit.recordings.add(a_recording("r", state=state))
    assert unit.recordings.claim("r", now=NOON, lease_until=NOON + MINUTE) is None
    assert unit.recordings.get("r").state is state


def test_nobody_claims_what_is_not_there(unit: SqlUnitOfWork) -> None:
    assert unit.recordings.claim("nobody", now=NOON, lease_until=NOON) is None


def test_a_lease_is_renewed_only_by_its_holder(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    unit.recordings.claim("r", now=NOON, lease_until=NOON + MINUTE)
    assert unit.recordings.renew("r", held_until=NOON + MINUTE, lease_until=NOON + 2 * MINUTE)
    assert not unit.recordings.renew("r", held_until=NOON + MINUTE, lease_until=NOON + 3 * MINUTE)
    assert unit.recordings.get("r").lease_until == NOON + 2 * MINUTE


def test_no_lease_is_renewed_once_the_state_changed(unit: SqlUnitOfWork) -> None:
    recording = replace(a_recording("r", state=RecordingState.FAILED), lease_until=NOON)
    unit.recordings.add(recording)
    assert not unit.recordings.renew("r", held_until=NOON, lease_until=NOON + MINUTE)


def test_stuck_finds_what_should_be_moving_what_was_begun_first_and_the_oldest_first(unit: SqlUnitOfWork) -> None:
    def a_stuck_one(name: str, state: RecordingState, changed: float, lease: float | None = None) -> None:
        until = None if lease is None else NOON + lease * MINUTE
        recording = a_recording(name, state=state)
        unit.recordings.add(replace(recording, state_changed_at=NOON + changed * MINUTE, lease_until=until))

    a_stuck_one("lost worker", RecordingState.TRANSCRIBING, -3, lease=-0.1)
    a_stuck_one("lost job", RecordingState.RECEIVED, -5)
    a_stuck_one("lost analysis", RecordingState.TRANSCRIBED, -4)
    a_stuck_one("at work", RecordingState.TRANSCRIBING, -9, lease=0)
    a_stuck_one("just received", RecordingState.RECEIVED, -2)
    a_stuck_one("just transcribed", RecordingState.TRANSCRIBED, -2)
    a_stuck_one("analysed", RecordingState.ANALYSED, -9)
    a_stuck_one("failed", RecordingState.FAILED, -9)
    unit.recordings.add(replace(a_recording("never changed"), state_changed_at=None, received_at=NOON - 9 * MINUTE))

    stuck = unit.recordings.stuck(now=NOON, idle_before=NOON - 2 * MINUTE)
    assert [r.id for r in stuck] == ["lost analysis", "lost worker", "never changed", "lost job"]
    assert len(unit.recordings.stuck(now=NOON, idle_before=NOON, limit=3)) == 3


def test_what_a_clock_that_was_set_back_wrote_is_stuck_too(unit: SqlUnitOfWork) -> None:
    for name, state in (("held", RecordingState.TRANSCRIBING), ("received", RecordingState.RECEIVED)):
        recording = replace(a_recording(name, state=state), state_changed_at=NOON + 90 * MINUTE)
        unit.recordings.add(replace(recording, lease_until=NOON + 91 * MINUTE if name == "held" else None))
    assert unit.recordings.stuck(now=NOON, idle_before=NOON) == []
    stuck = unit.recordings.stuck(now=NOON, idle_before=NOON, at_latest=NOON + 3 * MINUTE)
    assert [one.id for one in stuck] == ["held", "received"]


def test_of_those_that_wait_todays_work_is_found_first_and_an_archive_last(unit: SqlUnitOfWork) -> None:
    for minute, priority in enumerate((Priority.ARCHIVE, Priority.BURST, Priority.TODAY)):
        changed = NOON + minute * MINUTE
        unit.recordings.add(replace(a_recording(priority), priority=priority, state_changed_at=changed))
    later = NOON + 9 * MINUTE
    assert [one.id for one in unit.recordings.stuck(now=later, idle_before=later)] == ["today", "burst", "archive"]


def test_what_waits_beside_a_recording_is_of_its_kind_and_customer_or_queue(unit: SqlUnitOfWork) -> None:
    of_queue = replace(a_recording("new"), queue="sales")
    of_customer = replace(of_queue, customer="A-1")
    for same in (of_queue, of_queue, of_customer):
        unit.recordings.add(replace(same, id=(number := a_recording()).id, sha256=number.sha256))
    for other in (
        replace(of_queue, queue="service"),
        replace(of_queue, queue=None),
        replace(of_queue, kind=RecordingKind.VOICEMAIL),
        replace(of_queue, priority=Priority.ARCHIVE),
        replace(of_queue, state=RecordingState.TRANSCRIBING),
    ):
        unit.recordings.add(replace(other, id=(number := a_recording()).id, sha256=number.sha256))
    assert unit.recordings.waiting_beside(of_queue, limit=20) == 3
    assert unit.recordings.waiting_beside(of_queue, limit=2) == 2
    assert unit.recordings.waiting_beside(of_customer, limit=20) == 1
    assert unit.recordings.waiting_beside(replace(of_queue, queue=None), limit=20) == 1
