"""What the database says when something fails, turned into the error family of VoiceOps.

No message quotes a statement or its values: they hold names, numbers and transcripts.
"""

from sqlalchemy import Engine, event, exc
from sqlalchemy.engine import ExceptionContext

from voiceops.errors import BadInput, Conflict, MissingPart, StorageFull, Unavailable, VoiceOpsError

RECORD = "database"


def translate_failures(engine: Engine) -> None:
    """From now on every failing statement or connection of this engine raises a VoiceOpsError."""
    event.listen(engine, "handle_error", _translate, retval=True)


def _translate(context: ExceptionContext) -> VoiceOpsError | None:
    # A ping only asks whether a pooled connection still lives; the pool itself replaces a dead one.
    if context.is_pre_ping:
        return None
    return voiceops_error(context.sqlalchemy_exception or context.original_exception)


def voiceops_error(error: BaseException) -> VoiceOpsError | None:
    """The VoiceOpsError for an SQLAlchemy error, or None for a mistake in our own code."""
    name = _name(error)
    if name in {"42P01", "42703"} or "no such table" in str(error) or "no such column" in str(error):
        return MissingPart(
            "Its tables are missing or older than this version of VoiceOps.",
            record=RECORD,
            next_step="Migrate it: `voiceops up` and `voiceops demo` do so when they start.",
        )
    if name in {"SQLITE_FULL", "53100"}:
        return StorageFull(
            "The disk that the database is on is full, and the change was not stored.",
            record=RECORD,
            next_step="Make room on that disk, then try again.",
        )
    return _by_kind(error, name)


def _by_kind(error: BaseException, name: str) -> VoiceOpsError | None:
    if isinstance(error, exc.IntegrityError):
        return Conflict(
            "The change was refused: a record with the same key is there, or one that it refers to is not.",
            record=RECORD,
            next_step="Load the records again and look at what is stored.",
        )
    if isinstance(error, exc.DataError) or isinstance(getattr(error, "orig", error), UnicodeError):
        return BadInput(
            "A value cannot be stored: it is too large or holds characters that are no text.",
            record=RECORD,
            next_step="Correct the value and send it again.",
        )
    if isinstance(error, exc.OperationalError | exc.InterfaceError | exc.InternalError | exc.TimeoutError):
        return _unavailable(name)
    # SQLite reports a damaged file as a bare DatabaseError; the subclasses not named above are our mistakes.
    return _unavailable(name) if type(error) is exc.DatabaseError else None


def _unavailable(name: str) -> Unavailable:
    if name in {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}:
        return Unavailable(
            "Another process kept the database locked for too long.",
            record=RECORD,
            next_step="Try again; if it stays so, look for a process that hangs in a write.",
        )
    return Unavailable(
        f"The database does not answer{f' ({name})' if name else ''}.",
        record=RECORD,
        next_step="Check that it runs and that VOICEOPS_DATABASE_URL is right, then try again.",
    )


def _name(error: BaseException) -> str:
    """SQLite's name or PostgreSQL's five characters for the failure; "" where there is none."""
    original = getattr(error, "orig", error)
    return getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None) or ""
