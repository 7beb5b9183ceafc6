"""A random sample of calls for an audit: which calls, and all that it takes to see that chance chose them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sample:
    """Up to `per_agent` calls of each agent, drawn by `seed` out of `out_of` calls; it never changes.

    `asked` says which calls there were to draw from, as the query of the worklist's address; "" stands for all.
    """

    id: str
    drawn_by: str
    drawn_at: datetime
    asked: str
    per_agent: int
    seed: str
    out_of: int
    recording_ids: tuple[str, ...]
