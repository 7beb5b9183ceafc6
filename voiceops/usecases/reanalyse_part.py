"""Evaluates the next batch of stored calls of one part of a re-analysis, without transcribing anything again.

What a batch found and how far it came are stored in one commit: a crash loses at most the batch
in hand, and a job that runs twice does the same batch no second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog

from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate
from voiceops.analysis.is_meant_for import is_meant_for
from voiceops.analysis.second_verdict import second_verdict
from voiceops.analysis.speech_metrics import SpeechMetrics, speech_metrics
from voiceops.domain.finding import Evaluation
from voiceops.domain.reanalysis import (
    Counts,
    Purpose,
    Reanalysis,
    ReanalysisPart,
    ReanalysisState,
    VerdictChange,
    changes_between,
)
from voiceops.domain.second_look import SecondLooks
from voiceops.ports import CallRange, Services, TranscribedCall, UnitOfWork
from voiceops.usecases.ask_for_reanalysis import ask_for_reanalysis
from voiceops.usecases.prepare_keyword_set import prepare_keyword_set

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Batch:
    """Calls of one part, what was stored about them, and the queues' own choice of keyword sets."""

    part: ReanalysisPart
    reanalysis: Reanalysis
    keyword_set: PreparedKeywordSet
    calls: Sequence[TranscribedCall]
    before: dict[str, Evaluation]
    looks: Mapping[str, SecondLooks]
    named: dict[str, tuple[str, ...]]
    is_last: bool


@dataclass
class _Found:
    """What a batch found."""

    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    changes: list[VerdictChange] = field(default_factory=list)
    measured: dict[str, SpeechMetrics] = field(default_factory=dict)
    failed: int = 0


def reanalyse_part(services: Services, part_id: str) -> None:
    """Do one batch and ask for the next. A part that is done, or of a cancelled re-analysis, is left alone."""
    batch = _read(services, part_id)
    if batch is not None:
        # No unit is open meanwhile: nobody waits for seconds of computing.
        _store(services, batch, _evaluated(batch))


def _read(services: Services, part_id: str) -> _Batch | None:
    with services.open_view() as unit:
        part = unit.reanalyses.part(part_id)
        reanalysis = unit.reanalyses.get(part.reanalysis_id)
        if part.is_done or reanalysis.state is not ReanalysisState.RUNNING:
            return None
        stored = unit.keyword_sets.get(reanalysis.keyword_set_id, reanalysis.keyword_set_version)
        wanted = CallRange(part.cursor, part.upto, reanalysis.received)
        limit = services.policy.reanalysis_batch_calls
        calls = unit.transcripts.calls(wanted, limit=limit)
        ids = [call.recording_id for call in calls]
        before, looks = unit.evaluations.newest(reanalysis.keyword_set_id, ids), unit.second_looks.of(ids)
        named = {queue.id: queue.keyword_sets for queue in unit.queues.list()}
    prepared = prepare_keyword_set(stored.keyword_set)
    return _Batch(part, reanalysis, prepared, calls, dict(before), looks, named, is_last=len(calls) < limit)


def _evaluated(batch: _Batch) -> _Found:
    found = _Found()
    for call in batch.calls:
        try:
            evaluation = _evaluate(batch, call, found)
        except Exception as fault:  # noqa: BLE001  one call that breaks it must not stop a million others
            found.failed += 1
            # Its message could quote what was said.
            log.error(  # noqa: TRY400
                "call not evaluated", recording_id=call.recording_id, error=type(fault).__name__
            )
            continue
        if evaluation is None:
            continue
        found.evaluations[call.recording_id] = evaluation
        before = batch.before.get(call.recording_id)
        if before is not None:
            found.changes += changes_between(call.recording_id, before, evaluation)
    return found


def _evaluate(batch: _Batch, call: TranscribedCall, found: _Found) -> Evaluation | None:
    """None where the set is not meant for the call, whose speech is measured all the same."""
    transcript = call.read()
    if transcript is None:
        raise ValueError("the transcript is damaged")
    if batch.reanalysis.purpose is Purpose.APPLY:
        found.measured[call.recording_id] = speech_metrics(transcript)
    named = batch.named.get(call.queue, ()) if call.queue else ()
    if not is_meant_for(batch.keyword_set.keyword_set, named=named, language=transcript.language):
        return None
    first = evaluate(batch.keyword_set, transcript, queue=call.queue)
    kept = batch.looks.get(call.recording_id)
    # What was heard at a second look counts here as well; no sound is decoded for a re-analysis.
    looks = kept.looks if kept is not None else ()
    return second_verdict(batch.keyword_set, transcript, first, looks=looks, queue=call.queue)


def _store(services: Services, batch: _Batch, found: _Found) -> None:
    with services.open_unit() as unit:
        # Held until the commit: of two parts that end at once, one sees that the other has ended.
        reanalysis = unit.reanalyses.get(batch.reanalysis.id)
        stored = unit.reanalyses.part(batch.part.id)
        if reanalysis.state is not ReanalysisState.RUNNING or stored.batches != batch.part.batches:
            log.info("batch dropped", part_id=batch.part.id, state=reanalysis.state.value)
            return
        now = services.clock.now()
        found.evaluations.update(_with_late_looks(unit, batch))
        if reanalysis.purpose is Purpose.APPLY:
            unit.evaluations.put_all(found.evaluations, now)
            unit.trends.keep_speech(found.measured)
        unit.reanalyses.add_changes(reanalysis.id, found.changes)
        moved = replace(
            stored,
            cursor=batch.calls[-1].recording_id if batch.calls else stored.cursor,
            batches=stored.batches + 1,
            is_done=batch.is_last,
            moved_at=now,
            counts=stored.counts + _counts(batch, found),
        )
        unit.reanalyses.save_part(moved)
        _go_on(services, unit, reanalysis, part=moved)
        unit.commit()


def _with_late_looks(unit: UnitOfWork, batch: _Batch) -> dict[str, Evaluation]:
    """The calls of a batch that were looked at a second time while it was evaluated, evaluated with that."""
    now = unit.second_looks.of([call.recording_id for call in batch.calls])
    late = [call for call in batch.calls if now.get(call.recording_id) != batch.looks.get(call.recording_id)]
    return _evaluated(replace(batch, calls=late, looks=now)).evaluations if late else {}


def _counts(batch: _Batch, found: _Found) -> Counts:
    changed = {change.recording_id for change in found.changes}
    return Counts(len(batch.calls), len(found.evaluations), len(changed), found.failed)


def _go_on(services: Services, unit: UnitOfWork, reanalysis: Reanalysis, *, part: ReanalysisPart) -> None:
    if not part.is_done:
        ask_for_reanalysis(unit, part)
    elif all(other.is_done for other in unit.reanalyses.parts(reanalysis.id)):
        unit.reanalyses.save(reanalysis.ended(ReanalysisState.DONE, services.clock.now()))
        log.info("re-analysis done", reanalysis_id=reanalysis.id)
