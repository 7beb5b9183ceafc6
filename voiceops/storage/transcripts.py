"""Transcripts as compressed documents, one per recording."""

from sqlalchemy import Connection, select

from voiceops.domain.transcript import Transcript
from voiceops.errors import NotFound
from voiceops.storage.statements import put
from voiceops.storage.tables import transcripts


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
