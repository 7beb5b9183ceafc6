"""Asks for a recording's transcription, with a time limit that follows its length."""

from voiceops.domain.recording import Recording
from voiceops.ports import Job, JobName, Lane, Services, UnitOfWork


def ask_for_transcription(services: Services, unit: UnitOfWork, recording: Recording) -> None:
    """Enqueue the job after the unit's commit; asking again for the same attempt is harmless."""
    unit.ask(
        Job(
            name=JobName.TRANSCRIBE,
            lane=Lane.TRANSCRIBE,
            record_id=recording.id,
            timeout_seconds=time_limit_seconds(services, recording),
            attempt=recording.attempts,
            priority=recording.priority,
        )
    )


def time_limit_seconds(services: Services, recording: Recording) -> int:
    """How long transcribing this recording may take at all."""
    policy = services.policy
    audio_seconds = recording.duration_seconds or 0.0
    return round(policy.transcribe_timeout_base_seconds + policy.transcribe_timeout_per_audio_second * audio_seconds)
