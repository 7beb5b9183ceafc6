"""Kept replies as rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from voiceops.domain.kept_reply import KeptReply, Reply
from voiceops.errors import Conflict
from voiceops.storage.reply_tables import kept_replies
from voiceops.storage.statements import hold_row, insert_new


class SqlReplyStore:
    """The kept replies of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, kept: KeptReply) -> None:
        """See the port."""
        taken = Conflict(
            "This key was used already.", record="Idempotency-Key", next_step="Use another key for another request."
        )
        insert_new(self._connection, kept_replies, _row(kept), taken=taken)

    def find(self, principal: str, key_sha256: str) -> KeptReply | None:
        """See the port."""
        row = hold_row(self._connection, select(kept_replies).where(*_is(principal, key_sha256)))
        return None if row is None else _kept(dict(row))

    def save(self, kept: KeptReply) -> None:
        """See the port."""
        statement = update(kept_replies).where(*_is(kept.principal, kept.key_sha256))
        self._connection.execute(statement.values(**_row(kept)))

    def release(self, principal: str, key_sha256: str) -> None:
        """See the port."""
        self._connection.execute(delete(kept_replies).where(*_is(principal, key_sha256)))

    def forget(self, *, expired_before: datetime) -> int:
        """See the port."""
        return self._connection.execute(delete(kept_replies).where(kept_replies.c.expires_at < expired_before)).rowcount


def _is(principal: str, key_sha256: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return kept_replies.c.principal == principal, kept_replies.c.key_sha256 == key_sha256


def _row(kept: KeptReply) -> dict[str, Any]:
    reply = {"status": None, "headers": None, "body": None} if kept.reply is None else vars(kept.reply)
    return {name: value for name, value in vars(kept).items() if name != "reply"} | reply


def _kept(row: dict[str, Any]) -> KeptReply:
    reply: Mapping[str, Any] = {name: row.pop(name) for name in ("status", "headers", "body")}
    return KeptReply(**row, reply=Reply(**reply) if reply["status"] is not None else None)
