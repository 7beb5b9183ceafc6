"""Finds parts of re-analyses that should be moving and are not, and sends their next batch again."""

from datetime import timedelta

import structlog

from voiceops.ports import Services
from voiceops.usecases.ask_for_reanalysis import ask_for_reanalysis

log = structlog.get_logger(__name__)


def resume_reanalyses(services: Services) -> int:
    """How many batches were sent again. Each goes on from where its part's last commit ended."""
    idle_before = services.clock.now() - timedelta(seconds=services.policy.idle_seconds)
    with services.open_view() as unit:
        stuck = unit.reanalyses.stuck(idle_before=idle_before)
        for part in stuck:
            ask_for_reanalysis(unit, part)
        # Nothing is changed; the commit is what sends jobs.
        unit.commit()
    if stuck:
        log.info("batches sent again", parts=len(stuck))
    return len(stuck)
