"""Who looks after a customer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CustomerOwner:
    """`customer` is a telephone number in E.164, or the reference under which the customer is known."""

    customer: str
    agent_id: str
    set_by: str
    set_at: datetime
