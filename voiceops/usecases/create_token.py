"""Creates an access token; its secret is shown once and kept only as a hash."""

import hashlib
import secrets

from voiceops.domain.people import AccessToken, Role
from voiceops.errors import BadInput
from voiceops.ports import Services


def create_token(services: Services, *, name: str, role: Role, agent_id: str | None = None) -> tuple[AccessToken, str]:
    """The stored token and its secret.

    Raises BadInput if an agent's token names no agent, NotFound for an unknown agent, Conflict
    if the name is taken.
    """
    if (role is Role.AGENT) != (agent_id is not None):
        raise BadInput(
            "A token of role agent names its agent; the others name none.",
            record=name,
            next_step="Give an agent's id with role agent, and only then.",
        )
    secret = f"vo_{secrets.token_urlsafe(32)}"
    token = AccessToken(
        id=services.new_id(),
        name=name,
        role=role,
        sha256=hash_of(secret),
        created_at=services.clock.now(),
        agent_id=agent_id,
    )
    with services.open_unit() as unit:
        if agent_id is not None:
            unit.agents.get(agent_id)
        unit.tokens.add(token)
        unit.commit()
    return token, secret


def hash_of(secret: str) -> str:
    """SHA-256 is enough for secrets of 256 random bits: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
