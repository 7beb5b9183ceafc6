"""What counts follows evaluations and reviews, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import select, text

from tests.builders import NOON, a_recording, an_opening_set
from tests.contract.conftest import Database
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.keyword_set import Expectation, KeywordSet
from voiceops.domain.review import Review
from voiceops.ports import StoredKeywordSet
from voiceops.storage.database import migrating, open_database
from voiceops.storage.tables import recordings
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.storage.verdict_tables import findings, verdicts

MET, MISSED, UNCERTAIN = Outcome.MET, Outcome.MISSED, Outcome.UNCERTAIN


def a_set(version: int = 1) -> KeywordSet:
    """Two rules of which the second weighs three times as much; in version 3 one that is only counted."""
    keyword_set = read_keyword_set(an_opening_set(version, "this call is recorded"), record="set")
    notice = keyword_set.rules[0]
    if version == 3:
        return replace(keyword_set, rules=(replace(notice, id="leaving", expect=Expectation.MENTION),))
    return replace(keyword_set, rules=(notice, replace(notice, id="price", weight=3.0)))


def an_evaluation(notice: Outcome, price: Outcome, *, version: int = 1, score: float | None = 50.0) -> Evaluation:
    found = (Finding("notice", notice, "Because."), Finding("price", price, "Because."))
    return Evaluation("opening-en", version, score, None, found)


def a_review(review_id: str, rule_id: str, outcome: Outcome, *, version: int = 1) -> Review:
    return Review(review_id, "r", "opening-en", version, rule_id, MISSED, outcome, "At 0:12.", "quinn", NOON)


def prepare(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    for version in (1, 2, 3):
        unit.keyword_sets.add(StoredKeywordSet(a_set(version), "", NOON, "quinn", active=True))


def counted(unit: SqlUnitOfWork) -> list[tuple[int, str, Outcome, bool]]:
    return [
        (one.keyword_set_version, one.rule_id, one.outcome, one.is_reviewed) for one in unit.verdicts.findings(["r"])
    ]


def place(unit: SqlUnitOfWork) -> tuple[bool, float]:
    row = unit._connection.execute(select(recordings.c.needs_person, recordings.c.worst_score))
    needs, worst = row.one()
    return needs, worst


def test_an_evaluation_leaves_a_verdict_and_a_row_for_each_of_its_rules(unit: SqlUnitOfWork) -> None:
    prepare(unit)
    assert place(unit) == (False, 100.0)
    unit.evaluations.put("r", an_evaluation(MISSED, UNCERTAIN), NOON)
    assert counted(unit) == [(1, "notice", MISSED, False), (1, "price", UNCERTAIN, False)]
    (verdict,) = unit.verdicts.of_recordings(["r", "another"])
    assert (verdict.score, verdict.passed, verdict.to_decide) == (50.0, None, 2)
    assert place(unit) == (True, 50.0)


@pytest.mark.parametrize(
    ("heard", "asks"), [(MET, False), (MISSED, False), (Outcome.REFUSED, False), (UNCERTAIN, True)]
)
def test_what_is_only_counted_asks_for_a_person_only_where_it_was_not_clear(
    unit: SqlUnitOfWork,
    heard: Outcome,
    asks: bool,  # noqa: FBT001  a table's column
) -> None:
    prepare(unit)
    unit.evaluations.put("r", Evaluation("opening-en", 3, None, None, (Finding("leaving", heard, "Because."),)), NOON)
    assert place(unit) == (asks, 0.0)


def test_a_persons_answer_counts_more_and_changes_the_score(unit: SqlUnitOfWork) -> None:
    prepare(unit)
    unit.evaluations.put("r", an_evaluation(MISSED, MISSED, score=0.0), NOON)
    unit.reviews.add(a_review("a", "price", MISSED))
    assert place(unit) == (True, 0.0)
    unit.reviews.add(a_review("b", "notice", MISSED))
    assert place(unit) == (False, 0.0)
    unit.reviews.add(a_review("c", "price", MET))
    assert counted(unit) == [(1, "notice", MISSED, True), (1, "price", MET, True)]
    (verdict,) = unit.verdicts.of_recordings(["r"])
    assert (verdict.score, verdict.passed, verdict.to_decide) == (75.0, False, 0)
    assert place(unit) == (False, 75.0)


def test_the_same_version_once_more_keeps_what_people_said(unit: SqlUnitOfWork) -> None:
    prepare(unit)
    unit.evaluations.put("r", an_evaluation(MISSED, MET), NOON)
    unit.reviews.add(a_review("a", "notice", MET))
    unit.evaluations.put("r", an_evaluation(MISSED, UNCERTAIN), NOON)
    assert counted(unit) == [(1, "notice", MET, True), (1, "price", UNCERTAIN, False)]


def test_a_newer_version_counts_instead_and_an_older_one_changes_nothing(unit: SqlUnitOfWork) -> None:
    prepare(unit)
    unit.evaluations.put("r", an_evaluation(MISSED, MET), NOON)
    unit.reviews.add(a_review("a", "notice", MET))
    only = Evaluation("opening-en", 2, None, None, (Finding("notice", UNCERTAIN, "Because."),))
    unit.evaluations.put("r", only, NOON)
    unit.evaluations.put("r", an_evaluation(MISSED, MISSED), NOON)
    unit.reviews.add(a_review("b", "notice", MET))
    assert counted(unit) == [(2, "notice", UNCERTAIN, False)]
    assert place(unit) == (True, 0.0)


def test_each_set_has_a_verdict_of_its_own_and_the_worst_one_places_the_call(unit: SqlUnitOfWork) -> None:
    prepare(unit)
    unit.evaluations.put("r", an_evaluation(MISSED, MET, score=25.0), NOON)
    unit.evaluations.put("r", Evaluation("sales", 3, 90.0, passed=True, findings=()), NOON)
    assert [one.keyword_set_id for one in unit.verdicts.of_recordings(["r"])] == ["opening-en", "sales"]
    assert place(unit) == (True, 25.0)


def test_what_counts_goes_with_the_recording(unit: SqlUnitOfWork) -> None:
    prepare(unit)
    unit.evaluations.put("r", an_evaluation(MISSED, MET), NOON)
    unit._connection.execute(recordings.delete())
    assert (counted(unit), unit.verdicts.of_recordings(["r"])) == ([], [])


def test_what_counts_goes_with_the_result(unit: SqlUnitOfWork) -> None:
    prepare(unit)
    unit.evaluations.put("r", an_evaluation(MISSED, MET), NOON)
    unit.retention.remove_result("r")
    assert (counted(unit), unit.verdicts.of_recordings(["r"]), place(unit)) == ([], [], (False, 100.0))


def test_what_is_undone_never_counted(database: Database) -> None:
    with database.unit() as unit:
        prepare(unit)
        unit.commit()
    with database.unit() as unit:
        unit.evaluations.put("r", an_evaluation(MISSED, MET), NOON)
    with database.unit() as unit:
        assert (counted(unit), place(unit)) == ([], (False, 100.0))


def rows(url: str) -> Sequence[Sequence[object]]:
    engine = open_database(url)
    with engine.connect() as connection:
        places = select(recordings.c.id, recordings.c.needs_person, recordings.c.worst_score)
        kept = [
            sorted(map(tuple, connection.execute(query)), key=str)
            for query in (select(findings), select(verdicts), places)
        ]
    engine.dispose()
    return kept


def test_an_upgrade_fills_in_the_same_rows_for_what_is_stored(empty_database_url: str) -> None:
    with migrating(empty_database_url) as config:
        command.upgrade(config, "head")
    engine = open_database(empty_database_url)
    with Database(engine).unit() as unit:
        prepare(unit)
        for name in ("unsure", "good", "silent"):
            unit.recordings.add(a_recording(name))
        for number, (notice, price) in enumerate(((MISSED, MISSED), (MISSED, UNCERTAIN)), 1):
            unit.evaluations.put("r", an_evaluation(notice, price, version=number), NOON)
        unit.reviews.add(a_review("a", "notice", MET))
        unit.reviews.add(a_review("b", "notice", MISSED, version=2))
        unit.reviews.add(a_review("c", "notice", MET, version=2))
        unit.evaluations.put("unsure", an_evaluation(UNCERTAIN, UNCERTAIN, score=None), NOON)
        silent = Evaluation("opening-en", 3, None, None, (Finding("leaving", MISSED, "Because."),))
        unit.evaluations.put("silent", silent, NOON)
        unit.evaluations.put("good", an_evaluation(MET, MET, score=100.0), NOON)
        unit.commit()
    engine.dispose()
    before = rows(empty_database_url)
    assert ("r", "opening-en", "notice", 2, MET, True) in before[0]
    with migrating(empty_database_url) as config:
        command.downgrade(config, "0016")
        command.upgrade(config, "head")
    assert rows(empty_database_url) == before


# As the version before writes: it knows nothing of what is counted.
EVALUATED = "UPDATE evaluations SET at = '2026-03-05 12:00:00', findings = replace(findings, 'met', 'missed')"
REVIEWED = (
    "INSERT INTO reviews (id, recording_id, keyword_set_id, keyword_set_version, rule_id, machine_outcome, outcome,"
    " note, reviewer, at) VALUES ('x', 'r', 'opening-en', 1, 'price', 'met', 'missed', '', 'vera', '2026-03-05 12:00')"
)


@pytest.mark.parametrize("statement", [EVALUATED, REVIEWED], ids=["evaluated", "reviewed"])
def test_what_the_version_before_wrote_is_counted_once_the_sweep_has_been_by(
    database: Database, statement: str
) -> None:
    with database.unit() as unit:
        prepare(unit)
        unit.evaluations.put("r", an_evaluation(MET, MET), NOON)
        unit.commit()
    with database.engine.begin() as connection:
        connection.execute(text(statement))
    with database.unit() as unit:
        assert [one.outcome for one in unit.verdicts.findings(["r"])] == [MET, MET]
        assert [unit.verdicts.count_left_behind(limit=5) for _ in range(2)] == [1, 0]
        assert MISSED in [one.outcome for one in unit.verdicts.findings(["r"])]
        before = counted(unit)
        unit.evaluations.put("r", an_evaluation(MET, MET), NOON)
        unit.reviews.add(a_review("y", "notice", MET))
        assert unit.verdicts.count_left_behind(limit=5) == 0
        assert counted(unit) != before
