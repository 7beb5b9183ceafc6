"""Finds out whether a call's agent may see its results: somebody released them, or the time has come by itself."""

from datetime import timedelta

from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.domain.release import Release
from voiceops.errors import Conflict
from voiceops.ports import Services, UnitOfWork

# Who releases what nobody touched.
BY_ITSELF = "system"


def find_release(services: Services, unit: UnitOfWork, recording: Recording) -> Release | None:
    """The release, stored or by the setting; None while the agent sees no results."""
    stored = unit.releases.find(recording.id)
    days = services.policy.release_days
    if stored is not None or days is None or not has_result(recording):
        return stored
    due = recording.received_at + timedelta(days=days)
    return Release(recording.id, due, BY_ITSELF) if due <= services.clock.now() else None


def require_release(services: Services, unit: UnitOfWork, recording: Recording) -> Release:
    """The release. Raises Conflict where there is none yet."""
    release = find_release(services, unit, recording)
    if release is None:
        raise Conflict(
            "The results of this call are not released yet.",
            record=recording.id,
            next_step="Wait until QA or a supervisor releases them.",
        )
    return release


def has_result(recording: Recording) -> bool:
    """Whether there is anything to release."""
    is_call = recording.kind is RecordingKind.CALL
    return is_call and recording.state is RecordingState.ANALYSED and recording.result_removed_at is None
