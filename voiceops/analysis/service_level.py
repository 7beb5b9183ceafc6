"""The share of callers who were called back in target today, where today begins at midnight of their queue."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from voiceops.domain.board import DoneTask, QueueTally, ServiceLevel


def service_levels(
    done: Iterable[DoneTask], tallies: Sequence[QueueTally], *, now: datetime, zones: Mapping[str | None, str]
) -> Mapping[str | None, ServiceLevel]:
    """By queue. What is overdue and not done counts as missed, however long ago it was due.

    `done` may reach back further than today; `zones` names the time zone of each queue.
    """
    in_target: Counter[str | None] = Counter()
    of: Counter[str | None] = Counter({one.queue: one.overdue for one in tallies})
    for task in done:
        zone = ZoneInfo(zones[task.queue])
        if task.ended_at.astimezone(zone).date() == now.astimezone(zone).date():
            of[task.queue] += 1
            in_target[task.queue] += task.ended_at <= task.due_at
    return {queue: ServiceLevel(in_target[queue], total) for queue, total in of.items()}
