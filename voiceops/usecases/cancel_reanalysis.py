"""Cancels a running re-analysis: batches in hand are dropped, what was stored stays."""

from voiceops.domain.reanalysis import Reanalysis, ReanalysisState
from voiceops.ports import Services


def cancel_reanalysis(services: Services, reanalysis_id: str) -> Reanalysis:
    """The cancelled re-analysis. Raises NotFound, or Conflict if it has ended already."""
    with services.open_unit() as unit:
        cancelled = unit.reanalyses.get(reanalysis_id).ended(ReanalysisState.CANCELLED, services.clock.now())
        unit.reanalyses.save(cancelled)
        unit.commit()
    return cancelled
