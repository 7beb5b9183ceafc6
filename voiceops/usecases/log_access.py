"""Keeps who looked at somebody's words or voice."""

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.recording import Recording
from voiceops.ports import Services


def log_access(
    services: Services, seen: Recording | CallbackTask, *, actor: str, action: AccessAction, detail: str = ""
) -> None:
    """Add the line before anything is shown: what cannot be logged is not shown.

    A task stands for the voicemail whose words it quotes, a follow-up for itself.
    """
    if isinstance(seen, Recording):
        record, customer = seen.id, seen.caller_number or seen.customer
    else:
        record, customer = seen.recording_id or seen.id, seen.caller_number
    with services.open_unit() as unit:
        unit.access_log.add(AccessEntry(services.clock.now(), actor, action, record, customer, detail))
        unit.commit()
