"""Waveforms as compressed documents, one per recording."""

from sqlalchemy import Connection, select

from voiceops.domain.waveform import Waveform
from voiceops.storage.call_tables import waveforms
from voiceops.storage.statements import put


class SqlWaveformStore:
    """The waveforms of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, recording_id: str, waveform: Waveform) -> None:
        """See the port."""
        put(self._connection, waveforms, {"recording_id": recording_id, "waveform": waveform})

    def find(self, recording_id: str) -> Waveform | None:
        """See the port."""
        query = select(waveforms.c.waveform).where(waveforms.c.recording_id == recording_id)
        found: Waveform | None = self._connection.scalar(query)
        return found
