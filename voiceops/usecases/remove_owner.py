"""Takes away that somebody looks after a customer."""

from voiceops.analysis.customer_key import customer_key
from voiceops.ports import Services


def remove_owner(services: Services, customer: str) -> None:
    """Raises NotFound if nobody is named."""
    with services.open_unit() as unit:
        unit.owners.remove(customer_key(customer, region=services.policy.default_region))
        unit.commit()
