"""Creates an access token; its secret is shown once and kept only as a hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import AccessToken, Role
from voiceops.domain.user import Rights
from voiceops.errors import BadInput
from voiceops.ports import Services


@dataclass(frozen=True)
class TokenLimits:
    """Until when a token is good, what of its role it may do, and for which teams; see AccessToken."""

    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


UNLIMITED = TokenLimits()


def create_token(
    services: Services,
    *,
    name: str,
    role: Role,
    agent_id: str | None = None,
    limits: TokenLimits = UNLIMITED,
    actor: str = "system",
) -> tuple[AccessToken, str]:
    """The stored token and its secret.

    Raises BadInput if an agent's token names no agent, a supervisor's no team, or the expiry has passed; NotFound
    for an unknown agent, Conflict if the name is taken.
    """
    rights = Rights(role, agent_id, limits.teams)
    rights.require_whole(record=name)
    now = services.clock.now()
    if limits.expires_at is not None and limits.expires_at <= now:
        raise BadInput("The token would have expired already.", record=name, next_step="Choose a later expiry.")
    secret = f"vo_{secrets.token_urlsafe(32)}"
    token = AccessToken(
        id=services.new_id(),
        name=name,
        role=role,
        sha256=hash_of(secret),
        created_at=now,
        agent_id=agent_id,
        expires_at=limits.expires_at,
        scopes=limits.scopes,
        teams=limits.teams,
    )
    with services.open_unit() as unit:
        if agent_id is not None:
            unit.agents.get(agent_id)
        unit.tokens.add(token)
        unit.access_log.add(AccessEntry(now, actor, AccessAction.CHANGED_RIGHTS, name, detail=f"New token: {rights}."))
        unit.commit()
    return token, secret


def hash_of(secret: str) -> str:
    """SHA-256 is enough for secrets of 256 random bits: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
