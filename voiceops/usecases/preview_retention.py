"""Says what the rules of retention would remove now, without removing anything."""

from collections.abc import Sequence

from voiceops.ports import DueParts, RetentionRule, Services
from voiceops.usecases.find_retention_rules import find_retention_rules, received_before


def preview_retention(services: Services) -> Sequence[tuple[RetentionRule, DueParts]]:
    """Each rule with how much is due by it."""
    with services.open_view() as unit:
        rules = find_retention_rules(services, unit)
        return [(rule, unit.retention.count(rule, before=received_before(services, rule))) for rule in rules]
