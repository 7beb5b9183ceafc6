"""When a queue or an agent works, in their own time zone: weekly hours, exceptions by date, public holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True)
class Opening:
    """One stretch of a day. It ends on the following day where `closes` is no later than `opens`;
    equal times mean around the clock.
    """

    opens: time
    closes: time


@dataclass(frozen=True)
class HolidayCalendar:
    """The public holidays of a country (ISO 3166), and of one of its parts where that has its own."""

    country: str
    subdivision: str | None = None


@dataclass(frozen=True)
class WorkingHours:
    """`opens` to `closes` on `weekdays` (Monday is 0), unless something more special is said.

    `by_weekday` replaces the hours of a weekday, with a lunch closure as two openings. On public
    holidays and on `closed_days` nobody works. `by_date` replaces everything else for one local date;
    no opening there means closed, or absent.
    """

    time_zone: str = "UTC"
    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    closed_days: frozenset[date] = frozenset()
    by_weekday: Mapping[int, tuple[Opening, ...]] = field(default_factory=dict)
    by_date: Mapping[date, tuple[Opening, ...]] = field(default_factory=dict)
    holidays: HolidayCalendar | None = None
