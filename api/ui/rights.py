"""What somebody may do, as the forms for users and for tokens ask for it."""

from typing import Any

from api.ui.filled import names_in
from voiceops.domain.people import Role

_FIELDS = {Role.AGENT: "agent_id", Role.SUPERVISOR: "teams"}


def rights_in(role: Role, agent_id: str, teams: str) -> dict[str, Any]:
    """The role with what belongs to it; what was typed for another role is left out."""
    return {
        "role": role,
        "agent_id": (agent_id or None) if role is Role.AGENT else None,
        "teams": names_in(teams) if role is Role.SUPERVISOR else [],
    }


def field_of(role: Role, *, other: str | None = None) -> str | None:
    """The field that an error about the rights of a role belongs to."""
    return _FIELDS.get(role, other)
