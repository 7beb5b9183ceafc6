"""Ends an access token."""

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.ports import Services


def remove_token(services: Services, token_id: str, *, actor: str) -> None:
    """From now on nobody signs in with it. Raises NotFound."""
    with services.open_unit() as unit:
        token = unit.tokens.remove(token_id)
        unit.access_log.add(
            AccessEntry(services.clock.now(), actor, AccessAction.CHANGED_RIGHTS, token.name, detail="Ended the token.")
        )
        unit.commit()
