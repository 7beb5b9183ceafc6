"""Removes the files that redacted ones stand in for: at once, and in the sweep where a worker died in between."""

from dataclasses import replace

import structlog

from voiceops.ports import Services

log = structlog.get_logger(__name__)

AT_ONCE = 100


def finish_redactions(services: Services) -> int:
    """How many recordings lost the file that was not to be kept."""
    with services.open_view() as unit:
        waiting = unit.recordings.half_redacted(limit=AT_ONCE)
    for recording_id in waiting:
        finish_redaction(services, recording_id)
    return len(waiting)


def finish_redaction(services: Services, recording_id: str) -> None:
    """Remove the file that a recording's redacted one replaced, and note that it is gone; a legal hold keeps it.

    The row is held meanwhile. Where we die after the bytes are gone, the next round finds the row and says so.
    """
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        if recording.replaced_sha256 is None or recording.is_held:
            return
        services.files.remove(recording.replaced_sha256)
        unit.recordings.save(replace(recording, replaced_sha256=None))
        unit.commit()
    log.info("replaced by redacted sound", recording_id=recording_id)
