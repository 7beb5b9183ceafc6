"""Ports to what decides who gets a task: offers made, whom a caller knows, and who owns a customer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from voiceops.analysis.route import LastSpoken
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.ports.records import Page


@dataclass(frozen=True)
class Offer:
    """A task that was offered to its agent and not yet accepted, and since when."""

    task: CallbackTask
    at: datetime


class OfferStore(Protocol):
    """What was offered to whom. Nothing here reads more than the tasks that are open."""

    def pending(self) -> Sequence[Offer]:
        """Every offer that is not yet accepted, in no order."""
        ...

    def last_offered(self) -> Mapping[str, datetime]:
        """For each agent who was ever offered a task, when the newest offer was made."""
        ...

    def passed(self, task_id: str) -> Mapping[str, int]:
        """For each agent who let an offer of this task lapse, or gave the task back to the pool, how often."""
        ...

    def last_spoken(self, numbers: Collection[str], *, but_not: str) -> LastSpoken | None:
        """Who last spoke to, or had a task of, one of these caller's numbers; that one task aside."""
        ...


class OwnerStore(Protocol):
    """Who looks after which customer; lists are ordered by customer."""

    def put(self, owner: CustomerOwner) -> None:
        """Store or replace."""
        ...

    def find(self, customers: Sequence[str]) -> CustomerOwner | None:
        """The owner of the first of these customers that has one."""
        ...

    def list(self, page: Page, *, teams: Collection[str] | None = None) -> Sequence[CustomerOwner]:
        """One page; `page.after` is a customer. With `teams`, only where the owner is of one of them."""
        ...

    def remove(self, customer: str) -> None:
        """Raises NotFound."""
        ...
