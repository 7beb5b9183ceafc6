"""A task's clock as people read it: in their language, in the queue's time zone, with how much it presses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_timedelta

from api.ui.texts import texts
from voiceops.domain.callback_task import CallbackTask

SOON = timedelta(minutes=30)


class Press(StrEnum):
    """How much a due time presses; the stylesheet has a colour for each, and the words say it too."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    ASLEEP = "asleep"
    ENDED = "ended"


@dataclass(frozen=True)
class Clock:
    """When a task is due, in words, and how much that presses.

    `left` is how long that is from now. A page that stays open says `overdue` instead of `text` once it is; None
    where the task will not be.
    """

    text: str
    press: Press
    at: datetime
    left: str = ""
    overdue: str | None = None


def clock_of(task: CallbackTask, *, now: datetime, time_zone: str, language: str) -> Clock:
    """What the clock of a task shows now."""
    _ = texts(language).gettext

    def at(instant: datetime) -> str:
        return day_and_time(instant, now=now, time_zone=time_zone, language=language)

    if task.ended_at is not None:
        return Clock(_("Ended %(when)s") % {"when": at(task.ended_at)}, Press.ENDED, task.ended_at)
    if task.snoozed_until is not None and now < task.snoozed_until:
        return Clock(_("Put off until %(when)s") % {"when": at(task.snoozed_until)}, Press.ASLEEP, task.snoozed_until)
    left = format_timedelta(task.due_at - now, granularity="minute", add_direction=True, locale=language)
    overdue = _("Overdue since %(when)s") % {"when": at(task.due_at)}
    if now > task.due_at:
        return Clock(overdue, Press.OVERDUE, task.due_at, left, overdue)
    press = Press.SOON if task.due_at - now <= SOON else Press.LATER
    return Clock(_("Due %(when)s") % {"when": at(task.due_at)}, press, task.due_at, left, overdue)


def day_and_time(instant: datetime, *, now: datetime, time_zone: str, language: str) -> str:
    """Such as "today 15:40" or "Mon, Mar 9 09:00"."""
    _ = texts(language).gettext
    zone = ZoneInfo(time_zone)
    local = instant.astimezone(zone)
    today = now.astimezone(zone).date()
    near = {
        today: _("today %(time)s"),
        today + timedelta(days=1): _("tomorrow %(time)s"),
        today - timedelta(days=1): _("yesterday %(time)s"),
    }
    time = f"{local:%H:%M}"
    if local.date() in near:
        return near[local.date()] % {"time": time}
    return f"{format_skeleton('MMMEd', local, locale=language)} {time}"
