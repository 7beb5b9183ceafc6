"""When a call began, by the clock of the queue that it belongs to."""

from datetime import datetime
from zoneinfo import ZoneInfo

from voiceops.domain.recording import Recording
from voiceops.ports import UnitOfWork


def began_at(unit: UnitOfWork, call: Recording) -> datetime:
    """As it was sent, or when it was received where nobody said."""
    return (call.started_at or call.received_at).astimezone(ZoneInfo(unit.queues.find(call.queue).hours.time_zone))
