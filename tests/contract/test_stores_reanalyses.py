"""What ReanalysisStore and ReviewStore promise, and the bulk reading beside them, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.builders import NOON, a_recording, a_transcript
from tests.contract.test_stores_results import a_stored_set
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.reanalysis import (
    ChangeCount,
    Counts,
    Purpose,
    Reanalysis,
    ReanalysisPart,
    ReanalysisState,
    Received,
    VerdictChange,
)
from voiceops.domain.recording import RecordingKind
from voiceops.domain.review import Review
from voiceops.errors import Conflict, NotFound
from voiceops.ports import CallRange, Page
from voiceops.storage.unit_of_work import SqlUnitOfWork

MINUTE = timedelta(minutes=1)


def a_reanalysis(reanalysis_id: str = "x", *, minutes: int = 0, keyword_set_id: str = "sales") -> Reanalysis:
    return Reanalysis(
        id=reanalysis_id,
        keyword_set_id=keyword_set_id,
        keyword_set_version=2,
        purpose=Purpose.WHAT_IF,
        received=Received(NOON, None),
        total=7,
        asked_by="lead",
        started_at=NOON + minutes * MINUTE,
    )


def parts_of(reanalysis_id: str = "x") -> tuple[ReanalysisPart, ReanalysisPart]:
    one = ReanalysisPart(f"{reanalysis_id}-1", reanalysis_id, "8", NOON)
    return one, ReanalysisPart(f"{reanalysis_id}-2", reanalysis_id, None, NOON + MINUTE, cursor="8")


def test_a_reanalysis_and_its_parts_come_back_as_they_were_stored(unit: SqlUnitOfWork) -> None:
    unit.reanalyses.add(a_reanalysis(), parts_of()[::-1])
    assert unit.reanalyses.get("x") == a_reanalysis()
    assert tuple(unit.reanalyses.parts("x")) == parts_of()
    assert unit.reanalyses.part("x-2") == parts_of()[1]
    ended = a_reanalysis().ended(ReanalysisState.DONE, NOON)
    unit.reanalyses.save(ended)
    assert unit.reanalyses.get("x") == ended


def test_a_what_if_that_ended_long_ago_is_forgotten_with_its_changes_and_an_applied_one_stays(
    unit: SqlUnitOfWork,
) -> None:
    unit.recordings.add(a_recording("call"))
    applied = replace(a_reanalysis("applied"), purpose=Purpose.APPLY)
    for one in (a_reanalysis("old"), a_reanalysis("new", minutes=5), a_reanalysis("running"), applied):
        unit.reanalyses.add(one, parts_of(one.id))
        unit.reanalyses.add_changes(one.id, [VerdictChange("call", "greeting", "met", "missed")])
        if one.id != "running":
            unit.reanalyses.save(one.ended(ReanalysisState.DONE, one.started_at))

    assert unit.reanalyses.forget_what_ifs(ended_before=NOON + MINUTE) == 1

    with pytest.raises(NotFound):
        unit.reanalyses.get("old")
    assert not unit.reanalyses.changes("old")
    assert not unit.reanalyses.parts("old")
    for kept in ("new", "running", "applied"):
        assert len(unit.reanalyses.changes(kept)) == 1


def test_a_part_that_moved_comes_back_moved(unit: SqlUnitOfWork) -> None:
    unit.reanalyses.add(a_reanalysis(), parts_of())
    moved = replace(
        parts_of()[0], cursor="4", batches=3, is_done=True, moved_at=NOON + MINUTE, counts=Counts(9, 8, 2, 1)
    )
    unit.reanalyses.save_part(moved)
    assert unit.reanalyses.parts("x")[0] == moved


def test_unknown_reanalyses_and_parts_are_not_found(unit: SqlUnitOfWork) -> None:
    for call in (unit.reanalyses.get, unit.reanalyses.part):
        with pytest.raises(NotFound, match="nothing"):
            call("nothing")
    with pytest.raises(NotFound):
        unit.reanalyses.save(a_reanalysis())
    with pytest.raises(NotFound):
        unit.reanalyses.save_part(parts_of()[0])


def test_reanalyses_are_listed_newest_first_in_pages_and_by_keyword_set(unit: SqlUnitOfWork) -> None:
    for number, name in enumerate("abc"):
        unit.reanalyses.add(a_reanalysis(name, minutes=number), ())
    unit.reanalyses.add(a_reanalysis("d", minutes=9, keyword_set_id="service"), ())
    assert [one.id for one in unit.reanalyses.list(None, Page())] == ["d", "c", "b", "a"]
    assert [one.id for one in unit.reanalyses.list("sales", Page(limit=2))] == ["c", "b"]
    assert [one.id for one in unit.reanalyses.list("sales", Page(limit=2, after="b"))] == ["a"]
    with pytest.raises(NotFound):
        unit.reanalyses.list(None, Page(after="nothing"))


def test_only_running_ones_of_the_keyword_set_are_running(unit: SqlUnitOfWork) -> None:
    unit.reanalyses.add(a_reanalysis("a"), ())
    unit.reanalyses.add(a_reanalysis("b", keyword_set_id="service"), ())
    unit.reanalyses.add(a_reanalysis("c").ended(ReanalysisState.CANCELLED, NOON), ())
    assert [one.id for one in unit.reanalyses.running("sales")] == ["a"]


def test_stuck_are_idle_parts_of_running_reanalyses_that_are_not_done(unit: SqlUnitOfWork) -> None:
    unit.reanalyses.add(a_reanalysis("a"), parts_of("a"))
    unit.reanalyses.add(a_reanalysis("b").ended(ReanalysisState.CANCELLED, NOON), parts_of("b"))
    unit.reanalyses.add(a_reanalysis("c"), [replace(part, is_done=True) for part in parts_of("c")])
    assert [part.id for part in unit.reanalyses.stuck(idle_before=NOON + MINUTE)] == ["a-1"]
    assert [part.id for part in unit.reanalyses.stuck(idle_before=NOON + 2 * MINUTE)] == ["a-1", "a-2"]


def test_changes_are_listed_in_order_filtered_by_rule_and_counted(unit: SqlUnitOfWork) -> None:
    for name in ("r1", "r2", "r3"):
        unit.recordings.add(a_recording(name))
    unit.reanalyses.add(a_reanalysis("a"), ())
    unit.reanalyses.add(a_reanalysis("b"), ())
    found = [
        VerdictChange("r1", None, "failed", "passed"),
        VerdictChange("r1", "notice", "missed", "met"),
        VerdictChange("r2", "notice", "missed", "met"),
        VerdictChange("r3", "new", None, "met"),
    ]
    unit.reanalyses.add_changes("a", found[:2])
    unit.reanalyses.add_changes("b", [VerdictChange("r1", "notice", "met", "missed")])
    unit.reanalyses.add_changes("a", found[2:])
    listed = unit.reanalyses.changes("a")
    assert [one.change for one in listed] == found
    assert [one.change for one in unit.reanalyses.changes("a", after=listed[0].number, limit=2)] == found[1:3]
    assert [one.change for one in unit.reanalyses.changes("a", rule_id="notice")] == found[1:3]
    assert unit.reanalyses.count_changes("a") == [
        ChangeCount(None, "failed", "passed", 1),
        ChangeCount("new", None, "met", 1),
        ChangeCount("notice", "missed", "met", 2),
    ]


def store_call(unit: SqlUnitOfWork, recording_id: str, *, minutes: int = 0) -> None:
    recording = replace(a_recording(recording_id), received_at=NOON + minutes * MINUTE, queue="service")
    unit.recordings.add(recording)
    unit.transcripts.put(recording_id, a_transcript("agent: hello"))


def test_transcribed_calls_are_read_by_range_of_ids_and_time(unit: SqlUnitOfWork) -> None:
    for number, name in enumerate("abcd"):
        store_call(unit, name, minutes=number)
    unit.recordings.add(a_recording("e"))
    unit.recordings.add(a_recording("f", kind=RecordingKind.VOICEMAIL))
    unit.transcripts.put("f", a_transcript("caller: hello"))

    def read(wanted: CallRange, limit: int = 9) -> list[str]:
        return [one.recording_id for one in unit.transcripts.calls(wanted, limit=limit)]

    assert read(CallRange()) == ["a", "b", "c", "d"]
    assert read(CallRange(after="a", upto="c")) == ["b", "c"]
    assert read(CallRange(after="a"), limit=1) == ["b"]
    assert read(CallRange(received=Received(NOON + 3 * MINUTE)), limit=1) == ["d"]
    span = Received(NOON + MINUTE, NOON + 3 * MINUTE)
    assert read(CallRange(received=span)) == ["b", "c"]
    assert (unit.transcripts.count_calls(span), unit.transcripts.count_calls(Received())) == (2, 4)
    [first] = unit.transcripts.calls(CallRange(), limit=1)
    assert (first.queue, first.read()) == ("service", a_transcript("agent: hello"))


def test_a_damaged_transcript_does_not_hide_the_others(unit: SqlUnitOfWork) -> None:
    store_call(unit, "a")
    store_call(unit, "b")
    damage = text("UPDATE transcripts SET transcript = :damaged WHERE recording_id = 'a'")
    unit._connection.execute(damage, {"damaged": b"not compressed"})
    assert [one.read() is None for one in unit.transcripts.calls(CallRange(), limit=9)] == [True, False]


def an_evaluation(version: int, outcome: Outcome = Outcome.MET) -> Evaluation:
    return Evaluation("sales", version, 50.0, None, (Finding("notice", outcome, "Because."),))


def test_evaluations_are_stored_in_bulk_once_each(unit: SqlUnitOfWork) -> None:
    for name in "abc":
        unit.recordings.add(a_recording(name))
    unit.evaluations.put_all({}, NOON)
    unit.evaluations.put_all({"b": an_evaluation(1), "a": an_evaluation(1)}, NOON)
    unit.evaluations.put_all({"a": an_evaluation(1, Outcome.MISSED)}, NOON + MINUTE)
    unit.evaluations.put_all({"b": an_evaluation(2)}, NOON + MINUTE)
    assert unit.evaluations.newest("sales", ["a", "b", "c"]) == {
        "a": an_evaluation(1, Outcome.MISSED),
        "b": an_evaluation(2),
    }
    assert unit.evaluations.newest("service", ["a"]) == {}


def test_the_latest_evaluations_of_a_version_are_those_made_last(unit: SqlUnitOfWork) -> None:
    outcomes = (Outcome.MET, Outcome.MISSED, Outcome.REFUSED)
    for number, outcome in enumerate(outcomes):
        unit.recordings.add(a_recording(f"r{number}"))
        unit.evaluations.put(f"r{number}", an_evaluation(1, outcome), NOON + number * MINUTE)
    latest = unit.evaluations.latest("sales", 1, limit=2)
    assert [one.findings[0].outcome for one in latest] == [Outcome.REFUSED, Outcome.MISSED]
    assert unit.evaluations.latest("sales", 2, limit=2) == []


def a_review(review_id: str, outcome: Outcome = Outcome.MET, *, rule_id: str = "notice", version: int = 1) -> Review:
    return Review(
        id=review_id,
        recording_id="r",
        keyword_set_id="sales",
        keyword_set_version=version,
        rule_id=rule_id,
        machine_outcome=Outcome.MISSED,
        outcome=outcome,
        note="She says it at 0:12, ünnep.",
        reviewer="quinn",
        at=NOON,
    )


def test_a_later_review_counts_and_the_earlier_stays_readable(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    reviews = [
        a_review("z"),
        a_review("y", rule_id="price"),
        a_review("x", Outcome.REFUSED),
        a_review("w", version=2),
    ]
    for review in reviews:
        unit.reviews.add(review)
    assert unit.reviews.of_recording("r") == reviews
    assert unit.reviews.of_recording("another") == []
    assert unit.reviews.latest("sales") == reviews[1:]
    assert unit.reviews.latest("service") == []


def test_a_review_is_added_once_and_only_to_a_recording(unit: SqlUnitOfWork) -> None:
    with pytest.raises(Conflict):
        unit.reviews.add(a_review("a"))
    unit.recordings.add(a_recording("r"))
    unit.reviews.add(a_review("a"))
    with pytest.raises(Conflict):
        unit.reviews.add(a_review("a"))


def test_of_two_versions_only_the_activated_one_is_active(unit: SqlUnitOfWork) -> None:
    unit.keyword_sets.add(a_stored_set(1))
    unit.keyword_sets.add(a_stored_set(2, active=False))
    unit.keyword_sets.activate("sales", 2)
    assert [(one.keyword_set.version, one.active) for one in unit.keyword_sets.versions("sales")] == [
        (2, True),
        (1, False),
    ]
    with pytest.raises(NotFound, match="version 3"):
        unit.keyword_sets.activate("sales", 3)
