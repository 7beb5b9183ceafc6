"""Counting time inside working hours, right over changes of clocks: every instant is compared in UTC."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from voiceops.analysis.holiday_calendar import is_public_holiday
from voiceops.domain.working_hours import Opening, WorkingHours

# Whoever is closed for longer than this has no working hours worth counting.
LONGEST_CLOSURE = timedelta(days=400)
DAY = timedelta(days=1)


def after(begin: datetime, worked: timedelta, hours: WorkingHours) -> datetime:
    """The instant, in UTC, at which `worked` time has passed inside working hours since `begin`.

    The moment of closing still belongs to its opening, so that a target which ends there is due then.
    Hours that never open are counted by the clock on the wall.
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


def is_open(at: datetime, hours: WorkingHours) -> bool:
    """True inside an opening; the moment of closing is outside."""
    today = at.astimezone(ZoneInfo(hours.time_zone)).date()
    days = (today - DAY, today)
    return any(opens <= at < closes for day in days for opens, closes in _instants(day, hours))


def openings_on(day: date, hours: WorkingHours) -> Sequence[Opening]:
    """The openings that begin on a local date, in order."""
    if day in hours.by_date:
        found = hours.by_date[day]
    elif day in hours.closed_days or (hours.holidays is not None and is_public_holiday(day, hours.holidays)):
        found = ()
    elif day.weekday() in hours.by_weekday:
        found = hours.by_weekday[day.weekday()]
    else:
        found = (Opening(hours.opens, hours.closes),) if day.weekday() in hours.weekdays else ()
    return sorted(found, key=lambda opening: opening.opens)


def _openings(begin: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing instants in UTC, in order, from the day before `begin` on; none overlaps another."""
    day = begin.astimezone(ZoneInfo(hours.time_zone)).date() - DAY
    last = day + LONGEST_CLOSURE
    closed_until = datetime.min.replace(tzinfo=UTC)
    while day <= last:
        for opens, closes in _instants(day, hours):
            if closes >= closed_until:
                yield max(opens, closed_until), closes
                closed_until = closes
        day += DAY


def _instants(day: date, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    zone = ZoneInfo(hours.time_zone)
    for opening in openings_on(day, hours):
        closing_day = day if opening.closes > opening.opens else day + DAY
        opens = datetime.combine(day, opening.opens, tzinfo=zone)
        closes = datetime.combine(closing_day, opening.closes, tzinfo=zone)
        yield opens.astimezone(UTC), closes.astimezone(UTC)
