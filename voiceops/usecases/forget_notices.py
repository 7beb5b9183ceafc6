"""Removes notices that were delivered or failed long ago."""

from datetime import timedelta

from voiceops.ports import Services


def forget_notices(services: Services) -> int:
    """How many were removed; what is left over goes in the next round."""
    ended_before = services.clock.now() - timedelta(days=services.policy.notice_days)
    with services.open_unit() as unit:
        removed = unit.notices.forget(ended_before=ended_before)
        unit.commit()
    return removed
