"""Tokens, users, sessions and the access log as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from voiceops.domain.access_entry import AccessEntry
from voiceops.domain.people import AccessToken
from voiceops.domain.user import Session, User
from voiceops.errors import Conflict, NotFound
from voiceops.ports import AccessFilter, LoggedAccess
from voiceops.storage.access_tables import access_log, access_tokens, sessions, users
from voiceops.storage.statements import all_rows, find_row, hold_row, insert_new
from voiceops.storage.tables import recordings


class SqlTokenStore:
    """The access tokens of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token: AccessToken) -> None:
        """See the port."""
        taken = Conflict(
            "A token with this name is there already.",
            record=token.name,
            next_step="Choose another name, or remove the old token first.",
        )
        insert_new(self._connection, access_tokens, vars(token), taken=taken)

    def find(self, sha256: str) -> AccessToken | None:
        """See the port."""
        row = find_row(self._connection, select(access_tokens).where(access_tokens.c.sha256 == sha256))
        return None if row is None else AccessToken(**row)

    def list(self) -> Sequence[AccessToken]:
        """See the port."""
        query = select(access_tokens).order_by(access_tokens.c.name)
        return [AccessToken(**row) for row in all_rows(self._connection, query)]

    def remove(self, token_id: str) -> AccessToken:
        """See the port."""
        row = hold_row(self._connection, select(access_tokens).where(access_tokens.c.id == token_id))
        if row is None:
            raise NotFound(
                "There is no token with this id.", record=token_id, next_step="Look it up in the list of tokens."
            )
        self._connection.execute(delete(access_tokens).where(access_tokens.c.id == token_id))
        return AccessToken(**row)


class SqlUserStore:
    """The users and sessions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, user: User) -> None:
        """See the port."""
        taken = Conflict("A user of this name is there already.", record=user.name, next_step="Choose another name.")
        insert_new(self._connection, users, vars(user), taken=taken)

    def save(self, user: User) -> None:
        """See the port."""
        if self._connection.execute(update(users).where(users.c.id == user.id).values(**vars(user))).rowcount == 0:
            raise _no_user(user.id)

    def get(self, user_id: str) -> User:
        """See the port."""
        row = hold_row(self._connection, select(users).where(users.c.id == user_id))
        if row is None:
            raise _no_user(user_id)
        return User(**row)

    def find(self, name: str) -> User | None:
        """See the port."""
        row = hold_row(self._connection, select(users).where(users.c.name == name))
        return None if row is None else User(**row)

    def list(self) -> Sequence[User]:
        """See the port."""
        return [User(**row) for row in all_rows(self._connection, select(users).order_by(users.c.name))]

    def add_session(self, session: Session) -> None:
        """See the port."""
        self._connection.execute(insert(sessions).values(**vars(session)))

    def session(self, sha256: str) -> tuple[Session, User] | None:
        """See the port."""
        row = find_row(self._connection, select(sessions).where(sessions.c.sha256 == sha256))
        if row is None:
            return None
        [user] = all_rows(self._connection, select(users).where(users.c.id == row["user_id"]))
        return Session(**row), User(**user)

    def touch_session(self, session_id: str, used_at: datetime) -> None:
        """See the port."""
        self._connection.execute(update(sessions).where(sessions.c.id == session_id).values(used_at=used_at))

    def end_session(self, session_id: str) -> None:
        """See the port."""
        self._connection.execute(delete(sessions).where(sessions.c.id == session_id))

    def end_sessions_of(self, user_id: str) -> int:
        """See the port."""
        return self._connection.execute(delete(sessions).where(sessions.c.user_id == user_id)).rowcount

    def remove_sessions(self, *, before: datetime) -> int:
        """See the port."""
        return self._connection.execute(delete(sessions).where(sessions.c.expires_at < before)).rowcount


class SqlAccessLog:
    """The access log in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: AccessEntry) -> None:
        """See the port."""
        self._connection.execute(insert(access_log).values(**vars(entry)))

    def list(self, wanted: AccessFilter, *, limit: int, before: int | None = None) -> Sequence[LoggedAccess]:
        """See the port."""
        query = select(access_log).order_by(access_log.c.number.desc()).limit(limit)
        for name, value in vars(wanted).items():
            if value is not None:
                query = query.where(_of_customer(value) if name == "customer" else access_log.c[name] == value)
        if before is not None:
            query = query.where(access_log.c.number < before)
        return [_logged(dict(row)) for row in all_rows(self._connection, query)]


def _of_customer(customer: str) -> ColumnElement[bool]:
    """A line names one of the ways in which a customer is known; the recording may know another."""
    known = select(recordings.c.id).where(
        or_(recordings.c.caller_number == customer, recordings.c.customer == customer)
    )
    return or_(access_log.c.customer == customer, access_log.c.record.in_(known))


def _logged(row: dict[Any, Any]) -> LoggedAccess:
    return LoggedAccess(row.pop("number"), AccessEntry(**row))


def _no_user(user_id: str) -> NotFound:
    return NotFound("There is no user with this id.", record=user_id, next_step="Look it up in the list of users.")
