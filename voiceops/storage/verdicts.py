"""Verdicts and findings as they count, read for many recordings at once."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from voiceops.domain.verdict import CountedFinding, Verdict
from voiceops.storage.statements import all_rows
from voiceops.storage.verdict_tables import findings, verdicts


class SqlVerdictStore:
    """The verdicts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_recordings(self, recording_ids: Collection[str]) -> Sequence[Verdict]:
        """See the port."""
        query = select(verdicts).where(verdicts.c.recording_id.in_(recording_ids))
        query = query.order_by(verdicts.c.recording_id, verdicts.c.keyword_set_id)
        return [Verdict(**row) for row in all_rows(self._connection, query)]

    def findings(self, recording_ids: Collection[str]) -> Sequence[CountedFinding]:
        """See the port."""
        query = select(findings).where(findings.c.recording_id.in_(recording_ids))
        query = query.order_by(findings.c.recording_id, findings.c.keyword_set_id, findings.c.rule_id)
        return [CountedFinding(**row) for row in all_rows(self._connection, query)]
