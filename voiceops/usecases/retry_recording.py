"""Tries a failed recording again, because a person asked for it."""

from dataclasses import replace

from voiceops.domain.recording import Recording, RecordingPart, RecordingState
from voiceops.ports import Services
from voiceops.usecases.ask_for_transcription import ask_for_transcription


def retry_recording(services: Services, recording_id: str) -> Recording:
    """The recording, received anew with its attempts counted from zero.

    Raises NotFound, Removed if its sound is gone, or Conflict if it has not failed.
    """
    with services.open_unit() as unit:
        failed = unit.recordings.get(recording_id)
        failed.require(RecordingPart.AUDIO)
        recording = replace(failed.moved(RecordingState.RECEIVED, services.clock.now()), attempts=0)
        unit.recordings.save(recording)
        ask_for_transcription(services, unit, recording)
        unit.commit()
    return recording
