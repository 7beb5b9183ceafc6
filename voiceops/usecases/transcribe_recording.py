"""Transcribes one stored recording: claim it, hold it, make the transcript, store it.

May run twice for the same recording without harm: who does not get the claim does nothing.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from voiceops.analysis.safe_hints import safe_hints
from voiceops.domain.masking import Masking
from voiceops.domain.recording import Recording, RecordingState
from voiceops.domain.transcript import Transcript
from voiceops.errors import NotFound, StorageFull, Unavailable, VoiceOpsError
from voiceops.ports import Services
from voiceops.usecases.ask_for_analysis import ask_for_analysis
from voiceops.usecases.fail_recording import fail_recording
from voiceops.usecases.find_masking import find_masking
from voiceops.usecases.finish_redactions import finish_redaction
from voiceops.usecases.hold_lease import hold_lease
from voiceops.usecases.judge_channels import are_said, judge_channels
from voiceops.usecases.keep_private_facts import keep_private_facts
from voiceops.usecases.redact_recording import Redacted, redact_recording, remove_made
from voiceops.usecases.transcribe_file import Heard, Sound, transcribe_file

log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 1.0


def transcribe_recording(services: Services, recording_id: str) -> None:
    """Store the recording's transcript and ask for its analysis, or store why that failed.

    An error that may pass gives the recording back for another attempt, up to the policy's limit.
    """
    recording = _claim(services, recording_id)
    if recording is None:
        log.info("recording is not to be had", recording_id=recording_id)
        return
    with hold_lease(services, recording) as lost:
        try:
            with services.files.open_local(recording.file_sha256) as path:
                heard = transcribe_file(services, _sound(services, recording, path))
                while not (lost.is_set() or _stored(services, recording, heard, path=path)):
                    # It may have taken an hour to make: as long as the lease holds, it waits for the database.
                    lost.wait(_PAUSE_SECONDS)
        except VoiceOpsError as error:
            _give_up(services, recording, error)
            return


def _sound(services: Services, recording: Recording, path: Path) -> Sound:
    return Sound(
        path,
        recording.kind,
        recording.parties if are_said(recording) else (),
        recording.language,
        hint=recording.hint,
        queue=recording.queue,
        names=_names(services, recording),
    )


def _names(services: Services, recording: Recording) -> tuple[str, ...]:
    """The vocabulary of the call's queue and language, without any wording that a rule listens for."""
    names = services.policy.vocabulary.of(recording.queue, recording.language) or ()
    if not names:
        return ()
    with services.open_view() as unit:
        return safe_hints(names, [stored.keyword_set for stored in unit.keyword_sets.list_active()])


def _claim(services: Services, recording_id: str) -> Recording | None:
    now = services.clock.now()
    with services.open_unit() as unit:
        lease_until = now + timedelta(seconds=services.policy.lease_seconds)
        recording = unit.recordings.claim(recording_id, now=now, lease_until=lease_until)
        queue = unit.queues.find(recording.queue) if recording is not None else None
        unit.commit()
    if recording is None or queue is None or recording.language is not None:
        return recording
    of_queue = queue.language if queue.id == recording.queue else None
    return replace(recording, language=of_queue or services.policy.default_language)


def _stored(services: Services, held: Recording, heard: Heard, *, path: Path) -> bool:
    """Whether nothing is left to do: it is stored, or somebody else holds the recording."""
    try:
        heard = judge_channels(services, held, heard)
        with services.open_view() as unit:
            masking = find_masking(services, unit, held)
        redacted = redact_recording(services, held, heard, masking=masking, path=path)
        try:
            return _store(services, held, redacted, masking)
        except NotFound:
            # Erased meanwhile: what was made of it must not stay.
            remove_made(services, redacted)
            raise
    except (Unavailable, StorageFull) as error:
        log.warning("transcript not stored yet", recording_id=held.id, error=type(error).__name__)
        return False


def _store(services: Services, held: Recording, redacted: Redacted, masking: Masking) -> bool:
    """Whether it was stored, or is not to be; not if somebody wants other things masked meanwhile."""
    heard = redacted.heard
    with services.open_unit() as unit:
        stored = unit.recordings.get(held.id)
        if not _is_held(stored, held):
            log.warning("recording is held by somebody else, transcript dropped", recording_id=held.id)
            return True
        if find_masking(services, unit, stored) != masking:
            return False
        keep_private_facts(services, unit, stored, redacted)
        moved = replace(
            stored.moved(RecordingState.TRANSCRIBED, services.clock.now()),
            duration_seconds=heard.transcript.duration,
            clarity=heard.transcript.clarity,
            **_parties(heard.transcript),
            notes=tuple(dict.fromkeys((*stored.notes, *heard.notes))),
            **redacted.changes,
        )
        unit.transcripts.put(held.id, heard.transcript)
        unit.waveforms.put(held.id, heard.waveform)
        # They were second to another transcript.
        unit.second_looks.forget(held.id)
        unit.recordings.save(moved)
        ask_for_analysis(unit, held.id)
        unit.commit()
    log.info("transcribed", recording_id=held.id, audio_seconds=round(heard.transcript.duration, 1))
    if moved.replaced_sha256 is not None:
        finish_redaction(services, held.id)
    return True


def _parties(transcript: Transcript) -> dict[str, Any]:
    """What a judgement says of a recording's channels; nothing where none was made."""
    judged, speech = transcript.parties, transcript.speech or ()
    if judged is None:
        return {}
    if transcript.is_separated:
        return {"parties_by": judged.by, "parties_confidence": judged.confidence}
    parties = tuple(party for party, _ in speech)
    return {"parties": parties, "parties_by": judged.by, "parties_confidence": judged.confidence}


def _give_up(services: Services, recording: Recording, error: VoiceOpsError) -> None:
    log.warning(
        "transcription failed", recording_id=recording.id, attempt=recording.attempts, error=type(error).__name__
    )
    with services.open_unit() as unit:
        stored = unit.recordings.get(recording.id)
        if not _is_held(stored, recording):
            return
        if error.retryable and recording.attempts < services.policy.attempts_limit:
            unit.recordings.save(stored.moved(RecordingState.RECEIVED, services.clock.now()))
            unit.commit()
            return
    fail_recording(services, recording.id, reason=f"{error.what} {error.next_step}")


def _is_held(stored: Recording, held: Recording) -> bool:
    """The attempt is our fencing token: a worker that was given up and woke again must change nothing."""
    return stored.state is RecordingState.TRANSCRIBING and stored.attempts == held.attempts
