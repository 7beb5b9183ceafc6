"""Gives a recording back that a stopping worker has not finished; it costs no attempt."""

from dataclasses import replace

from voiceops.domain.recording import RecordingState
from voiceops.ports import Services
from voiceops.usecases.ask_for_transcription import ask_for_transcription


def give_back_recording(services: Services, recording_id: str) -> None:
    """Move it back to received and ask for it again; one that moved on is left alone."""
    with services.open_unit() as unit:
        held = unit.recordings.get(recording_id)
        if held.state is not RecordingState.TRANSCRIBING:
            return
        recording = replace(
            held.moved(RecordingState.RECEIVED, services.clock.now()), attempts=max(0, held.attempts - 1)
        )
        unit.recordings.save(recording)
        ask_for_transcription(services, unit, recording)
        unit.commit()
