"""Adds to a callback task what the caller said: number, name, reason, urgency, due time."""

from dataclasses import replace

from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.find_topic import find_topic, has_mentions
from voiceops.analysis.is_meant_for import is_meant_for
from voiceops.analysis.merge_facts import with_private
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskMove, TaskState
from voiceops.domain.caller_facts import Fact
from voiceops.domain.recording import Recording
from voiceops.domain.task_message import TaskMessage
from voiceops.domain.transcript import Transcript
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.find_queue import find_queue
from voiceops.usecases.open_task_of import open_task_of
from voiceops.usecases.prepare_keyword_set import prepare_keyword_set
from voiceops.usecases.update_from_message import update_from_message

NO_SPEECH = "No speech was detected in the message."
NOT_UNDERSTOOD = "Somebody speaks, but no word was made out: listen to the recording."


def enrich_callback_task(
    services: Services, unit: UnitOfWork, recording: Recording, *, transcript: Transcript
) -> CallbackTask | None:
    """The voicemail's task with the caller's facts, or None if nobody needs to act on it.

    A task whose messages hold no speech is closed as `no_message`; it stays visible.
    """
    message = unit.messages.find(recording.id)
    if message is None:
        return None
    read = _read(services, unit, recording, transcript=transcript, message=message)
    task = open_task_of(services, unit, recording, message=read)
    if task is None:
        unit.messages.save(read)
        return None
    read = replace(read, task_id=task.id)
    changed = update_from_message(services, unit, task, message=read, recording=recording)
    changed = replace(changed, language=transcript.language or task.language) if read.facts else changed
    return _stored(services, unit, changed, message=read)


def _read(
    services: Services, unit: UnitOfWork, recording: Recording, *, transcript: Transcript, message: TaskMessage
) -> TaskMessage:
    """The message with what is said in it.

    Speech without words is not silence: somebody may have spoken in a way that the engine does not
    understand, so a person listens.
    """
    if any(utterance.text for utterance in transcript.utterances):
        facts = caller_facts(
            transcript,
            region=find_queue(services, unit, recording.queue).region,
            received_at=recording.received_at,
            caller_number=recording.caller_number,
        )
        facts = replace(facts, topic=_topic(unit, recording, transcript=transcript))
        if transcript.masked or recording.silenced:
            facts = with_private(facts, message.facts)
        return replace(message, facts=facts, note=None, no_message=False)
    speech = any(spans for _, spans in transcript.speech or ())
    return replace(message, facts=None, note=NOT_UNDERSTOOD if speech else NO_SPEECH, no_message=not speech)


def _topic(unit: UnitOfWork, recording: Recording, *, transcript: Transcript) -> Fact[str] | None:
    """What the keyword sets that are meant for the queue and language notice in the message."""
    named = unit.queues.find(recording.queue).keyword_sets
    active = [stored.keyword_set for stored in unit.keyword_sets.list_active()]
    meant = [one for one in active if is_meant_for(one, named=named, language=transcript.language)]
    return find_topic([prepare_keyword_set(one) for one in meant if has_mentions(one)], transcript)


def _stored(services: Services, unit: UnitOfWork, task: CallbackTask, *, message: TaskMessage) -> CallbackTask | None:
    """Store it, and close it if nobody spoke in any of its messages, unless an agent works it already."""
    now = services.clock.now()
    silent = all(one.no_message for one in unit.messages.of_task(task.id))
    if silent and task.state is not TaskState.ACCEPTED:
        closed = replace(
            task.by(TaskMove.CLOSE), disposition=Disposition.NO_MESSAGE, ended_at=now, version=task.version
        )
        unit.tasks.save(closed, TaskEvent(task.id, now, actor="system", what="closed", why=NO_SPEECH))
        return None
    what, why = "noted", message.note or ""
    if message.facts is not None:
        what = "enriched"
        said = message.facts.urgency
        because = said.why if said.value is task.urgency else "With what its other messages say."
        why = f"The message was transcribed; urgency {task.urgency}: {because}"
    unit.tasks.save(task, TaskEvent(task.id, now, actor="system", what=what, why=why))
    return task
