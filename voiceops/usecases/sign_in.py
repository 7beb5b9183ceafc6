"""Recognises who sends a request by the secret of their access token."""

from voiceops.domain.people import AccessToken
from voiceops.errors import NotSignedIn
from voiceops.ports import Services
from voiceops.usecases.create_token import hash_of


def sign_in(services: Services, secret: str) -> AccessToken:
    """The token that the secret belongs to. Raises NotSignedIn if there is none or it expired."""
    with services.open_view() as unit:
        token = unit.tokens.find(hash_of(secret))
    if token is None or (token.expires_at is not None and token.expires_at <= services.clock.now()):
        raise NotSignedIn(
            "The token is not known or has expired.",
            record="sign-in",
            next_step="Send `Authorization: Bearer …` with a token from your administrator.",
        )
    return token
