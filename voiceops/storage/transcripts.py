"""Transcripts as compressed documents, one per recording."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import structlog
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    LargeBinary,
    Update,
    and_,
    case,
    func,
    select,
    type_coerce,
    update,
)

from voiceops.domain.reanalysis import Received
from voiceops.domain.recording import RecordingKind
from voiceops.domain.transcript import Transcript
from voiceops.errors import NotFound
from voiceops.ports import CallRange, TranscribedCall
from voiceops.storage.column_types import CompressedDocument
from voiceops.storage.spoken_words import keep_words
from voiceops.storage.statements import put
from voiceops.storage.tables import recordings, transcripts

_FORM = CompressedDocument(Transcript)

log = structlog.get_logger(__name__)


class SqlTranscriptStore:
    """The transcripts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, recording_id: str, transcript: Transcript) -> None:
        """See the port."""
        row = {"recording_id": recording_id, "transcript": transcript, "is_searchable": True}
        put(self._connection, transcripts, row)
        keep_words(self._connection, recording_id, transcript)
        self._connection.execute(_is_searchable([recording_id]))

    def get(self, recording_id: str) -> Transcript:
        """See the port."""
        query = select(transcripts.c.transcript).where(transcripts.c.recording_id == recording_id)
        found: Transcript | None = self._connection.scalar(query)
        if found is None:
            raise NotFound(
                "This recording is not transcribed yet.",
                record=recording_id,
                next_step="Look at the recording's state; try again once it is transcribed.",
            )
        return found

    def make_searchable(self, *, limit: int) -> int:
        """See the port."""
        query = select(transcripts.c.recording_id, type_coerce(transcripts.c.transcript, LargeBinary))
        query = query.where(transcripts.c.is_searchable.is_(None)).order_by(transcripts.c.recording_id).limit(limit)
        rows = self._connection.execute(query.with_for_update(skip_locked=True)).all()
        for own, raw in rows:
            transcript = _read(own, raw, self._connection.dialect)
            if transcript is not None:
                keep_words(self._connection, own, transcript)
        self._connection.execute(_is_searchable([own for own, _ in rows]))
        return len(rows)

    def calls(self, wanted: CallRange, *, limit: int) -> Sequence[TranscribedCall]:
        """See the port."""
        found: list[TranscribedCall] = []
        while len(found) < limit:
            rows = self._next_rows(wanted, limit)
            dialect = self._connection.dialect
            found += [
                TranscribedCall(own, queue, partial(_read, own, raw, dialect))
                for own, queue, raw in rows
                if raw is not None
            ]
            if len(rows) < limit:
                break
            wanted = replace(wanted, after=rows[-1][0])
        return found[:limit]

    def _next_rows(self, wanted: CallRange, limit: int) -> Sequence[tuple[str, str | None, bytes | None]]:
        """The next transcripts of any recording, with their bytes where it is a wanted call.

        The limit is inside, so that no planner can think of joining and sorting a million rows for
        each batch; the bytes are fetched as they are, so that a damaged one does not hide the others.
        """
        own_id = transcripts.c.recording_id
        page = select(own_id, type_coerce(transcripts.c.transcript, LargeBinary).label("raw")).where(*_ids(wanted))
        held = page.order_by(own_id).limit(limit).subquery()
        raw = case((and_(*_wanted_calls(wanted.received)), held.c.raw))
        query = select(held.c.recording_id, recordings.c.queue, raw)
        query = query.join_from(held, recordings, recordings.c.id == held.c.recording_id)
        rows = self._connection.execute(query.order_by(held.c.recording_id))
        return [(own, queue, raw) for own, queue, raw in rows]

    def count_calls(self, received: Received) -> int:
        """See the port."""
        query = select(func.count()).select_from(transcripts).join(recordings).where(*_wanted_calls(received))
        return self._connection.scalar(query) or 0


def _is_searchable(recording_ids: Sequence[str]) -> Update:
    """Say so afterwards: whoever replaces a transcript, of whatever version, makes the database forget its words."""
    waits = transcripts.c.is_searchable.is_(None)
    return update(transcripts).where(transcripts.c.recording_id.in_(recording_ids), waits).values(is_searchable=True)


def _read(recording_id: str, raw: bytes, dialect: Dialect) -> Transcript | None:
    try:
        found: Transcript = _FORM.process_result_value(raw, dialect)
    except (zlib.error, ValueError):
        log.error("transcript cannot be read", recording_id=recording_id)  # noqa: TRY400  its text is in the error
        return None
    return found


def _ids(wanted: CallRange) -> Iterator[ColumnElement[bool]]:
    if wanted.after is not None:
        yield transcripts.c.recording_id > wanted.after
    if wanted.upto is not None:
        yield transcripts.c.recording_id <= wanted.upto


def _wanted_calls(received: Received) -> Iterator[ColumnElement[bool]]:
    yield recordings.c.kind == RecordingKind.CALL
    # What was found in it was removed on purpose, and must not be found anew.
    yield recordings.c.result_removed_at.is_(None)
    if received.from_at is not None:
        yield recordings.c.received_at >= received.from_at
    if received.to_at is not None:
        yield recordings.c.received_at < received.to_at
