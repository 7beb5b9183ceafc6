"""The port to the counts of a supervisor's board."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from voiceops.domain.board import DoneTask, QueueTally


class BoardStore(Protocol):
    """Tasks counted; `teams` None counts all, else those whose agent is of one of them or whose queue is theirs."""

    def tallies(self, *, now: datetime, teams: Sequence[str] | None) -> Sequence[QueueTally]:
        """One for each queue that has tasks waiting, by queue; those in no queue come first."""
        ...

    def done_since(self, instant: datetime, *, teams: Sequence[str] | None) -> Sequence[DoneTask]:
        """Tasks done since then; those that turned out to hold no message are nobody's merit and left out."""
        ...
