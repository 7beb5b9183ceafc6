"""Ends a recording as failed, visibly; a voicemail's task goes to a person all the same."""

from dataclasses import replace

import structlog

from voiceops.domain.callback_task import TaskEvent
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.ports import Services
from voiceops.usecases.assign_task import assign_task

log = structlog.get_logger(__name__)

LISTEN = "Listen to the recording."


def fail_recording(services: Services, recording_id: str, *, reason: str) -> None:
    """Store `reason`, sentences a supervisor understands. A recording that ended is left alone."""
    now = services.clock.now()
    task_id = None
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        if recording.state.is_final:
            return
        unit.recordings.save(recording.moved(RecordingState.FAILED, now, failure=reason))
        task = unit.tasks.find_by_recording(recording_id) if recording.kind is RecordingKind.VOICEMAIL else None
        if task is not None and not task.state.is_ended:
            marked = replace(task, note=f"{LISTEN} It could not be transcribed.", version=task.version + 1)
            unit.tasks.save(marked, TaskEvent(task.id, now, actor="system", what="not transcribed", why=reason))
            task_id = task.id
        unit.commit()
    log.warning("recording failed", recording_id=recording_id)
    if task_id is not None:
        assign_task(services, task_id)
