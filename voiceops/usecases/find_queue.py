"""Finds the queue that a recording or task belongs to, with the settings' country where none is stored."""

from dataclasses import replace

from voiceops.domain.people import BUILT_IN_QUEUE, Queue
from voiceops.ports import Services, UnitOfWork


def find_queue(services: Services, unit: UnitOfWork, queue_id: str | None) -> Queue:
    """The stored queue, or the one that stands in for None and for unknown ids."""
    queue = unit.queues.find(queue_id)
    return replace(queue, region=services.policy.default_region) if queue is BUILT_IN_QUEUE else queue


def known_queue(unit: UnitOfWork, queue_id: str | None) -> str | None:
    """The id, or None where queues are stored and this is none of them. Without any, every name will do."""
    stored = {queue.id for queue in unit.queues.list()}
    return queue_id if not stored or queue_id in stored else None
