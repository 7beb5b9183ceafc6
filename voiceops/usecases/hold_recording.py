"""Puts a recording under a legal hold: neither retention nor an erasure removes anything of it."""

from dataclasses import replace

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.recording import LegalHold, Recording
from voiceops.errors import Conflict
from voiceops.ports import Services


def hold_recording(services: Services, recording_id: str, *, reason: str, actor: str) -> Recording:
    """The recording, held. Raises NotFound, or Conflict where it is held already."""
    now = services.clock.now()
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        if recording.hold is not None:
            raise Conflict(
                f"It is held already, by {recording.hold.by} since {recording.hold.at:%Y-%m-%d}.",
                record=recording_id,
                next_step="Lift that hold first if its reason is not the right one.",
            )
        held = replace(recording, hold=LegalHold(reason, actor, now))
        unit.recordings.save(held)
        unit.access_log.add(AccessEntry(now, actor, AccessAction.HELD, recording_id, detail=reason))
        unit.commit()
    return held
