"""Redacts recordings that were transcribed before anybody wanted that, or by a version that masked words alone."""

from collections.abc import Iterator
from dataclasses import replace

import structlog

from voiceops.analysis.mask_private import MASK
from voiceops.analysis.said_words import Place, words_of
from voiceops.domain.private import Private
from voiceops.domain.recording import Recording, RecordingKind, RecordingPart, RecordingState
from voiceops.domain.transcript import Transcript
from voiceops.domain.waveform import Waveform
from voiceops.ports import Page, RecordingFilter, Services
from voiceops.usecases.ask_for_analysis import ask_for_analysis
from voiceops.usecases.find_masking import find_masking
from voiceops.usecases.finish_redactions import finish_redaction
from voiceops.usecases.redact_recording import redact_recording
from voiceops.usecases.transcribe_file import Heard

log = structlog.get_logger(__name__)

_PAGE = 200


def not_redacted(services: Services) -> Iterator[str]:
    """The ids of analysed recordings whose sound or words are as they were sent though something is to be masked."""
    after = None
    while True:
        with services.open_view() as unit:
            page = unit.recordings.list(RecordingFilter(state=RecordingState.ANALYSED), Page(limit=_PAGE, after=after))
            waiting = [one.id for one in page if _waits(one) and find_masking(services, unit, one).of(one.kind)]
        yield from waiting
        if len(page) < _PAGE:
            return
        after = page[-1].id


def redact_stored(services: Services, recording_id: str) -> bool:
    """Mask what is stored of a recording, silence its sound, and have a call judged anew.

    False where there is nothing to do, or it changed meanwhile. What a task knows of its caller stays as it is.
    """
    with services.open_view() as unit:
        recording = unit.recordings.get(recording_id)
        masking = find_masking(services, unit, recording)
        if not _waits(recording) or not masking.of(recording.kind):
            return False
        transcript, waveform = unit.transcripts.get(recording_id), unit.waveforms.find(recording_id)
    with services.files.open_local(recording.file_sha256) as path:
        channels = services.decoder.probe(path, hint=recording.hint).channels
        heard = Heard(transcript, waveform or Waveform(transcript.duration, ()), (), channels)
        known = masked_before(transcript)
        redacted = redact_recording(services, recording, heard, masking=masking, path=path, known=known)
    with services.open_unit() as unit:
        if unit.recordings.get(recording_id) != recording:
            return False
        changed = replace(recording, **redacted.changes)
        if recording.kind is RecordingKind.CALL:
            changed = changed.moved(RecordingState.TRANSCRIBED, services.clock.now())
            ask_for_analysis(unit, recording_id)
        unit.transcripts.put(recording_id, redacted.heard.transcript)
        if waveform is not None:
            unit.waveforms.put(recording_id, redacted.heard.waveform)
        unit.recordings.save(changed)
        unit.commit()
    if changed.replaced_sha256 is not None:
        finish_redaction(services, recording_id)
    log.info("redacted", recording_id=recording_id, stretches=len(changed.silenced))
    return True


def masked_before(transcript: Transcript) -> dict[Place, Private]:
    """Words that were masked already, by what they were; the version before did not keep that, so cards are assumed."""
    said = {(one.utterance, word): one.what for one in transcript.masked for word in range(one.first, one.stop)}
    return {
        (number, word): said.get((number, word), Private.CARD)
        for number, utterance in enumerate(transcript.utterances)
        for word, spoken in enumerate(words_of(utterance))
        if spoken.text == MASK
    }


def _waits(recording: Recording) -> bool:
    removed = any(recording.removed_at(part) for part in (RecordingPart.AUDIO, RecordingPart.TRANSCRIPT))
    return recording.redacted_at is None and not removed and not recording.is_held
