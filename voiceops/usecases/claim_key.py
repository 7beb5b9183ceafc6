"""Takes a client's key for the request that carries it, unless an earlier request has it."""

from datetime import timedelta

from voiceops.domain.kept_reply import KeptReply
from voiceops.errors import Conflict
from voiceops.ports import Services, UnitOfWork

# Longer than any request but an upload takes. An upload that is sent again meanwhile does no harm: the content decides.
HOLD_SECONDS = 60


def claim_key(services: Services, principal: str, key_sha256: str) -> tuple[KeptReply, bool]:
    """What stands under the key now, and whether it is this request's to work on.

    A key whose time is over, or whose request died on the way, is taken as if it were new.
    """
    now = services.clock.now()
    expires_at = now + timedelta(hours=services.policy.idempotency_hours)
    ours = KeptReply(principal, key_sha256, now + timedelta(seconds=HOLD_SECONDS), expires_at)
    with services.open_unit() as unit:
        found = unit.replies.find(principal, key_sha256)
        if found is not None and found.expires_at > now and (found.reply is not None or found.held_until > now):
            return found, False
        if found is not None:
            unit.replies.save(ours)
        elif not _added(unit, ours):
            return ours, False
        unit.commit()
    return ours, True


def _added(unit: UnitOfWork, ours: KeptReply) -> bool:
    """Whether nobody came first in this very moment."""
    try:
        unit.replies.add(ours)
    except Conflict:
        return False
    return True
