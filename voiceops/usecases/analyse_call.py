"""Evaluates a call's transcript against the keyword sets that are meant for it."""

from collections.abc import Sequence

from voiceops.analysis.evaluate import evaluate
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.recording import Recording
from voiceops.domain.transcript import Transcript
from voiceops.ports import Services, UnitOfWork


def analyse_call(services: Services, unit: UnitOfWork, recording: Recording, *, transcript: Transcript) -> None:
    """Store one evaluation for each keyword set that applies."""
    for keyword_set in _keyword_sets(unit, recording, transcript):
        evaluation = evaluate(keyword_set, transcript, queue=recording.queue)
        unit.evaluations.put(recording.id, evaluation, services.clock.now())


def _keyword_sets(unit: UnitOfWork, recording: Recording, transcript: Transcript) -> Sequence[KeywordSet]:
    """The queue's own sets where it names any, else every active set of the call's language."""
    active = [stored.keyword_set for stored in unit.keyword_sets.list_active()]
    named = unit.queues.find(recording.queue).keyword_sets
    if named:
        return [one for one in active if one.id in named]
    return [one for one in active if one.language == transcript.language]
