"""Signs in somebody whom a provider vouches for, with the rights that its claims give them."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import Role
from voiceops.domain.user import Rights, Session, User
from voiceops.errors import NotAllowed
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.begin_session import begin_session
from voiceops.usecases.change_user import keep_an_admin


def sign_in_with_provider(services: Services, claims: Mapping[str, Any]) -> tuple[Session, User, str]:
    """The new session, its user, and the session's secret.

    Where the rules map roles, the claim decides at each sign-in, and who has none of the roles stays outside; else
    the stored rights stand. Raises NotAllowed for somebody who is not known, not meant, or shut out, NotFound where
    an agent of that name is not stored, and Conflict rather than leave the system without an administrator.
    """
    now = services.clock.now()
    name = _name(services, claims)
    rights = _rights(services, claims, name)
    # Made outside of the transaction: it takes a tenth of a second.
    no_password = services.passwords.hash(secrets.token_urlsafe(32))
    with services.open_unit() as unit:
        user = unit.users.find(name)
        if user is None:
            user = _new_user(services, unit, name, rights, no_password)
        if user.disabled_at is not None:
            raise NotAllowed("You were shut out.", record=name, next_step="Ask an administrator to let you in again.")
        if rights is not None:
            user = _with_rights(unit, user, rights, now)
        if user.must_change_password:
            # Nobody waits for a password of theirs any more, and the one that was given to them opens nothing.
            user = replace(user, must_change_password=False, password_hash=no_password)
        session, secret = begin_session(services, unit, user, now)
        unit.commit()
    return session, user, secret


def _name(services: Services, claims: Mapping[str, Any]) -> str:
    rules = services.policy.sign_in
    name = claims.get(rules.name_claim)
    # An address that nobody confirmed could be a colleague's.
    is_proved = rules.name_claim != "email" or claims.get("email_verified") is True
    if not isinstance(name, str) or not name.strip() or not is_proved:
        raise NotAllowed(
            f"The provider does not say your {rules.name_claim}, or did not confirm it.",
            record="the sign-in provider",
            next_step="Ask an administrator to check the provider and VOICEOPS_OIDC_NAME_CLAIM.",
        )
    return name.strip()


def _rights(services: Services, claims: Mapping[str, Any], name: str) -> Rights | None:
    """The first mapped role that the claim holds, or None where roles are not mapped."""
    rules = services.policy.sign_in
    if not rules.roles:
        return None
    given = claims.get(rules.role_claim)
    held = {given} if isinstance(given, str) else set(given) if isinstance(given, list) else set()
    for role, rights in rules.roles.items():
        if role in held:
            # An agent's user is called like the agent.
            return replace(rights, agent_id=name) if rights.role is Role.AGENT else rights
    raise NotAllowed(
        "The provider gives you no role here.", record=name, next_step="Ask whoever keeps the provider for a role."
    )


def _new_user(services: Services, unit: UnitOfWork, name: str, rights: Rights | None, password_hash: str) -> User:
    """A user who can come in by the provider alone."""
    if not services.policy.sign_in.create_users or rights is None:
        raise NotAllowed("You are not known here.", record=name, next_step="Ask an administrator to add you.")
    if rights.agent_id is not None:
        unit.agents.get(rights.agent_id)
    user = User(services.new_id(), name, password_hash=password_hash, created_at=services.clock.now(), **vars(rights))
    unit.users.add(user)
    detail = f"New user by the sign-in provider: {rights}."
    unit.access_log.add(AccessEntry(user.created_at, "system", AccessAction.CHANGED_RIGHTS, name, detail=detail))
    return user


def _with_rights(unit: UnitOfWork, user: User, rights: Rights, now: datetime) -> User:
    """The user as the provider says; sessions with other rights end."""
    if user.rights == rights:
        return user
    if rights.agent_id is not None:
        unit.agents.get(rights.agent_id)
    changed = replace(user, **vars(rights))
    keep_an_admin(unit, changed)
    unit.users.end_sessions_of(user.id)
    detail = f"Role {rights}, by the sign-in provider."
    unit.access_log.add(AccessEntry(now, "system", AccessAction.CHANGED_RIGHTS, user.name, detail=detail))
    return changed
