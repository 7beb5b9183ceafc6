"""Weeks and hours by the clock of a place."""

from datetime import UTC, datetime

from voiceops.analysis.calendar_weeks import calendar_weeks
from voiceops.analysis.hours_of_week import clocks_of, hours_of_week
from voiceops.domain.people import Queue
from voiceops.domain.trends import HourCount, LeftVoicemail
from voiceops.domain.working_hours import WorkingHours

# A Wednesday; summer time began in Budapest on Sunday, 29 March.
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


def test_a_week_lasts_from_monday_to_monday_also_when_the_clocks_change() -> None:
    assert calendar_weeks(2, now=NOW, time_zone="Europe/Budapest") == (
        datetime(2026, 3, 22, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
        datetime(2026, 4, 5, 22, tzinfo=UTC),
    )


def test_hours_are_those_of_the_queues_own_clock() -> None:
    late = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)
    queue = Queue("service", "Service", hours=WorkingHours(time_zone="Europe/Budapest"))
    clocks = clocks_of({"service": queue, None: Queue("default", "Default")})
    found = hours_of_week(
        [LeftVoicemail(f"v{n}", one, late) for n, one in enumerate(["service", "service", None])], clocks
    )
    # Half past midnight on Monday there, half past ten on Sunday here.
    assert found == [HourCount(0, 0, 2), HourCount(6, 22, 1)]
