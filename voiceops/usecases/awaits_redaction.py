"""Whether a recording's sound is still as it was sent although something in it is to be made silent."""

from voiceops.domain.recording import Recording, RecordingState
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.find_masking import find_masking

# Later states know their words, so that what is private was looked for, or nobody wanted that at the time.
_BEFORE = frozenset({RecordingState.RECEIVED, RecordingState.TRANSCRIBING, RecordingState.FAILED})


def awaits_redaction(services: Services, unit: UnitOfWork, recording: Recording) -> bool:
    """True until its words are known and what is private in them was silenced; for ever where that failed."""
    if recording.redacted_at is not None or recording.state not in _BEFORE:
        return False
    masking = find_masking(services, unit, recording)
    return masking.sound and bool(masking.of(recording.kind))
