"""Evaluates a call's transcript against the keyword sets that are meant for it."""

from voiceops.analysis.evaluate import evaluate
from voiceops.analysis.is_meant_for import is_meant_for
from voiceops.analysis.second_verdict import second_verdict
from voiceops.analysis.speech_metrics import speech_metrics
from voiceops.domain.recording import Recording
from voiceops.domain.transcript import Transcript
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.ask_for_second_look import ask_for_second_look
from voiceops.usecases.prepare_keyword_set import prepare_keyword_set


def analyse_call(services: Services, unit: UnitOfWork, recording: Recording, *, transcript: Transcript) -> None:
    """Store how people spoke, and one evaluation for each active keyword set that applies.

    What second looks heard before counts in them; where a window was missed that none covers, one is asked for.
    """
    unit.trends.keep_speech({recording.id: speech_metrics(transcript)})
    named = unit.queues.find(recording.queue).keyword_sets
    kept = unit.second_looks.find(recording.id)
    looks = kept.looks if kept is not None else ()
    judged = []
    for stored in unit.keyword_sets.list_active():
        if is_meant_for(stored.keyword_set, named=named, language=transcript.language):
            prepared = prepare_keyword_set(stored.keyword_set)
            first = evaluate(prepared, transcript, queue=recording.queue)
            evaluation = second_verdict(prepared, transcript, first, looks=looks, queue=recording.queue)
            unit.evaluations.put(recording.id, evaluation, services.clock.now())
            judged.append((stored.keyword_set, first))
    ask_for_second_look(services, unit, recording, transcript=transcript, judged=judged)
