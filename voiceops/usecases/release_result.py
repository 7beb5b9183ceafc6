"""Shows the results of a call to its agent."""

from voiceops.domain.release import Release
from voiceops.errors import Conflict
from voiceops.ports import Services
from voiceops.usecases.find_release import find_release, has_result


def release_result(services: Services, recording_id: str, *, actor: str) -> Release:
    """The release; one that is there already stays as it is.

    Raises NotFound, or Conflict where there is nothing to release or no agent to see it.
    """
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        release = find_release(services, unit, recording)
        if release is not None:
            return release
        if not has_result(recording) or recording.agent_id is None:
            raise Conflict(
                "There are no results that an agent could be shown.",
                record=recording_id,
                next_step="Release calls that are analysed and name their agent.",
            )
        release = Release(recording_id, services.clock.now(), actor)
        unit.releases.put(release)
        unit.commit()
    return release
