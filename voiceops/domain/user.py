"""The people who sign in, their sessions, and what they may be known as once they are inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from voiceops.domain.people import Role
from voiceops.errors import BadInput

# In place of teams: all of them, and what belongs to none.
EVERY_TEAM = "*"


@dataclass(frozen=True)
class User:
    """A person with a name and a password; `agent_id` is set where they work at a desk, `teams` where they lead.

    `password_hash` is an argon2 hash. `must_change_password` is set while the password is one that somebody else
    gave them. `failures` counts wrong passwords since the last right one; before `locked_until` none is tried.
    """

    id: str
    name: str
    role: Role
    password_hash: str = field(repr=False)
    created_at: datetime
    agent_id: str | None = None
    must_change_password: bool = False
    failures: int = 0
    locked_until: datetime | None = None
    disabled_at: datetime | None = None
    teams: tuple[str, ...] = ()

    @property
    def rights(self) -> "Rights":
        """What they may do while they are not disabled."""
        return Rights(self.role, self.agent_id, self.teams)


@dataclass(frozen=True)
class Session:
    """A signed-in browser, known by a secret of which only the SHA-256 is kept.

    It ends at `expires_at` whatever happens, and earlier if it is not used for a while after `used_at`.
    """

    id: str
    user_id: str
    sha256: str = field(repr=False)
    created_at: datetime
    used_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Identity:
    """Who asks: a user in a session, or a machine with a token.

    `id` is the session's or the token's. `scopes` narrow what the role allows, such as "recordings:read";
    () narrows nothing. `teams` are those that a supervisor leads. `must_change_password` keeps a user from
    everything else until they have.
    """

    id: str
    name: str
    role: Role
    agent_id: str | None = None
    user_id: str | None = None
    scopes: tuple[str, ...] = ()
    must_change_password: bool = False
    teams: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rights:
    """What somebody may do: an agent's rights name the agent, a supervisor's the teams they lead.

    There is no silent default for a supervisor: who leads all teams says so with EVERY_TEAM.
    """

    role: Role
    agent_id: str | None = None
    teams: tuple[str, ...] = ()

    def require_whole(self, *, record: str) -> None:
        """Raise BadInput unless an agent's rights name their agent, a supervisor's a team, and nobody else's do."""
        if (self.role is Role.AGENT) != (self.agent_id is not None):
            raise BadInput(
                "Role agent names its agent; the others name none.",
                record=record,
                next_step="Give an agent's id with role agent, and only then.",
            )
        if (self.role is Role.SUPERVISOR) != bool(self.teams):
            raise BadInput(
                "Role supervisor names the teams it leads; the others name none.",
                record=record,
                next_step=f"Give one team or several with role supervisor, or {EVERY_TEAM} for all, and only then.",
            )

    def __str__(self) -> str:
        """For the access log."""
        place = self.agent_id or ", ".join(self.teams)
        return f"{self.role} ({place})" if place else str(self.role)


@dataclass(frozen=True)
class ProviderRules:
    """What the claims of a sign-in provider mean here.

    `roles` maps what the `role_claim` may hold to rights, the first that fits counts; empty: the stored rights stand.
    An agent's rights name no agent there: it is the one called like the user.
    """

    name_claim: str = "preferred_username"
    role_claim: str = "roles"
    roles: Mapping[str, Rights] = field(default_factory=dict)
    create_users: bool = False
