"""Keeps who searched in what is said in calls."""

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.ports import Services


def log_search(services: Services, *, actor: str) -> None:
    """Add the line before anything is shown. The words stay out: they may name a person, and the log is kept."""
    with services.open_unit() as unit:
        unit.access_log.add(AccessEntry(services.clock.now(), actor, AccessAction.SEARCHED, "calls"))
        unit.commit()
