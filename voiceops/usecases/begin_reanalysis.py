"""Begins a re-analysis of stored calls inside a unit of work: its row, its parts, and the first jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voiceops.domain.reanalysis import EVER, Purpose, Reanalysis, ReanalysisPart, ReanalysisState, Received
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.ask_for_reanalysis import ask_for_reanalysis

PARTS_LIMIT = 16
# A part of fewer batches than this is not worth a row of its own.
BATCHES_OF_A_PART = 2


@dataclass(frozen=True)
class AskedReanalysis:
    """What somebody wants to be evaluated anew, with which version, and why."""

    keyword_set_id: str
    version: int
    purpose: Purpose
    asked_by: str
    received: Received = EVER


def begin_reanalysis(services: Services, unit: UnitOfWork, asked: AskedReanalysis, *, total: int) -> Reanalysis:
    """The running re-analysis of `total` calls; nothing leaves before the unit's commit.

    Whatever still runs for the same keyword set is cancelled: its answer would be out of date.
    """
    now = services.clock.now()
    for other in unit.reanalyses.running(asked.keyword_set_id):
        unit.reanalyses.save(other.ended(ReanalysisState.CANCELLED, now))
    begun = Reanalysis(
        id=services.new_id(),
        keyword_set_id=asked.keyword_set_id,
        keyword_set_version=asked.version,
        purpose=asked.purpose,
        received=asked.received,
        total=total,
        asked_by=asked.asked_by,
        started_at=now,
    )
    if total == 0:
        begun = begun.ended(ReanalysisState.DONE, now)
    parts = _parts(services, begun)
    unit.reanalyses.add(begun, parts)
    for part in parts:
        ask_for_reanalysis(unit, part)
    return begun


def _parts(services: Services, reanalysis: Reanalysis) -> Sequence[ReanalysisPart]:
    """Ranges of ids that hold about as many calls each: ids begin with two random hexadecimal digits.

    Ids of any other form are covered too, only less evenly.
    """
    if reanalysis.total == 0:
        return ()
    calls_of_a_part = BATCHES_OF_A_PART * services.policy.reanalysis_batch_calls
    count = max(1, min(PARTS_LIMIT, reanalysis.total // calls_of_a_part))
    borders = [None, *(f"{256 * number // count:02x}" for number in range(1, count)), None]
    return [
        ReanalysisPart(services.new_id(), reanalysis.id, upto, reanalysis.started_at, cursor=after)
        for after, upto in pairwise(borders)
    ]
