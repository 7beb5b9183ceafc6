"""The times to which tasks are mostly put off, inside a queue's opening hours."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from voiceops.analysis.working_hours import after, is_open
from voiceops.domain.working_hours import WorkingHours

HOUR = timedelta(hours=1)
AFTERNOON = time(14)


class SnoozeTime(StrEnum):
    """How people say it."""

    IN_AN_HOUR = "in_an_hour"
    THIS_AFTERNOON = "this_afternoon"
    NEXT_MORNING = "next_morning"


def snooze_times(now: datetime, hours: WorkingHours) -> Mapping[SnoozeTime, datetime]:
    """When each of them is; what makes no sense now is left out.

    An hour that would end after closing goes on at the next opening. The next morning is the first opening
    of a later day, which after a weekend or a holiday is not tomorrow.
    """
    zone = ZoneInfo(hours.time_zone)
    today = now.astimezone(zone).date()
    wanted = {SnoozeTime.IN_AN_HOUR: _opening(now + HOUR, hours)}
    afternoon = datetime.combine(today, AFTERNOON, tzinfo=zone)
    if now + HOUR < afternoon and is_open(afternoon, hours):
        wanted[SnoozeTime.THIS_AFTERNOON] = afternoon
    midnight = datetime.combine(today + timedelta(days=1), time(), tzinfo=zone)
    wanted[SnoozeTime.NEXT_MORNING] = _opening(midnight, hours)
    return wanted


def _opening(at: datetime, hours: WorkingHours) -> datetime:
    """The instant itself where it is open then, else the next opening; the moment of closing counts as closed."""
    return at if is_open(at, hours) else after(at + timedelta(microseconds=1), timedelta(0), hours)
