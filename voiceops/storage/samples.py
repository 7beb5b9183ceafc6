"""Samples as rows, only ever added."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from voiceops.domain.sample import Sample
from voiceops.errors import NotFound
from voiceops.storage.sample_tables import samples
from voiceops.storage.statements import all_rows, find_row


class SqlSampleStore:
    """The samples of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sample: Sample) -> None:
        """See the port."""
        self._connection.execute(insert(samples).values(**vars(sample)))

    def get(self, sample_id: str) -> Sample:
        """See the port."""
        row = find_row(self._connection, select(samples).where(samples.c.id == sample_id))
        if row is None:
            raise NotFound(
                "There is no sample with this id.", record=sample_id, next_step="Look it up in the list of samples."
            )
        return Sample(**row)

    def list(self, *, limit: int) -> Sequence[Sample]:
        """See the port."""
        query = select(samples).order_by(samples.c.drawn_at.desc(), samples.c.id.desc()).limit(limit)
        return [Sample(**row) for row in all_rows(self._connection, query)]
