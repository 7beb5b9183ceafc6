"""Released results and disputes as rows."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select, update

from voiceops.domain.release import Dispute, Release
from voiceops.errors import Conflict
from voiceops.storage.call_tables import disputes, releases
from voiceops.storage.statements import all_rows, find_row, insert_new, may_write, put
from voiceops.storage.tables import recordings
from voiceops.storage.teams import of_teams


class SqlReleaseStore:
    """The releases of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, release: Release) -> None:
        """See the port."""
        put(self._connection, releases, vars(release))

    def find(self, recording_id: str) -> Release | None:
        """See the port."""
        row = find_row(self._connection, select(releases).where(releases.c.recording_id == recording_id))
        return None if row is None else Release(**row)

    def add_dispute(self, dispute: Dispute) -> None:
        """See the port."""
        taken = Conflict(
            f"The finding of the rule {dispute.rule_id} was disputed already.",
            record=dispute.recording_id,
            next_step="Look at the dispute's answer, or wait for it.",
        )
        insert_new(self._connection, disputes, vars(dispute), taken=taken)

    def save_dispute(self, dispute: Dispute) -> None:
        """See the port."""
        self._connection.execute(update(disputes).where(disputes.c.id == dispute.id).values(**vars(dispute)))

    def disputes(self, recording_id: str) -> Sequence[Dispute]:
        """See the port."""
        query = select(disputes).where(disputes.c.recording_id == recording_id).order_by(disputes.c.at, disputes.c.id)
        held = query.with_for_update() if may_write(self._connection) else query
        return [Dispute(**row) for row in all_rows(self._connection, held)]

    def open_disputes(self, *, teams: tuple[str, ...] | None, limit: int) -> Sequence[Dispute]:
        """See the port."""
        query = select(disputes).join(recordings, recordings.c.id == disputes.c.recording_id)
        conditions: Sequence[ColumnElement[bool]] = [disputes.c.answer.is_(None)]
        if teams is not None:
            conditions = of_teams(self._connection, teams, recordings, wanted=conditions)
        query = query.where(*conditions).order_by(disputes.c.at, disputes.c.id).limit(limit)
        return [Dispute(**row) for row in all_rows(self._connection, query)]
