"""Weeks as a calendar has them in a time zone: from Monday to Monday, whatever the clocks do meanwhile."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def calendar_weeks(count: int, *, now: datetime, time_zone: str) -> tuple[datetime, ...]:
    """The beginnings of the last `count` weeks, with the present one, and the end of that."""
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(weeks=week) for week in range(1 - count, 2)]
    return tuple(datetime.combine(day, time(), zone).astimezone(UTC) for day in days)
