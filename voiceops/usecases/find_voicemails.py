"""Finds the voicemails of one hour of the week, by the clock of the queue that each was left in."""

from collections.abc import Sequence

from voiceops.analysis.hours_of_week import clocks_of, hour_of_week
from voiceops.domain.trends import TrendSpan
from voiceops.ports import UnitOfWork


def find_voicemails(unit: UnitOfWork, span: TrendSpan, *, weekday: int, hour: int) -> Sequence[str]:
    """Their ids, the newest first. `weekday` counts from Monday, 0."""
    left = unit.trends.voicemails(span)
    clocks = clocks_of(unit.queues.find_all({one.queue for one in left}))
    wanted = (one for one in left if hour_of_week(one, clocks) == (weekday, hour))
    return [one.recording_id for one in sorted(wanted, key=lambda one: one.received_at, reverse=True)]
