"""Names the agent who looks after a customer."""

from voiceops.analysis.customer_key import customer_key
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.ports import Services
from voiceops.usecases.require_seen import require_seen_owner


def set_owner(
    services: Services, customer: str, agent_id: str, *, actor: str, seen: str | None = None
) -> CustomerOwner:
    """The owner as stored; a telephone number is brought into E.164.

    `seen` is the tag of the owner that the actor saw. Raises Changed, or NotFound for an unknown agent.
    """
    key = customer_key(customer, region=services.policy.default_region)
    with services.open_unit() as unit:
        agent = unit.agents.get(agent_id)
        require_seen_owner(unit.owners.find([key]), record=customer, seen=seen)
        owner = CustomerOwner(key, agent.id, set_by=actor, set_at=services.clock.now())
        unit.owners.put(owner)
        unit.commit()
    return owner
