"""Raises the callback task of a voicemail, at once and before anything is known of its words."""

from voiceops.analysis.caller_line import caller_line
from voiceops.analysis.due import due_at
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.recording import Recording
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.find_queue import find_queue, known_queue

BEING_TRANSCRIBED = "Being transcribed."
RECEIVED = "A voicemail was received."


def raise_callback_task(
    services: Services, unit: UnitOfWork, recording: Recording, *, why: str = RECEIVED
) -> CallbackTask:
    """Add the task to the unit that stores the recording: both or neither are kept.

    Raises Conflict if the recording has a task already.
    """
    queue = find_queue(services, unit, recording.queue)
    queue_id = known_queue(unit, recording.queue)
    task = CallbackTask(
        id=services.new_id(),
        recording_id=recording.id,
        raised_at=recording.received_at,
        due_at=due_at(raised_at=recording.received_at, urgency=Urgency.NORMAL, queue=queue),
        caller_number=caller_line(recording.caller_number, region=queue.region),
        dialled_number=recording.dialled_number,
        queue=queue_id,
        language=recording.language or queue.language,
        note=BEING_TRANSCRIBED,
    )
    if queue_id != recording.queue:
        # A voicemail is never refused: whoever reads the task can still see where it was meant to go.
        why += f" It was left for the queue {recording.queue}, which is not known here."
    unit.tasks.add(task, TaskEvent(task.id, recording.received_at, actor="system", what="raised", why=why))
    return task
