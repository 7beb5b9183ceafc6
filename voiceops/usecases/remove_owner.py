"""Takes away that somebody looks after a customer."""

from voiceops.analysis.customer_key import customer_key
from voiceops.ports import Services
from voiceops.usecases.require_seen import require_seen_owner


def remove_owner(services: Services, customer: str, *, seen: str | None = None) -> None:
    """`seen` is the tag of the owner that the actor saw. Raises Changed, or NotFound if nobody is named."""
    key = customer_key(customer, region=services.policy.default_region)
    with services.open_unit() as unit:
        require_seen_owner(unit.owners.find([key]), record=customer, seen=seen)
        unit.owners.remove(key)
        unit.commit()
