"""Opening hours of queues and shifts of agents as they cross the wire."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from api.schemas.text import Whole
from voiceops.analysis.holiday_calendar import check_calendar
from voiceops.domain.working_hours import HolidayCalendar, Opening, WorkingHours
from voiceops.errors import BadInput

D = TypeVar("D", int, date)


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no such time zone; use a name such as Europe/Budapest")
    return ZoneInfo(name).key


def _without_zone(local: time) -> time:
    if local.tzinfo is not None or local.second or local.microsecond:
        raise ValueError("give the local time as hours and minutes, such as 08:30; time_zone says where")
    return local


def _written(day: object) -> object:
    if not isinstance(day, str | date):
        raise ValueError("write a date as text, such as 2026-12-24")  # noqa: TRY004 - pydantic reads ValueError
    return day


LocalDay = Annotated[date, BeforeValidator(_written)]
LocalTime = Annotated[
    time,
    AfterValidator(_without_zone),
    PlainSerializer(lambda local: local.isoformat("minutes"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["08:30"]}),
]


class OpeningSpan(BaseModel):
    """One stretch of a day, in local time; it ends on the following day where it closes no later than it opens."""

    model_config = ConfigDict(extra="forbid")

    opens: LocalTime
    closes: LocalTime


Openings = Annotated[list[OpeningSpan], Field(max_length=10)]


class Holidays(BaseModel):
    """The public holidays of a country, and of one of its parts where that has its own."""

    model_config = ConfigDict(extra="forbid")

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166.", examples=["DE"])]
    subdivision: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9 -]{1,30}$", examples=["BY"])] = None

    def calendar(self) -> HolidayCalendar:
        """The domain's form."""
        return HolidayCalendar(self.country, self.subdivision)


def _known_holidays(holidays: Holidays | None) -> Holidays | None:
    try:
        if holidays is not None:
            check_calendar(holidays.calendar())
    except BadInput as error:
        raise ValueError(str(error)) from error
    return holidays


class Hours(BaseModel):
    """When a queue or an agent works, in their own time zone: the more special rule wins."""

    model_config = ConfigDict(extra="forbid")

    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    opens: LocalTime = time(9)
    closes: LocalTime = time(17)
    weekdays: list[Annotated[Whole, Field(ge=0, le=6)]] = Field(
        [0, 1, 2, 3, 4], max_length=7, description="Monday is 0."
    )
    by_weekday: dict[Annotated[int, Field(ge=0, le=6)], Openings] = Field(
        default_factory=dict,
        description="Other hours on a weekday; a lunch closure is two spans, an empty list closed.",
        json_schema_extra={"propertyNames": {"pattern": "^[0-6]$"}},
    )
    holidays: Annotated[Holidays | None, AfterValidator(_known_holidays)] = Field(
        None, description="Nobody works on these public holidays."
    )
    closed_days: list[LocalDay] = Field(default_factory=list, max_length=1000)
    by_date: dict[LocalDay, Openings] = Field(
        default_factory=dict, max_length=1000, description="Hours of one date, whatever else is said; empty: absent."
    )

    def working_hours(self) -> WorkingHours:
        """The domain's form."""
        return WorkingHours(
            time_zone=self.time_zone,
            opens=self.opens,
            closes=self.closes,
            weekdays=frozenset(self.weekdays),
            closed_days=frozenset(self.closed_days),
            by_weekday=_openings(self.by_weekday),
            by_date=_openings(self.by_date),
            holidays=self.holidays.calendar() if self.holidays is not None else None,
        )


def hours_out(hours: WorkingHours) -> Hours:
    """The hours for the wire; what is stored is not checked once more."""
    calendar = hours.holidays
    return Hours.model_construct(
        time_zone=hours.time_zone,
        opens=hours.opens,
        closes=hours.closes,
        weekdays=sorted(hours.weekdays),
        by_weekday=_spans(hours.by_weekday),
        holidays=Holidays.model_construct(**vars(calendar)) if calendar is not None else None,
        closed_days=sorted(hours.closed_days),
        by_date=_spans(hours.by_date),
    )


def _openings(spans: Mapping[D, list[OpeningSpan]]) -> dict[D, tuple[Opening, ...]]:
    return {day: tuple(Opening(span.opens, span.closes) for span in found) for day, found in spans.items()}


def _spans(openings: Mapping[D, tuple[Opening, ...]]) -> dict[D, list[OpeningSpan]]:
    return {day: [OpeningSpan.model_construct(**vars(one)) for one in found] for day, found in openings.items()}
