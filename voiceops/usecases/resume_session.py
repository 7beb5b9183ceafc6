"""Recognises a signed-in browser by its session's secret."""

from datetime import timedelta

from voiceops.domain.user import Identity
from voiceops.errors import NotSignedIn
from voiceops.ports import Services
from voiceops.usecases.create_token import hash_of

# Written no more often than this, so that reading pages does not mean writing rows.
TOUCH = timedelta(minutes=1)


def resume_session(services: Services, secret: str) -> Identity:
    """Who this is. Raises NotSignedIn for a session that ended, expired, or rested too long."""
    now = services.clock.now()
    with services.open_view() as unit:
        found = unit.users.session(hash_of(secret))
    idle = timedelta(minutes=services.policy.session_idle_minutes)
    if found is None or now >= found[0].expires_at or now - found[0].used_at > idle or found[1].disabled_at is not None:
        raise NotSignedIn("The session has ended.", record="sign-in", next_step="Sign in again.")
    session, user = found
    if now - session.used_at > TOUCH:
        with services.open_unit() as unit:
            unit.users.touch_session(session.id, now)
            unit.commit()
    return Identity(
        id=session.id,
        name=user.name,
        role=user.role,
        agent_id=user.agent_id,
        user_id=user.id,
        must_change_password=user.must_change_password,
        teams=user.teams,
    )
