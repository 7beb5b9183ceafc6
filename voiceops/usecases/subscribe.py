"""Notes down that a person, a queue or another system wants to be told, and where."""

import base64
import secrets
from dataclasses import dataclass, field

from voiceops.domain.notice import AGENT_PREFIX, QUEUE_PREFIX, SUPERVISOR, WEBHOOK, Address, EventType, Subscription
from voiceops.errors import BadInput
from voiceops.ports import Services


@dataclass(frozen=True)
class Wish:
    """Who wants to be told where; see Subscription. `types` are for webhooks only."""

    owner: str
    url: str = field(repr=False)
    types: tuple[EventType, ...] = ()


def subscribe(services: Services, wish: Wish, *, added_by: str) -> Subscription:
    """The stored subscription; a webhook's `secret` is to be shown this once.

    Raises BadInput for an address or owner that cannot be used, NotFound for an unknown agent, Unavailable
    if the address cannot be judged now.
    """
    _check_owner(wish)
    secret = _new_secret() if wish.owner == WEBHOOK else None
    services.notifier.check(Address(url=wish.url, secret=secret))
    subscription = Subscription(
        id=services.new_id(),
        owner=wish.owner,
        url=wish.url,
        added_at=services.clock.now(),
        added_by=added_by,
        types=wish.types,
        secret=secret,
    )
    with services.open_unit() as unit:
        if wish.owner.startswith(AGENT_PREFIX):
            unit.agents.get(wish.owner.removeprefix(AGENT_PREFIX))
        unit.subscriptions.add(subscription)
        unit.commit()
    return subscription


def _check_owner(wish: Wish) -> None:
    named = any(wish.owner.startswith(prefix) and wish.owner != prefix for prefix in (AGENT_PREFIX, QUEUE_PREFIX))
    if not named and wish.owner not in {SUPERVISOR, WEBHOOK}:
        raise BadInput(
            "Nobody of this kind can be told.",
            record=wish.owner,
            next_step="Name agent:ID, queue:ID, supervisor or webhook.",
        )
    if wish.types and wish.owner != WEBHOOK:
        raise BadInput(
            "Only a webhook chooses the types of its events.",
            record=wish.owner,
            next_step="Leave the types out: people hear what concerns them.",
        )


def _new_secret() -> str:
    """In the form of Standard Webhooks: 32 random bytes in base64 behind `whsec_`."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
