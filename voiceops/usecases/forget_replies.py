"""Removes replies whose keys are free again."""

from voiceops.ports import Services


def forget_replies(services: Services) -> int:
    """How many were removed."""
    with services.open_unit() as unit:
        removed = unit.replies.forget(expired_before=services.clock.now())
        unit.commit()
    return removed
