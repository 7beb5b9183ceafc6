"""Counting time in working hours: lunch closures, exceptions, holidays and changes of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.holiday_calendar import check_calendar, is_public_holiday
from voiceops.analysis.shifts import is_on_shift, takes_offers
from voiceops.analysis.working_hours import after, is_open, openings_on
from voiceops.domain.people import Agent, Presence
from voiceops.domain.working_hours import HolidayCalendar, Opening, WorkingHours
from voiceops.errors import BadInput

BUDAPEST = ZoneInfo("Europe/Budapest")
MORNING, AFTERNOON = Opening(time(9), time(12)), Opening(time(13), time(17))
LUNCH = WorkingHours("Europe/Budapest", by_weekday=dict.fromkeys(range(5), (MORNING, AFTERNOON)))


def local(day: int, hour: int, minute: int = 0, *, month: int = 3, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BUDAPEST, fold=fold)


def hours_later(begin: datetime, hours: float, working: WorkingHours = LUNCH) -> datetime:
    return after(begin, timedelta(hours=hours), working).astimezone(BUDAPEST)


def test_lunch_does_not_count() -> None:
    assert hours_later(local(4, 11, 30), 1) == local(4, 13, 30)
    assert hours_later(local(4, 12, 20), 1) == local(4, 14)
    assert not is_open(local(4, 12, 30), LUNCH)


def test_an_opening_includes_its_first_moment_and_not_its_last() -> None:
    assert is_open(local(4, 9), LUNCH)
    assert not is_open(local(4, 12), LUNCH)


def test_a_date_of_its_own_comes_before_weekday_holiday_and_closed_day() -> None:
    christmas = date(2026, 12, 24)
    hours = WorkingHours(
        "Europe/Budapest",
        closed_days=frozenset({christmas}),
        by_date={christmas: (MORNING,), date(2026, 12, 23): ()},
    )
    assert openings_on(christmas, hours) == [MORNING]
    assert openings_on(date(2026, 12, 23), hours) == []


def test_openings_are_taken_in_the_order_of_the_clock() -> None:
    hours = WorkingHours(by_weekday={2: (AFTERNOON, MORNING)})
    assert openings_on(date(2026, 3, 4), hours) == [MORNING, AFTERNOON]


def test_an_empty_weekday_is_closed() -> None:
    hours = WorkingHours("Europe/Budapest", by_weekday={4: ()})
    assert hours_later(local(5, 16), 2, hours) == local(9, 10)


def test_nobody_works_on_a_public_holiday_of_the_country() -> None:
    hours = WorkingHours("Europe/Budapest", holidays=HolidayCalendar("HU"))
    assert hours_later(local(22, 16, month=10), 2, hours) == local(26, 10, month=10)


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    assumption = date(2026, 8, 15)
    assert is_public_holiday(assumption, HolidayCalendar("DE", "SL"))
    assert not is_public_holiday(assumption, HolidayCalendar("DE", "BE"))


def test_an_unknown_calendar_has_no_holidays_but_is_refused_where_it_is_entered() -> None:
    assert not is_public_holiday(date(2026, 1, 1), HolidayCalendar("QQ"))
    check_calendar(HolidayCalendar("DE", "BY"))
    for calendar in (HolidayCalendar("QQ"), HolidayCalendar("DE", "QQ")):
        with pytest.raises(BadInput, match="Use"):
            check_calendar(calendar)


def test_the_night_when_the_clocks_go_back_has_an_hour_more() -> None:
    always = WorkingHours("Europe/Budapest", time(0), time(0), frozenset(range(7)))
    assert after(local(25, 0, month=10), timedelta(hours=24), always) == local(25, 23, month=10)


def test_an_opening_in_the_hour_that_the_clocks_skip_is_no_opening() -> None:
    skipped = WorkingHours("Europe/Budapest", by_date={date(2026, 3, 29): (Opening(time(2), time(3)),)})
    assert not is_open(local(29, 3), skipped)
    assert hours_later(local(28, 12), 1, skipped) == local(30, 10)


def test_openings_that_overlap_count_once() -> None:
    twice = WorkingHours(
        "Europe/Budapest", by_weekday={2: (MORNING, Opening(time(10), time(13)))}, weekdays=frozenset()
    )
    assert hours_later(local(4, 9), 4, twice) == local(4, 13)
    assert hours_later(local(4, 9), 5, twice) == local(11, 10)


OPENINGS = st.lists(
    st.builds(Opening, *[st.times().map(lambda at: at.replace(second=0, microsecond=0))] * 2), max_size=3
).map(tuple)
WEEKS = st.builds(
    WorkingHours,
    time_zone=st.sampled_from(["Europe/Budapest", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe", "UTC"]),
    by_weekday=st.dictionaries(st.integers(0, 6), OPENINGS),
    weekdays=st.frozensets(st.integers(0, 6)),
)
MOMENTS = st.integers(0, 60 * 24 * 365).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))


@given(WEEKS, MOMENTS, st.integers(0, 900), st.integers(0, 900))
def test_time_counted_in_two_steps_is_the_time_counted_in_one(
    hours: WorkingHours, begin: datetime, first: int, second: int
) -> None:
    one, two = timedelta(minutes=first), timedelta(minutes=second)
    assert after(after(begin, one, hours), two, hours) == after(begin, one + two, hours)


@given(WEEKS, MOMENTS, st.integers(1, 900))
def test_counted_time_never_ends_outside_working_hours(hours: WorkingHours, begin: datetime, minutes: int) -> None:
    end = after(begin, timedelta(minutes=minutes), hours)
    never = all(not openings_on(date(2026, 3, day), hours) for day in range(2, 9))
    assert never or is_open(end - timedelta(seconds=1), hours)


def test_an_agent_is_on_shift_inside_their_hours_unless_they_say_they_are_gone() -> None:
    anna = Agent("anna", "Anna", ("hu",), shifts=LUNCH)
    noon, ten = local(4, 12, 30), local(4, 10)
    assert is_on_shift(anna, ten)
    assert not is_on_shift(anna, noon)
    assert not is_on_shift(Agent("anna", "Anna", ("hu",), presence=Presence.OFFLINE, shifts=LUNCH), ten)


def test_an_agent_without_a_schedule_is_there_by_their_presence_alone() -> None:
    assert takes_offers(Agent("anna", "Anna", ("hu",)), local(8, 3))
    assert not is_on_shift(Agent("anna", "Anna", ("hu",), presence=Presence.OFFLINE), local(4, 10))


@pytest.mark.parametrize("presence", [Presence.BUSY, Presence.AWAY])
def test_who_is_busy_or_away_is_on_shift_but_takes_no_offers(presence: Presence) -> None:
    anna = Agent("anna", "Anna", ("hu",), presence=presence)
    assert is_on_shift(anna, local(4, 10))
    assert not takes_offers(anna, local(4, 10))
