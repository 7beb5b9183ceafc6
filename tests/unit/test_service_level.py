"""The share called back in target today, by each queue's own midnight."""

from datetime import timedelta

from tests.builders import NOON
from voiceops.analysis.service_level import service_levels
from voiceops.domain.board import DoneTask, QueueTally, ServiceLevel

HOUR = timedelta(hours=1)
ZONES: dict[str | None, str] = {"service": "UTC", "sales": "Pacific/Auckland"}


def late(queue: str, overdue: int) -> QueueTally:
    return QueueTally(queue, waiting=overdue, new=0, due_soon=0, overdue=overdue, asleep=0, unassigned=0)


def test_what_is_done_in_time_counts_for_it_and_what_is_late_or_overdue_against_it() -> None:
    done = [DoneTask("service", NOON, NOON - HOUR), DoneTask("service", NOON - 2 * HOUR, NOON - HOUR)]
    levels = service_levels(done, [late("service", 2)], now=NOON, zones=ZONES)
    assert levels == {"service": ServiceLevel(1, 4)}
    assert levels["service"].share == 0.25


def test_today_begins_at_midnight_of_the_queue() -> None:
    # Noon in UTC is one in the morning of the next day in Auckland.
    two_hours_ago = NOON - 2 * HOUR
    done = [DoneTask(queue, NOON, two_hours_ago) for queue in ("service", "sales")]
    levels = service_levels(done, [], now=NOON, zones=ZONES)
    assert levels == {"service": ServiceLevel(1, 1)}


def test_a_day_without_any_has_no_share() -> None:
    assert ServiceLevel().share is None
    assert sum((ServiceLevel(1, 2), ServiceLevel(0, 2)), ServiceLevel()) == ServiceLevel(1, 4)
