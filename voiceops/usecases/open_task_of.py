"""Finds the open task that answers a voicemail of which something became known."""

from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.recording import Recording
from voiceops.domain.task_message import TaskMessage
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.raise_callback_task import BEING_TRANSCRIBED, raise_callback_task


def open_task_of(
    services: Services, unit: UnitOfWork, recording: Recording, *, message: TaskMessage
) -> CallbackTask | None:
    """The task, or None where nobody owes anything any more. `message` is what is known now.

    A repeat that was still being transcribed when its task ended raises a task of its own: whoever ended
    that one could not know what it says.
    """
    task, before = unit.tasks.find_by_recording(recording.id), unit.messages.find(recording.id)
    if task is None or before is None:
        return None
    if not task.state.is_ended:
        return task
    joined = task.recording_id != recording.id
    if message.no_message or not joined or before.note != BEING_TRANSCRIBED:
        return None
    unit.messages.part(recording.id)
    return raise_callback_task(services, unit, recording)
