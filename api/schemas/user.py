"""Users, sessions and the access log on the wire."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictBool

from api.schemas.text import Id, Instant, Line, Team
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.people import Role
from voiceops.domain.user import Identity, User
from voiceops.ports import LoggedAccess


class SignIn(BaseModel):
    """A name and its password."""

    model_config = ConfigDict(extra="forbid")

    name: Line = Field(examples=["admin"])
    password: SecretStr = Field(max_length=200, examples=["four words nobody joins"])


class PasswordChange(BaseModel):
    """The password so far, and the one from now on."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"old": "what I was given", "new": "four words nobody joins"}]}
    )

    old: SecretStr = Field(max_length=200)
    new: SecretStr = Field(max_length=200)


class SessionOut(BaseModel):
    """Who is signed in."""

    name: str
    role: Role
    agent_id: str | None
    teams: list[str]
    must_change_password: bool = Field(description="True until they chose a password of their own.")


class UserRights(BaseModel):
    """What a user may do."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"role": "qa"}]})

    role: Role
    agent_id: Id | None = Field(None, description="Needed for role agent, and only there.")
    teams: list[Team] = Field([], max_length=50, description="Needed for role supervisor, and only there; * for all.")
    disabled: StrictBool = Field(False, description="Shut out, without losing their name.")


class UserIn(BaseModel):
    """For whom a user is made."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "vera", "role": "qa"}]})

    name: Line
    role: Role
    agent_id: Id | None = Field(None, description="Needed for role agent, and only there.")
    teams: list[Team] = Field([], max_length=50, description="Needed for role supervisor, and only there; * for all.")


class UserOut(BaseModel):
    """A user, without anything of their password."""

    id: str
    name: str
    role: Role
    agent_id: str | None
    teams: list[str]
    created_at: Instant
    must_change_password: bool
    locked_until: Instant | None = Field(description="Until when no password is tried, after too many wrong ones.")
    disabled: bool


class NewUser(UserOut):
    """A user just made; the password is shown this once and must be changed at the first sign-in."""

    password: str


class NewPassword(BaseModel):
    """A one-time password, shown this once."""

    password: str


class UserList(BaseModel):
    """All users, by name."""

    items: list[UserOut]


class AccessOut(BaseModel):
    """One line of the access log."""

    number: int
    at: Instant
    actor: str
    action: AccessAction
    record: str
    customer: str | None
    detail: str


class AccessPage(BaseModel):
    """Lines of the access log, the newest first."""

    items: list[AccessOut]
    next: int | None = Field(description="The cursor of the next page; null on the last one.")


def session_out(identity: Identity) -> SessionOut:
    """Who is signed in, for the wire."""
    return SessionOut(
        name=identity.name,
        role=identity.role,
        agent_id=identity.agent_id,
        teams=list(identity.teams),
        must_change_password=identity.must_change_password,
    )


def user_fields(user: User) -> dict[str, object]:
    """What every shape of a user on the wire has in common."""
    return {
        "id": user.id,
        "name": user.name,
        "role": user.role,
        "agent_id": user.agent_id,
        "teams": list(user.teams),
        "created_at": user.created_at,
        "must_change_password": user.must_change_password,
        "locked_until": user.locked_until,
        "disabled": user.disabled_at is not None,
    }


def access_out(line: LoggedAccess) -> AccessOut:
    """A line for the wire."""
    return AccessOut(number=line.number, **vars(line.entry))
