"""Checks the promise: every voicemail that was received has one open duty or one recorded ending."""

from voiceops.domain.ledger import Ledger
from voiceops.ports import Services


def check_ledger(services: Services) -> Ledger:
    """The ledger of this moment; it changes nothing."""
    with services.open_view() as unit:
        return unit.ledger.read(now=services.clock.now())
