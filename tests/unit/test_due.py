"""Due times in opening hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.due import due_at
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue
from voiceops.domain.working_hours import WorkingHours

BUDAPEST = ZoneInfo("Europe/Budapest")
QUEUE = Queue("service", "Service", hours=WorkingHours("Europe/Budapest"))


def local(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BUDAPEST)


def due(
    raised: datetime, urgency: Urgency = Urgency.HIGH, queue: Queue = QUEUE, wish: datetime | None = None
) -> datetime:
    return due_at(raised_at=raised, urgency=urgency, queue=queue, wanted_at=wish)


def test_a_target_inside_opening_hours_is_counted_by_the_clock() -> None:
    assert due(local(4, 10)) == local(4, 11)


def test_a_due_time_is_in_utc() -> None:
    assert due(local(4, 10)).tzinfo is UTC


def test_what_is_left_at_closing_is_counted_from_the_next_opening() -> None:
    assert due(local(4, 16, 30)) == local(5, 9, 30)


def test_a_target_that_ends_at_closing_is_due_then() -> None:
    assert due(local(4, 16)) == local(4, 17)


def test_a_message_of_the_weekend_counts_from_monday() -> None:
    assert due(local(7, 12)) == local(9, 10)


def test_a_message_before_opening_counts_from_opening() -> None:
    assert due(local(4, 6)) == local(4, 10)


def test_a_target_may_span_several_days() -> None:
    assert due(local(6, 16), Urgency.LOW) == local(9, 16)


def test_a_holiday_is_skipped() -> None:
    closed = Queue("q", "Q", hours=WorkingHours("Europe/Budapest", closed_days=frozenset({date(2026, 3, 5)})))
    assert due(local(4, 16, 30), queue=closed) == local(6, 9, 30)


def test_the_night_when_the_clocks_go_forward_has_an_hour_less() -> None:
    always = Queue("q", "Q", hours=WorkingHours("Europe/Budapest", time(0), time(0), frozenset(range(7))))
    assert due(local(29, 1, 30), queue=always) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_opening_hours_keep_their_local_time_over_a_change_of_clocks() -> None:
    assert due(local(27, 16, 30)) == local(30, 9, 30)


def test_a_night_shift_belongs_to_the_day_it_began_on() -> None:
    night = Queue("q", "Q", hours=WorkingHours("Europe/Budapest", time(22), time(6), frozenset({4})))
    assert due(local(7, 1), queue=night) == local(7, 2)
    assert due(local(7, 23), queue=night) == local(13, 23)


def test_a_wish_inside_opening_hours_is_the_due_time() -> None:
    assert due(local(4, 10), wish=local(5, 14)) == local(5, 14)


def test_a_wish_outside_opening_hours_moves_to_the_next_opening() -> None:
    assert due(local(4, 10), wish=local(4, 20)) == local(5, 9)


def test_a_wish_for_closing_time_stays_on_its_day() -> None:
    assert due(local(4, 10), wish=local(4, 17)) == local(4, 17)


def test_a_wish_in_the_past_does_not_count() -> None:
    assert due(local(4, 10), wish=local(3, 14)) == local(4, 11)


def test_a_queue_that_never_opens_counts_by_the_clock_on_the_wall() -> None:
    never = Queue("q", "Q", hours=WorkingHours(weekdays=frozenset()))
    assert due(local(4, 10), queue=never) == local(4, 11)


@pytest.mark.parametrize("urgency", list(Urgency))
@given(minute=st.integers(0, 60 * 24 * 365))
def test_a_due_time_lies_in_opening_hours_and_is_never_before_the_message(urgency: Urgency, minute: int) -> None:
    raised = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    at = due(raised, urgency)
    here = at.astimezone(BUDAPEST)
    assert at > raised
    assert here.weekday() < 5
    assert time(9) <= here.time() <= time(17)


@given(minute=st.integers(0, 60 * 24 * 200), later=st.integers(0, 600))
def test_a_later_message_is_never_due_earlier(minute: int, later: int) -> None:
    raised = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    assert due(raised) <= due(raised + timedelta(minutes=later))
