"""Reads which rights the roles of a sign-in provider mean: "qa-team=qa, leads=supervisor:north+south, boss=admin"."""

from collections.abc import Mapping

from voiceops.domain.people import Role
from voiceops.domain.user import Rights
from voiceops.errors import BadInput


def read_roles(text: str) -> Mapping[str, Rights]:
    """Rights by the provider's role, in the order in which they count. Raises BadInput."""
    return dict(_read(part.strip()) for part in text.split(",") if part.strip())


def _read(part: str) -> tuple[str, Rights]:
    claim, _, meaning = part.rpartition("=")
    name, _, teams = meaning.partition(":")
    named = tuple(team.strip() for team in teams.split("+") if team.strip())
    if not claim or name.strip() not in set(Role) or (name.strip() == Role.SUPERVISOR) != bool(named):
        raise BadInput(
            f"\u201c{part}\u201d does not say which role it means.",
            record="VOICEOPS_OIDC_ROLES",
            next_step="Write claim=role, and claim=supervisor:team+team or claim=supervisor:* for supervisors.",
        )
    return claim.strip(), Rights(Role(name.strip()), teams=named)
