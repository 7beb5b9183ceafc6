"""How commands read and show working hours: "mon-fri 09:00-12:00,13:00-17:00"."""

from datetime import time
from typing import Annotated
from zoneinfo import available_timezones

import typer

from voiceops.domain.working_hours import Opening, WorkingHours
from voiceops.errors import BadInput

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

HoursOption = Annotated[
    list[str] | None, typer.Option("--hours", help="Hours by weekday, e.g. 'mon-fri 09:00-12:00,13:00-17:00'; repeat.")
]
ZoneOption = Annotated[str, typer.Option(help="The time zone of the hours, e.g. Europe/Budapest.")]


def read_hours(texts: list[str], *, time_zone: str) -> WorkingHours:
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


def _halves(text: str) -> tuple[str, str, str]:
    return text.strip().lower().partition(" ")


def _weekdays(text: str) -> range:
    first, _, last = text.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise _unreadable(text)
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def _clock(text: str) -> time:
    return time.fromisoformat(text.strip())


def _unreadable(text: str) -> BadInput:
    return BadInput(
        f"“{text}” is no working time.", record="--hours", next_step="Write it like 'mon-fri 09:00-12:00,13:00-17:00'."
    )
