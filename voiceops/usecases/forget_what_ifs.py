"""Removes what-if re-analyses that ended long ago, with their lists of changes: by now they say nothing true."""

from datetime import timedelta

from voiceops.ports import Services


def forget_what_ifs(services: Services) -> int:
    """How many were removed; what is left over goes in the next round. Re-analyses that stored findings stay."""
    ended_before = services.clock.now() - timedelta(days=services.policy.what_if_days)
    with services.open_unit() as unit:
        removed = unit.reanalyses.forget_what_ifs(ended_before=ended_before)
        unit.commit()
    return removed
