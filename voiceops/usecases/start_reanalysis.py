"""Starts a re-analysis of stored calls because a person asked: to apply the active version, or only to see."""

from voiceops.domain.reanalysis import Purpose, Reanalysis
from voiceops.errors import Conflict
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.begin_reanalysis import AskedReanalysis, begin_reanalysis


def start_reanalysis(services: Services, asked: AskedReanalysis) -> Reanalysis:
    """The running re-analysis; one that still runs for the same purpose is cancelled.

    Raises NotFound for a version that is not stored, and Conflict where a version that is not
    active is to be applied, or where a look ahead would disturb one that is being applied.
    """
    with services.open_view() as unit:
        total = unit.transcripts.count_calls(asked.received)
    with services.open_unit() as unit:
        _check(unit, asked)
        begun = begin_reanalysis(services, unit, asked, total=total)
        unit.commit()
    return begun


def _check(unit: UnitOfWork, asked: AskedReanalysis) -> None:
    stored = unit.keyword_sets.get(asked.keyword_set_id, asked.version)
    if asked.purpose is Purpose.APPLY and not stored.active:
        raise Conflict(
            f"Version {asked.version} is not active, so its findings cannot be stored.",
            record=asked.keyword_set_id,
            next_step="Activate it, which starts its re-analysis, or ask what would change.",
        )
    applied = [one for one in unit.reanalyses.running(asked.keyword_set_id) if one.purpose is Purpose.APPLY]
    if asked.purpose is Purpose.WHAT_IF and applied:
        raise Conflict(
            f"Version {applied[0].keyword_set_version} is being applied to stored calls just now.",
            record=asked.keyword_set_id,
            next_step=f"Wait until re-analysis {applied[0].id} is done, or cancel it.",
        )
