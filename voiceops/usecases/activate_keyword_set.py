"""Takes a stored version of a keyword set into use and evaluates stored calls with it."""

from voiceops.domain.reanalysis import EVER, Purpose, Reanalysis, Received
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Services, StoredKeywordSet, UnitOfWork
from voiceops.usecases.begin_reanalysis import AskedReanalysis, begin_reanalysis
from voiceops.usecases.require_seen import require_seen_version


def activate_keyword_set(
    services: Services,
    keyword_set_id: str,
    version: int,
    *,
    asked_by: str,
    received: Received = EVER,
    seen: int | None = None,
) -> Reanalysis:
    """The re-analysis of the calls `received` in that span, which began with the activation.

    `seen` is the version in use that the actor saw. Raises Changed if another one is, NotFound for a version
    that is not stored, and Conflict for one that is active already or older than the active one: findings show
    the newest version, which would not be the one in use.
    """
    asked = AskedReanalysis(keyword_set_id, version, Purpose.APPLY, asked_by, received)
    with services.open_view() as unit:
        total = unit.transcripts.count_calls(received)
    with services.open_unit() as unit:
        unit.keyword_sets.get(keyword_set_id, version)
        active = _active(unit, keyword_set_id)
        require_seen_version(active, record=keyword_set_id, version=seen)
        _check_newer(active, asked)
        unit.keyword_sets.activate(keyword_set_id, version)
        begun = begin_reanalysis(services, unit, asked, total=total)
        unit.commit()
    return begun


def _active(unit: UnitOfWork, keyword_set_id: str) -> StoredKeywordSet | None:
    try:
        return unit.keyword_sets.get(keyword_set_id)
    except NotFound:
        return None


def _check_newer(stored: StoredKeywordSet | None, asked: AskedReanalysis) -> None:
    if stored is None:
        return
    active = stored.keyword_set.version
    if asked.version == active:
        raise Conflict(
            f"Version {active} is in use already.",
            record=asked.keyword_set_id,
            next_step="Start a re-analysis if stored calls should be evaluated with it again.",
        )
    if asked.version < active:
        raise Conflict(
            f"Version {asked.version} is older than version {active}, which is in use.",
            record=asked.keyword_set_id,
            next_step="Upload the older text again under a higher version.",
        )
