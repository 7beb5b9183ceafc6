"""Stores a call-centre queue, or replaces one."""

from voiceops.domain.people import Queue
from voiceops.ports import Services
from voiceops.usecases.require_seen import require_seen


def store_queue(services: Services, queue: Queue, *, seen: str | None = None) -> Queue:
    """The queue as stored. `seen` is the version tag of the queue that the caller saw.

    Raises Changed if that is another one now.
    """
    with services.open_unit() as unit:
        require_seen(unit.queues.hold(queue.id), queue, seen=seen)
        unit.queues.put(queue)
        unit.commit()
    return queue
