"""To what times tasks are put off by one press: inside the queue's hours, over nights, weekends and lunch."""

from datetime import datetime, time

import pytest

from voiceops.analysis.snooze_times import SnoozeTime, snooze_times
from voiceops.domain.working_hours import Opening, WorkingHours

HOURS = WorkingHours(time_zone="Europe/Budapest", opens=time(9), closes=time(17))
LUNCH = WorkingHours(by_weekday={2: (Opening(time(8), time(12)), Opening(time(13), time(16)))})


def shown(now: str, hours: WorkingHours) -> dict[str, str]:
    """Each time by its name, in the zone of the text."""
    instant = datetime.fromisoformat(now)
    found = snooze_times(instant, hours)
    return {name.value: f"{at.astimezone(instant.tzinfo):%a %H:%M}" for name, at in found.items()}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-04T10:00+01:00", ("Wed 11:00", "Wed 14:00", "Thu 09:00")),
        ("2026-03-04T13:30+01:00", ("Wed 14:30", None, "Thu 09:00")),
        ("2026-03-04T16:00+01:00", ("Thu 09:00", None, "Thu 09:00")),
        ("2026-03-06T16:30+01:00", ("Mon 09:00", None, "Mon 09:00")),
        ("2026-03-07T10:00+01:00", ("Mon 09:00", None, "Mon 09:00")),
    ],
)
def test_presses_offer_times_at_which_the_queue_is_open(now: str, expected: tuple[str | None, ...]) -> None:
    found = shown(now, HOURS)
    assert tuple(found.get(name) for name in SnoozeTime) == expected


def test_an_hour_that_ends_in_the_lunch_closure_goes_on_after_it() -> None:
    assert shown("2026-03-04T11:30+00:00", LUNCH)["in_an_hour"] == "Wed 13:00"
