"""Decides which of the newest events may be shown: a later number may be seen before an earlier one commits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from voiceops.domain.notice import TaskChange

PATIENCE = timedelta(seconds=5)  # units are short: what has not come by then was undone
LONG_AGO = timedelta(seconds=60)


class Settling:
    """Follows the events from a number on, in order, none left out and none twice.

    `reached` is the number up to which everything was given out.
    """

    def __init__(self, reached: int) -> None:
        self.reached = reached
        self._gap_after: int | None = None
        self._gap_since: datetime | None = None

    def settled(self, changes: Sequence[TaskChange], *, now: datetime) -> Sequence[TaskChange]:
        """Those of the next changes, lowest number first, before which nothing can appear any more."""
        given: list[TaskChange] = []
        for change in changes:
            if change.number > self.reached + 1 and self._may_fill(change, now):
                break
            self.reached = change.number
            given.append(change)
        return given

    def _may_fill(self, following: TaskChange, now: datetime) -> bool:
        """Whether the gap before this change may still be filled."""
        if now - following.at > LONG_AGO:
            return False
        if self._gap_after != self.reached or self._gap_since is None:
            self._gap_after, self._gap_since = self.reached, now
        return now - self._gap_since < PATIENCE
