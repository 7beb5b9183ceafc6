"""Recognises a machine by the secret of its access token."""

from voiceops.domain.user import Identity
from voiceops.errors import NotSignedIn
from voiceops.ports import Services
from voiceops.usecases.create_token import hash_of


def sign_in(services: Services, secret: str) -> Identity:
    """Who the token belongs to. Raises NotSignedIn if there is none or it expired."""
    with services.open_view() as unit:
        token = unit.tokens.find(hash_of(secret))
    if token is None or (token.expires_at is not None and token.expires_at <= services.clock.now()):
        raise NotSignedIn(
            "The token is not known or has expired.",
            record="sign-in",
            next_step="Send `Authorization: Bearer …` with a token from your administrator.",
        )
    return Identity(token.id, token.name, token.role, agent_id=token.agent_id, scopes=token.scopes, teams=token.teams)
