"""Analyses a transcribed recording: a call is evaluated, a voicemail's task is enriched.

May run twice without harm, and is redone when a keyword set changes.
"""

import structlog

from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.ports import Services
from voiceops.usecases.analyse_call import analyse_call
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.enrich_callback_task import enrich_callback_task

log = structlog.get_logger(__name__)


def analyse_recording(services: Services, recording_id: str) -> None:
    """Store what the transcript says and move the recording to analysed.

    A recording that is not waiting for its analysis is left alone.
    """
    task = None
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        if recording.state is not RecordingState.TRANSCRIBED:
            return
        transcript = unit.transcripts.get(recording_id)
        if recording.kind is RecordingKind.CALL:
            analyse_call(services, unit, recording, transcript=transcript)
        else:
            task = enrich_callback_task(services, unit, recording, transcript=transcript)
        unit.recordings.save(recording.moved(RecordingState.ANALYSED, services.clock.now()))
        unit.commit()
    log.info("analysed", recording_id=recording_id)
    if task is not None:
        assign_task(services, task.id)
