"""When a callback is due: a queue's target minutes, counted inside its opening hours only."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import OpeningHours, Queue

# A queue that is closed for longer than this has no opening hours worth counting.
LONGEST_CLOSURE = timedelta(days=400)


def due_at(*, raised_at: datetime, urgency: Urgency, queue: Queue, wanted_at: datetime | None = None) -> datetime:
    """The instant, in UTC, by which somebody should have called back.

    A wish of the caller that is not in the past replaces the target; outside opening hours it moves to
    the next opening. A queue that never opens is counted by the clock on the wall.
    """
    minutes = timedelta(minutes=dict(queue.target_minutes).get(urgency, 0))
    if wanted_at is not None and wanted_at >= raised_at:
        return _after(wanted_at, timedelta(0), queue.hours)
    return _after(raised_at, minutes, queue.hours)


def _after(begin: datetime, worked: timedelta, hours: OpeningHours) -> datetime:
    """The instant at which `worked` time has passed inside opening hours since `begin`.

    The moment of closing still belongs to its day, so that a target which ends there is due then.
    """
    begin = begin.astimezone(UTC)
    left = worked
    for opens, closes in _openings(begin, hours):
        usable = max(opens, begin)
        if usable > closes:
            continue
        if left <= closes - usable:
            return usable + left
        left -= closes - usable
    return begin + worked


def _openings(begin: datetime, hours: OpeningHours) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing instants in UTC, in order, from the day before `begin` on."""
    zone = ZoneInfo(hours.time_zone)
    day = begin.astimezone(zone).date() - timedelta(days=1)
    last = day + LONGEST_CLOSURE
    while day <= last:
        if day.weekday() in hours.weekdays and day not in hours.closed_days:
            yield _opening(day, hours, zone)
        day += timedelta(days=1)


def _opening(day: date, hours: OpeningHours, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """One day's opening. A queue that closes no later than it opens closes on the following day."""
    closing_day = day if hours.closes > hours.opens else day + timedelta(days=1)
    opens = datetime.combine(day, hours.opens, tzinfo=zone)
    closes = datetime.combine(closing_day, hours.closes, tzinfo=zone)
    return opens.astimezone(UTC), closes.astimezone(UTC)
