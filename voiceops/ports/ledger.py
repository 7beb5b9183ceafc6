"""Port to the ledger of voicemails."""

from datetime import datetime
from typing import Protocol

from voiceops.domain.ledger import Ledger


class LedgerStore(Protocol):
    """Counts all voicemails against all tasks, by the rows themselves."""

    def read(self, *, now: datetime, limit: int = 1000) -> Ledger:
        """The ledger, with at most `limit` faults of each kind listed."""
        ...
