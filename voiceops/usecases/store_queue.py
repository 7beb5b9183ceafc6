"""Stores a call-centre queue, or replaces one."""

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import Queue
from voiceops.ports import Services
from voiceops.usecases.require_seen import require_seen


def store_queue(services: Services, queue: Queue, *, seen: str | None = None, actor: str = "system") -> Queue:
    """The queue as stored. `seen` is the version tag of the queue that the caller saw.

    Raises Changed if that is another one now.
    """
    with services.open_unit() as unit:
        before = unit.queues.hold(queue.id)
        require_seen(before, queue, seen=seen)
        unit.queues.put(queue)
        if queue.team != (before.team if before is not None else None):
            # Whose supervisor sees what lies in it.
            unit.access_log.add(
                AccessEntry(
                    services.clock.now(),
                    actor,
                    AccessAction.CHANGED_RIGHTS,
                    queue.id,
                    detail=f"Queue of team {queue.team or 'none'}.",
                )
            )
        unit.commit()
    return queue
