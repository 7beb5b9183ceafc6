"""Makes a received voicemail somebody's duty: it joins the caller's open task, or raises one of its own."""

from dataclasses import replace
from datetime import timedelta

from voiceops.analysis.caller_line import caller_line
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.recording import Recording
from voiceops.domain.task_message import TaskMessage, urgency_of
from voiceops.ports import Caller, Services, UnitOfWork
from voiceops.usecases.find_queue import find_queue, known_queue
from voiceops.usecases.raise_callback_task import BEING_TRANSCRIBED, raise_callback_task


def take_voicemail(services: Services, unit: UnitOfWork, recording: Recording) -> CallbackTask:
    """The task that answers the voicemail, in the unit that stores the recording: both or neither are kept.

    A caller whose number is not shown never joins a task. Raises Conflict if the recording has one already.
    """
    task = _open_task_of_caller(services, unit, recording)
    return raise_callback_task(services, unit, recording) if task is None else _join(unit, task, recording)


def _open_task_of_caller(services: Services, unit: UnitOfWork, recording: Recording) -> CallbackTask | None:
    queue = find_queue(services, unit, recording.queue)
    number = caller_line(recording.caller_number, region=queue.region)
    if number is None:
        return None
    since = recording.received_at - timedelta(hours=services.policy.repeat_window_hours)
    return unit.messages.joinable(Caller(number, known_queue(unit, recording.queue)), since=since)


def _join(unit: UnitOfWork, task: CallbackTask, recording: Recording) -> CallbackTask:
    unit.messages.add(TaskMessage(recording.id, task.id, recording.received_at, note=BEING_TRANSCRIBED))
    urgency = urgency_of(unit.messages.of_task(task.id))
    joined = replace(task, urgency=urgency, version=task.version + 1)
    why = f"The same caller left another message, {recording.id}; urgency {urgency}."
    unit.tasks.save(joined, TaskEvent(task.id, recording.received_at, actor="system", what="joined", why=why))
    return joined
