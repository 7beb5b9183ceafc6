"""Begins the session of somebody who proved who they are."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.user import Session, User
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.create_token import hash_of


def begin_session(services: Services, unit: UnitOfWork, user: User, now: datetime) -> tuple[Session, str]:
    """The session and its secret, added to the unit; earlier failures are forgotten, expired sessions go."""
    secret = secrets.token_urlsafe(32)
    session = Session(
        id=services.new_id(),
        user_id=user.id,
        sha256=hash_of(secret),
        created_at=now,
        used_at=now,
        expires_at=now + timedelta(hours=services.policy.session_hours),
    )
    unit.users.save(replace(user, failures=0, locked_until=None))
    unit.users.remove_sessions(before=now)
    unit.users.add_session(session)
    unit.access_log.add(AccessEntry(now, user.name, AccessAction.SIGNED_IN, user.name))
    return session, secret
