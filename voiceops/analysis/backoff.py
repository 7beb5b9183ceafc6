"""How long to wait before a notice is sent again."""

from datetime import timedelta

# Short at first, for a receiver that restarts; then long enough for a night's outage: 37 hours in all.
_PAUSES_SECONDS = (5, 30, 300, 1800, 7200, 18_000, 36_000, 72_000)


def next_pause(attempts: int) -> timedelta | None:
    """The pause after so many attempts in vain, counted from 1; None after the last."""
    return timedelta(seconds=_PAUSES_SECONDS[attempts - 1]) if attempts <= len(_PAUSES_SECONDS) else None
