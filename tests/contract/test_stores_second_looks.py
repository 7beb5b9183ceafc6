"""What SecondLookStore promises, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOON, a_recording
from voiceops.domain.recording import Party
from voiceops.domain.second_look import FitBorders, SecondLook, SecondLooks, SecondLookState, WordingFit
from voiceops.domain.transcript import Span, Utterance, Word
from voiceops.storage.unit_of_work import SqlUnitOfWork

HOUR = timedelta(hours=1)
WORDS = (Word("recorded", 3.0, 3.5, 0.8),)
LOOK = SecondLook(
    Party.AGENT,
    Span(0.0, 32.0),
    "whisper:large-v3",
    FitBorders(-1.0),
    (Utterance(Party.AGENT, 3.0, 3.5, "recorded", WORDS),),
    (Span(2.0, 5.0),),
    (WordingFit("is recorded", 2.8, 3.5, -0.4, WORDS),),
)
ASKED = SecondLooks("r", SecondLookState.ASKED, NOON)


def test_what_was_heard_at_a_second_look_comes_back_as_it_was_stored(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    assert unit.second_looks.find("r") is None
    done = SecondLooks("r", SecondLookState.DONE, NOON, (LOOK,), attempts=1, failure="It failed.")
    for looks in (ASKED, done):
        unit.second_looks.put(looks)
        assert unit.second_looks.find("r") == looks
    assert unit.second_looks.of(["r", "other"]) == {"r": done}


def test_only_one_of_those_who_begin_gets_hold_of_it_until_its_time_is_over(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    unit.second_looks.put(ASKED)
    assert unit.second_looks.begin("r", now=NOON, held_until=NOON + HOUR) == replace(ASKED, attempts=1)
    assert unit.second_looks.begin("r", now=NOON + HOUR / 2, held_until=NOON + 2 * HOUR) is None
    later = NOON + 2 * HOUR
    assert unit.second_looks.begin("r", now=later, held_until=later + HOUR) == replace(
        ASKED, attempts=2, moved_at=later
    )


def test_nothing_is_begun_that_is_done_or_was_never_asked_for(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    assert unit.second_looks.begin("r", now=NOON, held_until=NOON + HOUR) is None
    unit.second_looks.put(replace(ASKED, state=SecondLookState.DONE))
    assert unit.second_looks.begin("r", now=NOON, held_until=NOON + HOUR) is None


def test_stuck_are_those_that_nobody_holds_and_that_rested_long_enough(unit: SqlUnitOfWork) -> None:
    for name in ("waits", "held", "done", "fresh"):
        unit.recordings.add(a_recording(name))
        state = SecondLookState.DONE if name == "done" else SecondLookState.ASKED
        moved_at = NOON + HOUR if name == "fresh" else NOON
        unit.second_looks.put(SecondLooks(name, state, moved_at))
    unit.second_looks.begin("held", now=NOON, held_until=NOON + 2 * HOUR)
    soon, late = NOON + HOUR, NOON + 3 * HOUR
    assert unit.second_looks.stuck(now=soon, idle_before=soon) == ["waits"]
    assert set(unit.second_looks.stuck(now=late, idle_before=late)) == {"waits", "held", "fresh"}


def test_a_forgotten_look_is_gone_and_one_of_a_removed_transcript_or_result_too(unit: SqlUnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    removals = (unit.second_looks.forget, unit.retention.remove_transcript, unit.retention.remove_result)
    for remove in removals:
        unit.second_looks.put(ASKED)
        remove("r")
        assert unit.second_looks.find("r") is None
