"""At which hours of the week voicemails are left, by the clock of the queue that they were left in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from voiceops.domain.trends import HourCount


def hours_of_week(
    received: Iterable[tuple[str | None, datetime]], *, zones: Mapping[str | None, str]
) -> Sequence[HourCount]:
    """Only hours in which there was one, in the order of the week; `zones` names the time zone of each queue."""
    clocks = {queue: ZoneInfo(zone) for queue, zone in zones.items()}
    local = (instant.astimezone(clocks[queue]) for queue, instant in received)
    counts = Counter((one.weekday(), one.hour) for one in local)
    return [HourCount(weekday, hour, number) for (weekday, hour), number in sorted(counts.items())]
