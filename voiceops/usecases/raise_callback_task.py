"""Raises the callback task of a voicemail, at once and before anything is known of its words."""

from voiceops.analysis.due import due_at
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.recording import Recording
from voiceops.ports import Services, UnitOfWork

BEING_TRANSCRIBED = "Being transcribed."


def raise_callback_task(services: Services, unit: UnitOfWork, recording: Recording) -> CallbackTask:
    """Add the task to the unit that stores the recording: both or neither are kept.

    Raises Conflict if the recording has a task already.
    """
    queue = unit.queues.find(recording.queue)
    task = CallbackTask(
        id=services.new_id(),
        recording_id=recording.id,
        raised_at=recording.received_at,
        due_at=due_at(raised_at=recording.received_at, urgency=Urgency.NORMAL, queue=queue),
        caller_number=recording.caller_number,
        dialled_number=recording.dialled_number,
        queue=recording.queue,
        language=recording.language or queue.language,
        note=BEING_TRANSCRIBED,
    )
    unit.tasks.add(
        task,
        TaskEvent(task.id, recording.received_at, actor="system", what="raised", why="A voicemail was received."),
    )
    return task
