"""Brings a task up to date with what became known of one of its messages."""

from dataclasses import replace
from datetime import datetime

from voiceops.analysis.due import due_at
from voiceops.analysis.merge_facts import merge_facts, note_of
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.people import Queue
from voiceops.domain.recording import Recording
from voiceops.domain.task_message import TaskMessage, urgency_of
from voiceops.ports import Notice, Services, UnitOfWork
from voiceops.usecases.find_queue import find_queue


def update_from_message(
    services: Services, unit: UnitOfWork, task: CallbackTask, *, message: TaskMessage, recording: Recording
) -> CallbackTask:
    """The task with the facts, urgency, note and due time of all its messages, not yet stored; the message is.

    May be done twice without harm. A repeat in which somebody speaks wakes a snoozed task, and makes the
    due time earlier, never later.
    """
    unit.messages.save(message)
    messages = unit.messages.of_task(task.id)
    notes = [note_of(messages), _about_queue(task, recording)]
    changed = replace(
        task,
        facts=merge_facts(messages),
        urgency=urgency_of(messages),
        note=" ".join(note for note in notes if note) or None,
        version=task.version + 1,
    )
    if message.no_message:
        return changed
    due = _due_at(changed, message, queue=find_queue(services, unit, recording.queue))
    if message.recording_id == task.recording_id:
        alone = len(messages) == 1 and task.snoozed_until is None
        return replace(changed, due_at=due if alone else min(due, task.due_at))
    _tell_agent(unit, task)
    return replace(changed, due_at=min(due, task.due_at), snoozed_until=None)


def _about_queue(task: CallbackTask, recording: Recording) -> str | None:
    if recording.queue is None or task.queue is not None:
        return None
    return f"It was left for the queue {recording.queue}, which is not known here."


def _due_at(task: CallbackTask, message: TaskMessage, *, queue: Queue) -> datetime:
    wanted = message.facts.wanted_at if message.facts is not None else None
    return due_at(
        raised_at=message.received_at,
        urgency=task.urgency,
        queue=queue,
        wanted_at=wanted.value if wanted is not None else None,
    )


def _tell_agent(unit: UnitOfWork, task: CallbackTask) -> None:
    if task.agent_id is not None:
        subject, text = "Your caller left another message", "Listen to it before you call back."
        unit.tell(Notice(recipient=task.agent_id, subject=subject, text=text, task_id=task.id))
