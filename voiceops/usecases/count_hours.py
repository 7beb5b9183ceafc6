"""Counts the voicemails of a span by hour of the week, by the clock of the queue that each was left in."""

from collections.abc import Sequence

from voiceops.analysis.hours_of_week import clocks_of, hours_of_week
from voiceops.domain.trends import HourCount, TrendSpan
from voiceops.ports import UnitOfWork


def count_hours(unit: UnitOfWork, span: TrendSpan) -> Sequence[HourCount]:
    """Only hours in which there was one."""
    left = unit.trends.voicemails(span)
    return hours_of_week(left, clocks_of(unit.queues.find_all({one.queue for one in left})))
