"""The fields in which somebody writes working hours, one line for each run of days and for each date."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Form

from api.schemas.working_hours import Hours
from api.ui.filled import Unfit, checked
from api.ui.forms import Typed
from voiceops.analysis.hours_text import read_dates, read_hours, write_dates, write_weekdays
from voiceops.domain.working_hours import HolidayCalendar, WorkingHours
from voiceops.errors import BadInput

R = TypeVar("R")

Lines = Annotated[str, Form(max_length=20_000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]


class HoursForm:
    """As they were typed."""

    def __init__(self, time_zone: Typed = "", hours: Lines = "", dates: Lines = "", holidays: Typed = "") -> None:
        self.values = {"time_zone": time_zone, "hours": hours, "dates": dates, "holidays": holidays}

    def read(self) -> Hours | None:
        """The hours, or None where no line says any. Raises Unfit."""
        weekdays, dates = _lines(self.values["hours"]), _lines(self.values["dates"])
        if not weekdays and not dates:
            return None
        zone = self.values["time_zone"].strip()
        checked(Hours, {"time_zone": zone})
        plain = _beside("hours", lambda: read_hours(weekdays, time_zone=zone))
        by_date = _beside("dates", lambda: read_dates(dates))
        country, _, part = self.values["holidays"].strip().partition(" ")
        return checked(
            Hours,
            {
                "time_zone": zone,
                "weekdays": [],
                "by_weekday": _spans(plain.by_weekday),
                "by_date": _spans(by_date),
                "holidays": {"country": country.upper(), "subdivision": part.strip() or None} if country else None,
            },
        )


def hours_values(hours: WorkingHours | None) -> dict[str, str]:
    """What stands in the fields for these hours."""
    if hours is None:
        return {"time_zone": "UTC", "hours": "", "dates": "", "holidays": ""}
    return {
        "time_zone": hours.time_zone,
        "hours": "\n".join(write_weekdays(hours)),
        "dates": "\n".join(write_dates(hours)),
        "holidays": _calendar(hours.holidays),
    }


def _calendar(holidays: HolidayCalendar | None) -> str:
    return f"{holidays.country} {holidays.subdivision or ''}".strip() if holidays is not None else ""


def _lines(typed: str) -> list[str]:
    return [line for line in typed.splitlines() if line.strip()]


def _beside(field: str, read: Callable[[], R]) -> R:
    try:
        return read()
    except BadInput as error:
        raise Unfit({field: f"{error.what} {error.next_step}"}) from error


def _spans(openings: Mapping[Any, Any]) -> dict[Any, Any]:
    return {day: [vars(one) for one in found] for day, found in openings.items()}
