"""Signs a person in by name and password, slower after each failure, and begins their session."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.user import Session, User
from voiceops.errors import NotSignedIn, TooManyAttempts
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.begin_session import begin_session

# So many wrong passwords cost nothing; each further one doubles the wait.
FREE_FAILURES = 4
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 3600


def sign_in_with_password(services: Services, *, name: str, password: str) -> tuple[Session, User, str]:
    """The new session, its user, and the session's secret.

    Raises NotSignedIn for a wrong name or password, without saying which, and TooManyAttempts while locked.
    """
    now = services.clock.now()
    with services.open_view() as unit:
        known = unit.users.find(name)
    _refuse_while_locked(known, now)
    # An unknown name takes as long as a known one, so that nobody learns names by the clock.
    expected = known.password_hash if known is not None else _hash_of_nobody(services.passwords.hash)
    right = services.passwords.matches(password, expected)
    with services.open_unit() as unit:
        user = unit.users.find(name)
        if user is not None:
            _refuse_while_locked(user, now)
        if user is None or not right or user.password_hash != expected or user.disabled_at is not None:
            _remember_failure(unit, user, name, now)
            unit.commit()
            raise NotSignedIn(
                "The name or the password is wrong.", record="sign-in", next_step="Try again, or ask an administrator."
            )
        session, secret = begin_session(services, unit, user, now)
        unit.commit()
    return session, user, secret


def _remember_failure(unit: UnitOfWork, user: User | None, name: str, now: datetime) -> None:
    """Names that do not exist are not kept: people type passwords into the wrong field."""
    if user is None:
        return
    failures = user.failures + 1
    wait = FIRST_WAIT_SECONDS * 2 ** min(20, failures - FREE_FAILURES - 1) if failures > FREE_FAILURES else 0
    locked_until = now + timedelta(seconds=min(wait, LONGEST_WAIT_SECONDS)) if wait else None
    unit.users.save(replace(user, failures=failures, locked_until=locked_until))
    unit.access_log.add(AccessEntry(now, name, AccessAction.SIGN_IN_REFUSED, name, detail=f"Failure {failures}."))


def _refuse_while_locked(user: User | None, now: datetime) -> None:
    if user is not None and user.locked_until is not None and now < user.locked_until:
        raise TooManyAttempts(
            "Too many wrong passwords were given.",
            record="sign-in",
            next_step="Wait a while and try again, or ask an administrator for a new password.",
            retry_after_seconds=max(1, round((user.locked_until - now).total_seconds())),
        )


@cache
def _hash_of_nobody(make_hash: Callable[[str], str]) -> str:
    return make_hash(secrets.token_urlsafe(32))
