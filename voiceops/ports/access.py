"""Ports to who may come in, and to the record of what they looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import AccessToken
from voiceops.domain.user import Session, User


class TokenStore(Protocol):
    """Access tokens by the SHA-256 of their secret."""

    def add(self, token: AccessToken) -> None:
        """Raises Conflict if the name is taken."""
        ...

    def find(self, sha256: str) -> AccessToken | None:
        """The token, expired or not, or None."""
        ...

    def list(self) -> Sequence[AccessToken]:
        """All tokens, by name."""
        ...

    def remove(self, token_id: str) -> AccessToken:
        """The token that was there. Raises NotFound."""
        ...


class UserStore(Protocol):
    """Users by id and by name, and their sessions. Names are compared as they are stored."""

    def add(self, user: User) -> None:
        """Raises Conflict if the name is taken."""
        ...

    def save(self, user: User) -> None:
        """Overwrite the stored user of that id. Raises NotFound."""
        ...

    def get(self, user_id: str) -> User:
        """Raises NotFound."""
        ...

    def find(self, name: str) -> User | None:
        """The user of that name, or None. Where the unit may write, others who ask wait until it ends."""
        ...

    def list(self) -> Sequence[User]:
        """All users, by name."""
        ...

    def add_session(self, session: Session) -> None:
        """Remember that somebody signed in."""
        ...

    def session(self, sha256: str) -> tuple[Session, User] | None:
        """The session with its user, expired or not, or None."""
        ...

    def touch_session(self, session_id: str, used_at: datetime) -> None:
        """Remember that a session was used."""
        ...

    def end_session(self, session_id: str) -> None:
        """Forget one session; one that is not there is no error."""
        ...

    def end_sessions_of(self, user_id: str) -> int:
        """Forget all sessions of a user; how many there were."""
        ...

    def remove_sessions(self, *, before: datetime) -> int:
        """Forget the sessions that expired before an instant; how many there were."""
        ...


@dataclass(frozen=True)
class AccessFilter:
    """Which lines of the access log to list; None means any.

    `customer` is a telephone number or a reference, whichever of the two the line or its recording knows.
    """

    actor: str | None = None
    customer: str | None = None
    record: str | None = None
    action: AccessAction | None = None


@dataclass(frozen=True)
class LoggedAccess:
    """A line with its number; a later line has a higher one, whatever the clock did."""

    number: int
    entry: AccessEntry


class AccessLog(Protocol):
    """What people looked at and which rights changed. Lines can be added and nothing else."""

    def add(self, entry: AccessEntry) -> None:
        """Add a line."""
        ...

    def list(self, wanted: AccessFilter, *, limit: int, before: int | None = None) -> Sequence[LoggedAccess]:
        """Lines, the newest first; `before` is the number of the last line of the page before."""
        ...


class PasswordHasher(Protocol):
    """Makes and checks slow, salted hashes of passwords."""

    def hash(self, password: str) -> str:
        """A hash, different each time."""
        ...

    def matches(self, password: str, password_hash: str) -> bool:
        """Whether the hash is of this password."""
        ...


@dataclass(frozen=True)
class Errand:
    """A browser's way to a sign-in provider and back. All but `url` is known to that browser and us alone."""

    url: str
    state: str
    nonce: str
    verifier: str


class SignInProvider(Protocol):
    """Vouches for people who sign in elsewhere."""

    def begin(self, redirect_uri: str) -> Errand:
        """Where to send the browser. Raises Unavailable, or NotSignedIn where the provider cannot be used."""
        ...

    def finish(self, errand: Errand, *, code: str, redirect_uri: str) -> Mapping[str, Any]:
        """What the provider says about who came back with a code, signed for us and for this errand.

        Raises NotSignedIn for anything else, and Unavailable.
        """
        ...
