"""The order and the filters of QA's worklist, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_recording
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.recording import RecordingKind
from voiceops.ports import WorklistFilter, WorklistOrder, WorklistPlace
from voiceops.storage import worklist
from voiceops.storage.unit_of_work import SqlUnitOfWork

ALL = WorklistFilter()


@pytest.fixture
def calls(unit: SqlUnitOfWork) -> SqlUnitOfWork:
    """Eight calls, received a minute apart, in turn missed and met, and a voicemail."""
    unit.recordings.add(a_recording("voicemail", kind=RecordingKind.VOICEMAIL))
    for number in range(8):
        name, at = f"r{number}", NOON + timedelta(minutes=number)
        agent = "ben" if number % 4 else "ana"
        unit.recordings.add(replace(a_recording(name), received_at=at, agent_id=agent))
        found = (Finding("notice", (Outcome.MISSED, Outcome.MET)[number % 2], "Because."),)
        unit.evaluations.put(name, Evaluation("sales", 1, 10.0 * number, None, found), NOON)
    return unit


def names(
    unit: SqlUnitOfWork, wanted: WorklistFilter = ALL, *, order: WorklistOrder = WorklistOrder.NEWEST, page: int = 50
) -> Sequence[str]:
    """All pages, one after the other."""
    found: list[str] = []
    after: WorklistPlace | None = None
    while some := unit.worklist.list(wanted, order=order, limit=page, after=after):
        found += [one.recording.id for one in some]
        after = some[-1].place
    return found


@pytest.mark.parametrize("page", [1, 3, 50])
def test_calls_that_wait_come_first_over_all_pages(calls: SqlUnitOfWork, page: int) -> None:
    assert names(calls, page=page) == ["r6", "r4", "r2", "r0", "r7", "r5", "r3", "r1"]
    worst = names(calls, order=WorklistOrder.WORST, page=page)
    assert worst == ["r0", "r2", "r4", "r6", "r1", "r3", "r5", "r7"]


@pytest.mark.parametrize("few", [1, 1000], ids=["many found", "few found"])
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (WorklistFilter(outcomes=(Outcome.MET,)), ["r7", "r5", "r3", "r1"]),
        (
            WorklistFilter(keyword_set_id="sales", rule_id="notice", outcomes=(Outcome.MISSED,)),
            ["r6", "r4", "r2", "r0"],
        ),
        (WorklistFilter(keyword_set_id="service"), []),
        (WorklistFilter(agent_id="ana", outcomes=(Outcome.MISSED,)), ["r4", "r0"]),
        (WorklistFilter(agent_id="ana", outcomes=(Outcome.MISSED, Outcome.REFUSED)), ["r4", "r0"]),
        (WorklistFilter(from_at=NOON + timedelta(minutes=6), outcomes=(Outcome.MET,)), ["r7"]),
    ],
    ids=str,
)
def test_calls_are_found_by_a_finding(
    calls: SqlUnitOfWork, monkeypatch: pytest.MonkeyPatch, wanted: WorklistFilter, found: list[str], few: int
) -> None:
    monkeypatch.setattr(worklist, "FEW", few)
    assert names(calls, wanted, page=1) == found


def test_a_place_stays_where_it_was_when_its_call_moves(calls: SqlUnitOfWork) -> None:
    first = calls.worklist.list(ALL, order=WorklistOrder.NEWEST, limit=2)
    met = Evaluation("sales", 1, 100.0, passed=True, findings=(Finding("notice", Outcome.MET, "Because."),))
    calls.evaluations.put("r4", met, NOON)
    second = calls.worklist.list(ALL, order=WorklistOrder.NEWEST, limit=3, after=first[-1].place)
    assert [one.recording.id for one in second] == ["r2", "r0", "r7"]


def test_ids_are_given_by_agent(calls: SqlUnitOfWork) -> None:
    found = calls.worklist.ids_by_agent(WorklistFilter(outcomes=(Outcome.MISSED,)))
    assert found == [("ana", "r0"), ("ana", "r4"), ("ben", "r2"), ("ben", "r6")]
