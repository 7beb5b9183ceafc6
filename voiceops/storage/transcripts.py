"""Transcripts as compressed documents, one per recording."""

import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, Dialect, LargeBinary, Select, func, select, type_coerce

from voiceops.domain.reanalysis import Received
from voiceops.domain.recording import RecordingKind
from voiceops.domain.transcript import Transcript
from voiceops.errors import NotFound
from voiceops.ports import CallRange, TranscribedCall
from voiceops.storage.column_types import CompressedDocument
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
        put(self._connection, transcripts, {"recording_id": recording_id, "transcript": transcript})

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

    def calls(self, wanted: CallRange, *, limit: int) -> Sequence[TranscribedCall]:
        """See the port. The bytes are fetched as they are: one damaged transcript must not hide the others."""
        own_id = transcripts.c.recording_id
        query = _calls(select(own_id, recordings.c.queue, type_coerce(transcripts.c.transcript, LargeBinary)), wanted)
        rows = self._connection.execute(query.order_by(own_id).limit(limit))
        return [
            TranscribedCall(own, queue, partial(_read, own, raw, self._connection.dialect)) for own, queue, raw in rows
        ]

    def count_calls(self, received: Received) -> int:
        """See the port."""
        return self._connection.scalar(_calls(select(func.count()), CallRange(received=received))) or 0


def _read(recording_id: str, raw: bytes, dialect: Dialect) -> Transcript | None:
    try:
        found: Transcript = _FORM.process_result_value(raw, dialect)
    except (zlib.error, ValueError):
        log.error("transcript cannot be read", recording_id=recording_id)  # noqa: TRY400  its text is in the error
        return None
    return found


def _calls(query: Select[Any], wanted: CallRange) -> Select[Any]:
    query = query.select_from(transcripts).join(recordings, recordings.c.id == transcripts.c.recording_id)
    return query.where(recordings.c.kind == RecordingKind.CALL, *_conditions(wanted))


def _conditions(wanted: CallRange) -> Iterator[ColumnElement[bool]]:
    if wanted.after is not None:
        yield transcripts.c.recording_id > wanted.after
    if wanted.upto is not None:
        yield transcripts.c.recording_id <= wanted.upto
    if wanted.received.from_at is not None:
        yield recordings.c.received_at >= wanted.received.from_at
    if wanted.received.to_at is not None:
        yield recordings.c.received_at < wanted.received.to_at
