"""Keeps who looked at a recording's words or voice."""

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.recording import Recording
from voiceops.ports import Services


def log_access(services: Services, recording: Recording, *, actor: str, action: AccessAction, detail: str = "") -> None:
    """Add the line before anything is shown: what cannot be logged is not shown."""
    entry = AccessEntry(
        services.clock.now(), actor, action, recording.id, recording.caller_number or recording.customer, detail
    )
    with services.open_unit() as unit:
        unit.access_log.add(entry)
        unit.commit()
