"""Sends the notices whose time has come to the workers: first tries whose job was lost, and later tries."""

from voiceops.ports import Services, delivery_of


def resend_notices(services: Services) -> int:
    """How many were sent to the workers. Raises Unavailable if the queue does not answer."""
    with services.open_view() as unit:
        due = unit.notices.due(now=services.clock.now())
    for notice in due:
        services.jobs.enqueue(delivery_of(notice.id, attempt=notice.attempts))
    return len(due)
