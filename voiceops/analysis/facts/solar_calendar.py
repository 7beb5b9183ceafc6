"""Dates of the Persian solar calendar as days of ours."""

from datetime import date, timedelta

# 1 Farvardin 1403. Leap years are those of the 33-year cycle, which agrees with the calendar from 1343 to 1472.
ANCHOR_YEAR, ANCHOR = 1403, date(2024, 3, 20)
CYCLE, LEAP_IN_CYCLE = 33, frozenset({1, 5, 9, 13, 17, 22, 26, 30})
YEARS = range(1343, 1473)
LAST_LONG_MONTH, LAST_MONTH, LONG, SHORT = 6, 12, 31, 30
# The solar year that begins in a year of ours.
OFFSET = 621


def solar_day(year: int, month: int, day: int) -> date:
    """The day of our calendar. Raises ValueError for a day that the solar calendar does not have."""
    if year not in YEARS or not 1 <= month <= LAST_MONTH or not 1 <= day <= _length(year, month):
        raise ValueError(f"{year}/{month}/{day} is no day of the solar calendar")
    between = range(min(year, ANCHOR_YEAR), max(year, ANCHOR_YEAR))
    days = sum(365 + _is_leap(one) for one in between)
    new_year = ANCHOR + timedelta(days=days if year >= ANCHOR_YEAR else -days)
    return new_year + timedelta(days=sum(_length(year, one) for one in range(1, month)) + day - 1)


def _length(year: int, month: int) -> int:
    if month <= LAST_LONG_MONTH:
        return LONG
    return SHORT if month < LAST_MONTH or _is_leap(year) else SHORT - 1


def _is_leap(year: int) -> bool:
    return year % CYCLE in LEAP_IN_CYCLE
