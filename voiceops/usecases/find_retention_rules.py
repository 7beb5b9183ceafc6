"""Which rules of retention are in effect: those that queues have of their own, and the settings' for all others."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from voiceops.domain.recording import RecordingKind, RecordingPart
from voiceops.domain.retention import Retention
from voiceops.ports import RetentionRule, Services, UnitOfWork


def find_retention_rules(services: Services, unit: UnitOfWork) -> Sequence[RetentionRule]:
    """One rule for each kind, part and group of queues that is not kept for ever."""
    own = [queue for queue in unit.queues.list() if queue.retention is not None]
    names = tuple(queue.id for queue in own)
    return [
        *(rule for queue in own for rule in _rules(queue.retention, queues=(queue.id,))),
        *_rules(services.policy.retention, but_queues=names),
    ]


def received_before(services: Services, rule: RetentionRule) -> datetime:
    """What was received before this instant is due by a rule."""
    return services.clock.now() - timedelta(days=rule.days)


def _rules(
    retention: Retention | None, *, queues: tuple[str, ...] | None = None, but_queues: tuple[str, ...] = ()
) -> Iterator[RetentionRule]:
    for kind in RecordingKind:
        for part in RecordingPart:
            days = retention.of(kind).of(part) if retention is not None else None
            if days is not None:
                yield RetentionRule(kind, part, days, queues, but_queues)
