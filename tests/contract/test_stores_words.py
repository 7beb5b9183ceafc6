"""Calls are found by what is said in them, on SQLite and on PostgreSQL, and by nothing that is no longer there."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.builders import a_recording, a_transcript
from tests.contract.conftest import Database
from voiceops.ports import WorklistFilter, WorklistOrder
from voiceops.storage import worklist
from voiceops.storage.database import open_database, scrub
from voiceops.storage.unit_of_work import SqlUnitOfWork


@pytest.fixture
def calls(unit: SqlUnitOfWork) -> SqlUnitOfWork:
    """Three calls with words, one of them in another queue."""
    for name, said in (("a", "please cancel my contract"), ("b", "my contract is fine"), ("c", "cancel it")):
        unit.recordings.add(replace(a_recording(name), queue="sales" if name == "c" else None))
        unit.transcripts.put(name, a_transcript(f"customer: {said}"))
    return unit


def found(unit: SqlUnitOfWork, words: str, **others: Any) -> Sequence[str]:
    wanted = replace(WorklistFilter(words=words), **others)
    return sorted(one.recording.id for one in unit.worklist.list(wanted, order=WorklistOrder.NEWEST, limit=50))


@pytest.mark.parametrize("few", [1, 1000], ids=["many found", "few found"])
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("contract", ["a", "b"]),
        ("contract cancel", ["a"]),
        ('"cancel my contract"', ["a"]),
        ('"contract cancel"', []),
        ('fine "my contract"', ["b"]),
        ('"my contract', ["a", "b"]),
        ("contr", []),
        ("...", []),
    ],
)
def test_every_word_and_every_phrase_must_be_said(
    calls: SqlUnitOfWork, monkeypatch: pytest.MonkeyPatch, words: str, names: list[str], few: int
) -> None:
    monkeypatch.setattr(worklist, "FEW", few)
    assert found(calls, words) == names


def test_another_filter_stays_beside_the_words(calls: SqlUnitOfWork) -> None:
    assert found(calls, "cancel", queue="sales") == ["c"]


TYPED = ['"', '""', "'", "NOT", "AND OR", "NEAR(a b)", "words:cancel", "cancel*", "^cancel", "(", "a & | ! <-> b", ":*"]
TYPED += ["'; DROP TABLE recordings; --", "%", "\\", "ZZZ" * 60, "a-b", "+", "{words}", "😀"]


@pytest.mark.parametrize("typed", TYPED)
def test_nothing_that_a_person_types_is_more_than_words(calls: SqlUnitOfWork, typed: str) -> None:
    assert set(found(calls, typed)) <= {"a", "c"}
    assert found(calls, "fine") == ["b"]


def test_what_was_said_before_a_transcript_was_replaced_or_removed_is_not_found(calls: SqlUnitOfWork) -> None:
    calls.transcripts.put("a", a_transcript("customer: please ****"))
    assert found(calls, "cancel") == ["c"]
    calls.retention.remove_transcript("c")
    assert found(calls, "cancel") == []


def test_what_the_version_before_stored_is_found_once_the_sweep_has_been_by(database: Database) -> None:
    with database.unit() as unit:
        for name in "abc":
            unit.recordings.add(a_recording(name))
            unit.transcripts.put(name, a_transcript("customer: cancel it"))
        unit.commit()
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM spoken_words"))
        connection.execute(text("UPDATE transcripts SET is_searchable = NULL"))
    with database.unit() as unit:
        assert found(unit, "cancel") == []
        assert [unit.transcripts.make_searchable(limit=2) for _ in range(3)] == [2, 1, 0]
        assert found(unit, "cancel") == ["a", "b", "c"]


def test_words_that_the_version_before_replaced_are_not_found_and_the_new_ones_are_once_the_sweep_has_been_by(
    database: Database,
) -> None:
    with database.unit() as unit:
        for name, said in (("a", "cancel it"), ("b", "keep it")):
            unit.recordings.add(a_recording(name))
            unit.transcripts.put(name, a_transcript(f"customer: {said}"))
        unit.commit()
    with database.engine.begin() as connection:
        # As that version replaces a transcript: it knows nothing of words.
        connection.execute(
            text(
                "UPDATE transcripts SET transcript = (SELECT o.transcript FROM transcripts o"
                " WHERE o.recording_id = 'b') WHERE recording_id = 'a'"
            )
        )
    with database.unit() as unit:
        assert found(unit, "cancel") == []
        assert found(unit, "keep") == ["b"]
        assert [unit.transcripts.make_searchable(limit=2) for _ in range(2)] == [1, 0]
        assert found(unit, "keep") == ["a", "b"]
        unit.transcripts.put("a", a_transcript("customer: never mind"))
        assert (found(unit, "mind"), unit.transcripts.make_searchable(limit=2)) == (["a"], 0)


def test_a_word_that_was_removed_does_not_lie_in_the_file_of_sqlite_after_a_scrub(sqlite_url: str) -> None:
    database, name = Database(open_database(sqlite_url)), "zwolfenstein"
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with database.unit() as unit:
        unit.recordings.add(a_recording("a"))
        unit.transcripts.put("a", a_transcript(f"customer: {name}"))
        unit.commit()
    scrub(database.engine)
    assert name.encode() in file.read_bytes()
    with database.unit() as unit:
        unit.retention.remove_transcript("a")
        unit.commit()
    with database.unit(read_only=True):
        scrub(database.engine)
    database.engine.dispose()
    assert name.encode() not in file.read_bytes()
