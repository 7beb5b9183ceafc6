"""Changes what a user may do, or shuts them out and lets them in again."""

from dataclasses import replace

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import Role
from voiceops.domain.user import Rights, User
from voiceops.errors import Conflict
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.require_seen import require_seen_user


def change_user(
    services: Services, user_id: str, *, actor: str, rights: Rights, disabled: bool, seen: str | None = None
) -> User:
    """The user as stored; every session of theirs ends, so that no old right lives on.

    `seen` is the tag of the user that the actor saw. Raises NotFound, Changed, BadInput for an agent without an
    agent's id or a supervisor without a team, and Conflict rather than leave the system without an administrator.
    """
    rights.require_whole(record=user_id)
    now = services.clock.now()
    with services.open_unit() as unit:
        user = unit.users.get(user_id)
        if rights.agent_id is not None:
            unit.agents.get(rights.agent_id)
        changed = replace(user, **vars(rights), disabled_at=(user.disabled_at or now) if disabled else None)
        require_seen_user(user, changed, seen=seen)
        keep_an_admin(unit, changed)
        unit.users.save(changed)
        unit.users.end_sessions_of(user_id)
        detail = f"Role {rights}{', shut out' if disabled else ''}."
        unit.access_log.add(AccessEntry(now, actor, AccessAction.CHANGED_RIGHTS, user.name, detail=detail))
        unit.commit()
    return changed


def keep_an_admin(unit: UnitOfWork, changed: User) -> None:
    """Raise Conflict if nobody were an administrator any more who can sign in."""
    others = [user for user in unit.users.list() if user.id != changed.id]
    if not any(one.role is Role.ADMIN and one.disabled_at is None for one in (*others, changed)):
        raise Conflict(
            "This is the last administrator who can sign in.",
            record=changed.name,
            next_step="Make somebody else an administrator first.",
        )
