"""Creates a user with a one-time password, which is shown once and must be changed at the first sign-in."""

import secrets
from collections.abc import Sequence

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import Role
from voiceops.domain.user import Rights, User
from voiceops.ports import Services


def create_user(
    services: Services, *, name: str, role: Role, actor: str, agent_id: str | None = None, teams: Sequence[str] = ()
) -> tuple[User, str]:
    """The stored user and the password.

    Raises BadInput if an agent's user names no agent or a supervisor's no team, NotFound for an unknown agent,
    Conflict if the name is taken.
    """
    rights = Rights(role, agent_id, tuple(teams))
    rights.require_whole(record=name)
    password = one_time_password()
    user = User(
        id=services.new_id(),
        name=name,
        role=role,
        password_hash=services.passwords.hash(password),
        created_at=services.clock.now(),
        agent_id=agent_id,
        teams=rights.teams,
        must_change_password=True,
    )
    with services.open_unit() as unit:
        if agent_id is not None:
            unit.agents.get(agent_id)
        unit.users.add(user)
        unit.access_log.add(
            AccessEntry(user.created_at, actor, AccessAction.CHANGED_RIGHTS, user.name, detail=f"New user: {rights}.")
        )
        unit.commit()
    return user, password


def one_time_password() -> str:
    """A password of 96 random bits."""
    return secrets.token_urlsafe(12)
