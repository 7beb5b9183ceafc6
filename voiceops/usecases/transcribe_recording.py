"""Transcribes one recording: decode, detect speech, transcribe, assemble, store.

May run twice for the same recording without harm: who does not get the claim does nothing.
"""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import structlog

from voiceops.analysis.assemble import assemble
from voiceops.domain.recording import Party, Recording, RecordingKind, RecordingState
from voiceops.domain.transcript import Transcript
from voiceops.errors import VoiceOpsError
from voiceops.ports import DecodedAudio, Services, Signal, SpeechChannel
from voiceops.usecases.ask_for_analysis import ask_for_analysis
from voiceops.usecases.fail_recording import fail_recording
from voiceops.usecases.hold_lease import hold_lease

log = structlog.get_logger(__name__)


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
            with services.files.open_local(recording.sha256) as path:
                transcript, notes = transcribe_file(services, path, recording)
        except VoiceOpsError as error:
            _give_up(services, recording, error)
            return
    if lost.is_set():
        log.warning("lease lost, transcript dropped", recording_id=recording_id)
        return
    _store(services, recording_id, transcript, notes)


def transcribe_file(services: Services, path: Path, recording: Recording) -> tuple[Transcript, tuple[str, ...]]:
    """The transcript of an audio file, and notes for people about its sound.

    `recording` says its kind, parties and language; nothing is stored.
    """
    with tempfile.TemporaryDirectory(prefix="voiceops-") as workspace:
        audio = services.decoder.decode(path, Path(workspace))
        channels, notes = _channels(recording, audio)
        detector = services.detector()
        heard = [SpeechChannel(signal, detector.detect(signal)) for _, signal in channels]
        language = recording.language or services.policy.default_language
        result = services.transcriber().transcribe(heard, language=language)
        transcript = assemble(
            [
                (party, segments, one.speech)
                for (party, _), segments, one in zip(channels, result.channels, heard, strict=True)
            ],
            duration=audio.facts.duration,
            language=result.language or language,
        )
    return transcript, notes


def _claim(services: Services, recording_id: str) -> Recording | None:
    now = services.clock.now()
    with services.open_unit() as unit:
        lease_until = now + timedelta(seconds=services.policy.lease_seconds)
        recording = unit.recordings.claim(recording_id, now=now, lease_until=lease_until)
        queue = unit.queues.find(recording.queue) if recording is not None else None
        unit.commit()
    if recording is None or recording.language or queue is None or queue.id != recording.queue:
        return recording
    return replace(recording, language=queue.language)


def _channels(recording: Recording, audio: DecodedAudio) -> tuple[list[tuple[Party, Signal]], tuple[str, ...]]:
    """The channels to listen to, each with its party.

    Some telephone systems write the same mix on both channels; its words would count for both
    parties, so it is listened to once, as nobody's in particular.
    """
    parties = recording.parties or (Party.UNKNOWN,) * len(audio.signals)
    channels = list(zip(parties, audio.signals, strict=False))
    first = audio.signals[0]
    if len(channels) > 1 and all(np.array_equal(first, other) for other in audio.signals[1:]):
        mixed = Party.CALLER if recording.kind is RecordingKind.VOICEMAIL else Party.UNKNOWN
        return [(mixed, first)], (*audio.facts.notes, "All channels hold the same sound: parties cannot be told apart.")
    return channels, audio.facts.notes


def _store(services: Services, recording_id: str, transcript: Transcript, notes: tuple[str, ...]) -> None:
    with services.open_unit() as unit:
        stored = unit.recordings.get(recording_id)
        moved = stored.moved(RecordingState.TRANSCRIBED, services.clock.now())
        unit.transcripts.put(recording_id, transcript)
        unit.recordings.save(
            replace(
                moved,
                duration_seconds=transcript.duration,
                notes=tuple(dict.fromkeys((*moved.notes, *notes))),
            )
        )
        ask_for_analysis(unit, recording_id)
        unit.commit()
    log.info("transcribed", recording_id=recording_id, audio_seconds=round(transcript.duration, 1))


def _give_up(services: Services, recording: Recording, error: VoiceOpsError) -> None:
    log.warning(
        "transcription failed", recording_id=recording.id, attempt=recording.attempts, error=type(error).__name__
    )
    if error.retryable and recording.attempts < services.policy.attempts_limit:
        with services.open_unit() as unit:
            stored = unit.recordings.get(recording.id)
            if stored.state is RecordingState.TRANSCRIBING:
                unit.recordings.save(stored.moved(RecordingState.RECEIVED, services.clock.now()))
                unit.commit()
        return
    fail_recording(services, recording.id, reason=f"{error.what} {error.next_step}")
