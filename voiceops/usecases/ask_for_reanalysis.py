"""Asks for the next batch of one part of a re-analysis."""

from voiceops.domain.reanalysis import ReanalysisPart
from voiceops.ports import Job, JobName, Lane, UnitOfWork

# A batch takes seconds; minutes mean that something hangs.
TIME_LIMIT_SECONDS = 600


def ask_for_reanalysis(unit: UnitOfWork, part: ReanalysisPart) -> None:
    """Enqueue the job after the unit's commit; asking twice for the same batch is harmless."""
    unit.ask(
        Job(
            name=JobName.REANALYSE,
            lane=Lane.REANALYSE,
            record_id=part.id,
            timeout_seconds=TIME_LIMIT_SECONDS,
            attempt=part.batches,
        )
    )
