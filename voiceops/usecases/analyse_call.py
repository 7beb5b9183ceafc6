"""Evaluates a call's transcript against the keyword sets that are meant for it."""

from voiceops.analysis.evaluate import evaluate
from voiceops.analysis.is_meant_for import is_meant_for
from voiceops.analysis.speech_metrics import speech_metrics
from voiceops.domain.recording import Recording
from voiceops.domain.transcript import Transcript
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.prepare_keyword_set import prepare_keyword_set


def analyse_call(services: Services, unit: UnitOfWork, recording: Recording, *, transcript: Transcript) -> None:
    """Store how people spoke, and one evaluation for each active keyword set that applies."""
    unit.trends.keep_speech({recording.id: speech_metrics(transcript)})
    named = unit.queues.find(recording.queue).keyword_sets
    for stored in unit.keyword_sets.list_active():
        if is_meant_for(stored.keyword_set, named=named, language=transcript.language):
            evaluation = evaluate(prepare_keyword_set(stored.keyword_set), transcript, queue=recording.queue)
            unit.evaluations.put(recording.id, evaluation, services.clock.now())
