"""Signs a user out everywhere."""

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.ports import Services


def end_user_sessions(services: Services, user_id: str, *, actor: str) -> int:
    """How many there were. Raises NotFound."""
    with services.open_unit() as unit:
        user = unit.users.get(user_id)
        count = unit.users.end_sessions_of(user_id)
        detail = f"Ended {count} sessions."
        unit.access_log.add(
            AccessEntry(services.clock.now(), actor, AccessAction.CHANGED_RIGHTS, user.name, detail=detail)
        )
        unit.commit()
    return count
