"""When a callback is due: a queue's target minutes, counted inside its opening hours only."""

from datetime import datetime, timedelta

from voiceops.analysis.working_hours import after
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue


def due_at(*, raised_at: datetime, urgency: Urgency, queue: Queue, wanted_at: datetime | None = None) -> datetime:
    """The instant, in UTC, by which somebody should have called back.

    A wish of the caller that is not in the past replaces the target; outside opening hours it moves to
    the next opening. A queue that never opens is counted by the clock on the wall.
    """
    minutes = timedelta(minutes=dict(queue.target_minutes).get(urgency, 0))
    if wanted_at is not None and wanted_at >= raised_at:
        return after(wanted_at, timedelta(0), queue.hours)
    return after(raised_at, minutes, queue.hours)
