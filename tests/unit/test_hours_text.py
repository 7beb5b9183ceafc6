"""Working hours as people write them, read and written back."""

from datetime import date, time

import pytest

from voiceops.analysis.hours_text import read_dates, read_hours, write_dates, write_weekdays
from voiceops.domain.working_hours import Opening, WorkingHours
from voiceops.errors import BadInput


def test_usual_hours_are_one_line_and_other_days_their_own() -> None:
    hours = WorkingHours(by_weekday={2: (Opening(time(8), time(12)), Opening(time(13), time(16))), 5: ()})
    assert write_weekdays(hours) == ["mon-tue 09:00-17:00", "wed 08:00-12:00,13:00-16:00", "thu-fri 09:00-17:00"]


def test_what_is_written_is_read_as_the_same_hours() -> None:
    lines = ["mon-thu 08:00-12:00,13:00-17:00", "sat 10:00-14:00"]
    hours = read_hours(lines, time_zone="Europe/Budapest")
    assert write_weekdays(hours) == lines


def test_dates_have_hours_of_their_own_or_are_closed() -> None:
    dates = read_dates(["2026-12-24 09:00-12:00", "2026-12-25 closed", "2026-12-26"])
    assert dates[date(2026, 12, 25)] == ()
    hours = WorkingHours(by_date=dates, closed_days=frozenset({date(2026, 8, 20)}))
    assert list(write_dates(hours)) == [
        "2026-08-20 closed",
        "2026-12-24 09:00-12:00",
        "2026-12-25 closed",
        "2026-12-26 closed",
    ]


@pytest.mark.parametrize("line", ["24.12. closed", "2026-12-24 nine to five"])
def test_a_line_that_nobody_understands_is_refused_with_the_line(line: str) -> None:
    with pytest.raises(BadInput, match="is no"):
        read_dates([line])
