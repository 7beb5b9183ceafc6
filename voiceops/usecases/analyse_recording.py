"""Analyses a transcribed recording: a call is evaluated, a voicemail's task is enriched.

May run twice without harm, and is redone when a keyword set changes.
"""

import structlog

from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.errors import Conflict
from voiceops.ports import Services
from voiceops.usecases.analyse_call import analyse_call
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.enrich_callback_task import enrich_callback_task
from voiceops.usecases.fail_recording import fail_recording

log = structlog.get_logger(__name__)

CONFLICT_TRIES = 3


def analyse_recording(services: Services, recording_id: str) -> None:
    """Store what the transcript says and move the recording to analysed.

    A recording that is not waiting for its analysis is left alone. One whose analysis was begun as often as the
    policy allows and never came to an end, not even to an error, is failed: it takes its workers with it.
    """
    begun = _begin(services, recording_id)
    if begun is None:
        return
    if begun > services.policy.attempts_limit:
        fail_recording(
            services,
            recording_id,
            reason=f"Its analysis was begun {begun - 1} times and never ended: the worker died each time. "
            "Listen to the recording, look at the log of the analysing worker, and press “try again” after an update.",
        )
        return
    task = _analyse_despite_conflicts(services, recording_id)
    log.info("analysed", recording_id=recording_id)
    if task is not None:
        assign_task(services, task.id)


def _begin(services: Services, recording_id: str) -> int | None:
    """Which attempt this is, committed before the work: a worker that dies of it cannot tell."""
    with services.open_unit() as unit:
        begun = unit.recordings.begin_analysis(recording_id)
        unit.commit()
    return begun


def _analyse_despite_conflicts(services: Services, recording_id: str) -> CallbackTask | None:
    """The task of a voicemail. A person who accepts it meanwhile is no failure; a conflict that stays is one."""
    for _ in range(CONFLICT_TRIES - 1):
        try:
            return _analyse(services, recording_id)
        except Conflict:
            log.info("record changed meanwhile, done again", recording_id=recording_id)
    return _analyse(services, recording_id)


def _analyse(services: Services, recording_id: str) -> CallbackTask | None:
    task = None
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        if recording.state is not RecordingState.TRANSCRIBED:
            return None
        transcript = unit.transcripts.get(recording_id)
        if recording.kind is RecordingKind.CALL:
            analyse_call(services, unit, recording, transcript=transcript)
        else:
            task = enrich_callback_task(services, unit, recording, transcript=transcript)
        unit.recordings.save(recording.moved(RecordingState.ANALYSED, services.clock.now()))
        unit.commit()
    return task
