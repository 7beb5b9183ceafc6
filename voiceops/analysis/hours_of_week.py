"""At which hours of the week voicemails are left, by the clock of the queue that they were left in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from voiceops.domain.people import Queue
from voiceops.domain.trends import HourCount, LeftVoicemail

# The clock of each queue that something was left in; None stands for no queue.
Clocks = Mapping[str | None, ZoneInfo]


def clocks_of(queues: Mapping[str | None, Queue]) -> Clocks:
    """Their clocks."""
    return {name: ZoneInfo(queue.hours.time_zone) for name, queue in queues.items()}


def hours_of_week(left: Iterable[LeftVoicemail], clocks: Clocks) -> Sequence[HourCount]:
    """Only hours in which there was one, in the order of the week."""
    counts = Counter(hour_of_week(one, clocks) for one in left)
    return [HourCount(weekday, hour, number) for (weekday, hour), number in sorted(counts.items())]


def hour_of_week(one: LeftVoicemail, clocks: Clocks) -> tuple[int, int]:
    """The day, Monday is 0, and the hour in which it was left."""
    local = one.received_at.astimezone(clocks[one.queue])
    return local.weekday(), local.hour
