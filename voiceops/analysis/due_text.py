"""A due time in words for people, in the queue's own time zone: "due today 15:40"."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from voiceops.domain.callback_task import CallbackTask, TaskState

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def task_due_text(task: CallbackTask, *, now: datetime, time_zone: str) -> str:
    """The same for a task: when it is due, or when it ended and whether that was late, as in "done today 15:40"."""
    if task.ended_at is None:
        return due_text(task.due_at, now=now, time_zone=time_zone)
    zone = ZoneInfo(time_zone)
    local = task.ended_at.astimezone(zone)
    late = " (late)" if task.state is TaskState.DONE and task.ended_at > task.due_at else ""
    return f"{task.state} {_day(local.date(), today=now.astimezone(zone).date())} {local:%H:%M}{late}"


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
