"""Tells how far a re-analysis has come."""

from functools import reduce
from operator import add

from voiceops.domain.reanalysis import Counts, Progress
from voiceops.ports import UnitOfWork


def follow_reanalysis(unit: UnitOfWork, reanalysis_id: str) -> Progress:
    """The re-analysis with the counts of all its parts. Raises NotFound."""
    reanalysis = unit.reanalyses.get(reanalysis_id)
    return Progress(reanalysis, reduce(add, (part.counts for part in unit.reanalyses.parts(reanalysis_id)), Counts()))
