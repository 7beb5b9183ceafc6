"""Ends a recording as failed, visibly; a voicemail's task goes to a person all the same."""

from dataclasses import replace

import structlog

from voiceops.domain.callback_task import TaskEvent
from voiceops.domain.recording import Recording, RecordingState
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.open_task_of import open_task_of
from voiceops.usecases.update_from_message import update_from_message

log = structlog.get_logger(__name__)

LISTEN = "Listen to the recording."


def fail_recording(services: Services, recording_id: str, *, reason: str) -> None:
    """Store `reason`, sentences a supervisor understands. A recording that ended is left alone."""
    now = services.clock.now()
    with services.open_unit() as unit:
        recording = unit.recordings.get(recording_id)
        if recording.state.is_final:
            return
        unit.recordings.save(recording.moved(RecordingState.FAILED, now, failure=reason))
        task_id = _to_a_person(services, unit, recording, reason=reason)
        unit.commit()
    log.warning("recording failed", recording_id=recording_id)
    if task_id is not None:
        assign_task(services, task_id)


def _to_a_person(services: Services, unit: UnitOfWork, recording: Recording, *, reason: str) -> str | None:
    """Mark the voicemail's open task; its id, or None where there is none."""
    message = unit.messages.find(recording.id)
    task = open_task_of(services, unit, recording, message=message) if message is not None else None
    if message is None or task is None:
        return None
    unheard = replace(message, task_id=task.id, note=f"{LISTEN} It could not be transcribed.")
    marked = update_from_message(services, unit, task, message=unheard, recording=recording)
    now = services.clock.now()
    unit.tasks.save(marked, TaskEvent(task.id, now, actor="system", what="not transcribed", why=reason))
    return task.id
