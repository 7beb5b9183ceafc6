"""Working hours as people write them: "mon-fri 09:00-12:00,13:00-17:00", and "2026-12-24 09:00-12:00" for one date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from itertools import groupby
from zoneinfo import available_timezones

from voiceops.analysis.working_hours import openings_on
from voiceops.domain.working_hours import Opening, WorkingHours
from voiceops.errors import BadInput

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"


def read_hours(texts: Iterable[str], *, time_zone: str) -> WorkingHours:
    """Hours of the weekdays that are named; nobody works on the others. Raises BadInput."""
    if time_zone not in available_timezones():
        raise BadInput("There is no such time zone.", record=time_zone, next_step="Use a name such as Europe/Budapest.")
    by_weekday = {day: read_openings(hours) for days, _, hours in map(_halves, texts) for day in _weekdays(days)}
    return WorkingHours(time_zone, weekdays=frozenset(), by_weekday=by_weekday)


def read_openings(text: str) -> tuple[Opening, ...]:
    """Openings such as "09:00-12:00,13:00-17:00"; an empty text is none. Raises BadInput."""
    spans = (span.strip().partition("-") for span in text.split(",") if span.strip())
    try:
        return tuple(Opening(_clock(opens), _clock(closes)) for opens, _, closes in spans)
    except ValueError as error:
        raise _unreadable(text) from error


def read_dates(texts: Iterable[str]) -> Mapping[date, tuple[Opening, ...]]:
    """The hours of single dates; "closed", or nothing, is none. Raises BadInput."""
    return {_day(day): read_openings("" if hours.strip() == CLOSED else hours) for day, _, hours in map(_halves, texts)}


def write_weekdays(hours: WorkingHours) -> Sequence[str]:
    """A line for each run of weekdays with the same hours, whatever holidays and dates say."""
    plain = WorkingHours(hours.time_zone, hours.opens, hours.closes, hours.weekdays, by_weekday=hours.by_weekday)
    # 5 January 1970 was a Monday.
    of_day = [_openings(openings_on(date(1970, 1, 5 + day), plain)) for day in range(len(DAYS))]
    return list(_lines(of_day))


def write_dates(hours: WorkingHours) -> Sequence[str]:
    """A line for each date with hours of its own, in order."""
    by_date = dict.fromkeys(hours.closed_days, ()) | dict(hours.by_date)
    return [f"{day.isoformat()} {_openings(by_date[day]) or CLOSED}" for day in sorted(by_date)]


def _lines(of_day: Sequence[str]) -> Iterator[str]:
    for openings, group in groupby(range(len(DAYS)), key=lambda day: of_day[day]):
        first, *rest = group
        if openings:
            yield f"{DAYS[first]}{f'-{DAYS[rest[-1]]}' if rest else ''} {openings}"


def _openings(found: Sequence[Opening]) -> str:
    return ",".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in found)


def _halves(text: str) -> tuple[str, str, str]:
    return text.strip().lower().partition(" ")


def _weekdays(text: str) -> range:
    first, _, last = text.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise _unreadable(text)
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}” is no date.", record="dates", next_step="Write it like 2026-12-24 closed.") from error


def _clock(text: str) -> time:
    return time.fromisoformat(text.strip())


def _unreadable(text: str) -> BadInput:
    return BadInput(
        f"“{text}” is no working time.", record="hours", next_step="Write it like 'mon-fri 09:00-12:00,13:00-17:00'."
    )
