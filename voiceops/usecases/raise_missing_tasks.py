"""Raises the task of every voicemail that has none: whatever took it away, nobody is forgotten."""

from datetime import timedelta

import structlog

from voiceops.domain.recording import RecordingState
from voiceops.errors import Conflict
from voiceops.ports import Services
from voiceops.usecases.ask_for_analysis import ask_for_analysis
from voiceops.usecases.raise_callback_task import raise_callback_task

log = structlog.get_logger(__name__)

# Every sweep comes by here, and years of voicemails are too many for each of them.
RECENT = timedelta(days=7)
WHY = "The ledger found this voicemail without a task."


def raise_missing_tasks(services: Services) -> int:
    """How many tasks were raised. Done twice or by two at once, it raises each of them once.

    It looks at the voicemails of a week, and in the first minute of every hour at all there ever were.
    """
    now = services.clock.now()
    with services.open_view() as unit:
        lost = unit.messages.unaccounted(since=now - RECENT if now.minute else None)
    return sum(_raise(services, recording_id) for recording_id in lost)


def _raise(services: Services, recording_id: str) -> bool:
    try:
        with services.open_unit() as unit:
            recording = unit.recordings.get(recording_id)
            unit.messages.forget(recording_id)
            task = raise_callback_task(services, unit, recording, why=WHY)
            if recording.state is RecordingState.ANALYSED:
                # What is said in it is written down already; the task gets it by another analysis.
                unit.recordings.save(recording.moved(RecordingState.TRANSCRIBED, services.clock.now()))
                ask_for_analysis(unit, recording_id)
            unit.commit()
    except Conflict:
        # Somebody else raised it meanwhile.
        return False
    log.warning("voicemail had no task, one was raised", recording_id=recording_id, task_id=task.id)
    return True
