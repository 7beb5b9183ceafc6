"""Public holidays of a country and of its parts, from the package `holidays`."""

from datetime import date
from functools import cache

from voiceops.domain.working_hours import HolidayCalendar
from voiceops.errors import BadInput


def is_public_holiday(day: date, calendar: HolidayCalendar) -> bool:
    """True on a public holiday. A calendar that is not known has none: no due time fails because of it."""
    return day in _holidays_of(calendar.country, calendar.subdivision, day.year)


def check_calendar(calendar: HolidayCalendar) -> None:
    """Raises BadInput for a country or subdivision whose holidays are not known."""
    from holidays import list_supported_countries

    known = list_supported_countries()
    if calendar.country not in known:
        raise BadInput(
            "The public holidays of this country are not known.",
            record=calendar.country,
            next_step="Use an ISO 3166 code such as HU, or name the days under closed_days.",
        )
    parts = known[calendar.country]
    if calendar.subdivision is not None and calendar.subdivision not in parts:
        raise BadInput(
            f"{calendar.country} has no such part with public holidays of its own.",
            record=calendar.subdivision,
            next_step=f"Use one of: {', '.join(parts)}." if parts else "Leave the subdivision out.",
        )


@cache
def _holidays_of(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    # Imported here: most processes never ask, and the package knows every country there is.
    from holidays import country_holidays

    try:
        return frozenset(country_holidays(country, subdiv=subdivision, years=year, expand=False))
    except NotImplementedError:
        return frozenset()
