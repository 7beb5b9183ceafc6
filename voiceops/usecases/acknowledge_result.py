"""An agent says that they have read the results of an own call."""

from dataclasses import replace

from voiceops.domain.release import Release
from voiceops.ports import Services
from voiceops.usecases.find_release import require_release


def acknowledge_result(services: Services, recording_id: str) -> Release:
    """The release, acknowledged; the first time counts. Raises NotFound, or Conflict before it is released."""
    with services.open_unit() as unit:
        release = require_release(services, unit, unit.recordings.get(recording_id))
        if release.acknowledged_at is None:
            release = replace(release, acknowledged_at=services.clock.now())
            unit.releases.put(release)
            unit.commit()
    return release
