"""Adds to a callback task what the caller said: number, name, reason, urgency, due time."""

from dataclasses import replace

from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.due import due_at
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskState
from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.recording import Recording
from voiceops.domain.transcript import Transcript
from voiceops.ports import Services, UnitOfWork

NO_SPEECH = "No speech was detected in the message."
NOT_UNDERSTOOD = "Somebody speaks, but no word was made out: listen to the recording."


def enrich_callback_task(
    services: Services, unit: UnitOfWork, recording: Recording, *, transcript: Transcript
) -> CallbackTask | None:
    """The voicemail's task with the caller's facts, or None if nobody needs to act on it.

    A message without a word is closed as `no_message`; it stays visible.
    """
    task = unit.tasks.find_by_recording(recording.id)
    if task is None or task.state.is_ended:
        return None
    if not any(utterance.text for utterance in transcript.utterances):
        return _without_words(services, unit, task, transcript=transcript)
    queue = unit.queues.find(recording.queue)
    facts = caller_facts(
        transcript, region=queue.region, received_at=recording.received_at, caller_number=recording.caller_number
    )
    enriched = _with_facts(task, facts, language=transcript.language)
    enriched = replace(
        enriched,
        due_at=due_at(
            raised_at=task.raised_at,
            urgency=facts.urgency.value,
            queue=queue,
            wanted_at=facts.wanted_at.value if facts.wanted_at is not None else None,
        ),
    )
    why = f"The message was transcribed; urgency {facts.urgency.value}: {facts.urgency.why}"
    unit.tasks.save(enriched, TaskEvent(task.id, services.clock.now(), actor="system", what="enriched", why=why))
    return enriched


def _with_facts(task: CallbackTask, facts: CallerFacts, *, language: str | None) -> CallbackTask:
    number = facts.callback_number
    unsure = number is not None and number.value is None
    return replace(
        task,
        facts=facts,
        urgency=facts.urgency.value,
        language=language or task.language,
        note="The number could not be made out: listen to the recording." if unsure else None,
        version=task.version + 1,
    )


def _without_words(
    services: Services, unit: UnitOfWork, task: CallbackTask, *, transcript: Transcript
) -> CallbackTask | None:
    """Close the task if nobody spoke at all, unless an agent is working it already.

    Speech without words is another matter: somebody may have spoken in a way that the engine does
    not understand, so a person listens.
    """
    now = services.clock.now()
    speech = any(spans for _, spans in transcript.speech or ())
    if speech or task.state is TaskState.ACCEPTED:
        note = NOT_UNDERSTOOD if speech else NO_SPEECH
        noted = replace(task, note=note, version=task.version + 1)
        unit.tasks.save(noted, TaskEvent(task.id, now, actor="system", what="noted", why=note))
        return noted
    closed = replace(
        task.moved(TaskState.DONE),
        disposition=Disposition.NO_MESSAGE,
        note=NO_SPEECH,
        ended_at=now,
        version=task.version + 1,
    )
    unit.tasks.save(closed, TaskEvent(task.id, now, actor="system", what="closed", why=NO_SPEECH))
    return None
