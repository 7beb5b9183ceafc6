"""Lifts a legal hold: from now on the rules of retention count again."""

from dataclasses import replace

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.recording import Recording
from voiceops.errors import Conflict
from voiceops.ports import Services


def lift_hold(services: Services, recording_id: str, *, reason: str, actor: str) -> Recording:
    """The recording, free. Raises NotFound, or Conflict where it is not held."""
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        if recording.hold is None:
            raise Conflict(
                "It is under no legal hold.", record=recording_id, next_step="Look at `voiceops holds list` for those."
            )
        free = replace(recording, hold=None)
        unit.recordings.save(free)
        entry = AccessEntry(services.clock.now(), actor, AccessAction.HOLD_LIFTED, recording_id, detail=reason)
        unit.access_log.add(entry)
        unit.commit()
    return free
