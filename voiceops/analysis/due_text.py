"""A due time in words for people, in the queue's own time zone: "due today 15:40"."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def due_text(due_at: datetime, *, now: datetime, time_zone: str) -> str:
    """Such as "due today 15:40", "due tomorrow 09:00", "due Mon 9 Mar 09:00" or "overdue since …"."""
    zone = ZoneInfo(time_zone)
    local = due_at.astimezone(zone)
    when = f"{_day(local.date(), today=now.astimezone(zone).date())} {local:%H:%M}"
    return f"due {when}" if now <= due_at else f"overdue since {when}"


def _day(day: date, *, today: date) -> str:
    names = {today: "today", today + timedelta(days=1): "tomorrow", today - timedelta(days=1): "yesterday"}
    if day in names:
        return names[day]
    text = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"
