"""Verdicts and findings as they count, read for many recordings at once."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, or_, select, update

from voiceops.domain.verdict import CountedFinding, Verdict
from voiceops.storage.evaluations import SqlEvaluationStore
from voiceops.storage.reanalysis_tables import reviews
from voiceops.storage.statements import all_rows
from voiceops.storage.tables import evaluations
from voiceops.storage.verdict_tables import findings, verdicts
from voiceops.storage.write_verdicts import hold_recordings, write_verdicts

_EVALUATED_BEFORE = or_(evaluations.c.counted_at.is_(None), evaluations.c.counted_at != evaluations.c.at)


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

    def count_left_behind(self, *, limit: int) -> int:
        """See the port."""
        # One after the other: to join them the database would look at all that wait, which may be a year's calls.
        ids = self._some(evaluations.c.recording_id, _EVALUATED_BEFORE, limit)
        if len(ids) < limit:
            ids |= self._some(reviews.c.recording_id, reviews.c.is_counted.is_(None), limit - len(ids))
        hold_recordings(self._connection, ids)
        stored = SqlEvaluationStore(self._connection)
        for own in sorted(ids):
            for evaluation in stored.of_recording(own):
                write_verdicts(self._connection, {own: evaluation})
        own_rows = evaluations.c.recording_id.in_(ids)
        self._connection.execute(update(evaluations).where(own_rows).values(counted_at=evaluations.c.at))
        self._connection.execute(update(reviews).where(reviews.c.recording_id.in_(ids)).values(is_counted=True))
        return len(ids)

    def _some(self, recording_id: ColumnElement[str], waits: ColumnElement[bool], limit: int) -> set[str]:
        query = select(recording_id).where(waits).order_by(recording_id).distinct().limit(limit)
        return set(self._connection.scalars(query))
