"""Evaluations as rows: score and verdict to search by, findings as a document."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from voiceops.domain.finding import Evaluation
from voiceops.storage.statements import all_rows, put
from voiceops.storage.tables import evaluations


class SqlEvaluationStore:
    """The evaluations of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, recording_id: str, evaluation: Evaluation, at: datetime) -> None:
        """See the port."""
        put(self._connection, evaluations, dict(vars(evaluation)) | {"recording_id": recording_id, "at": at})

    def of_recording(self, recording_id: str) -> Sequence[Evaluation]:
        """See the port."""
        query = select(evaluations).where(evaluations.c.recording_id == recording_id)
        query = query.order_by(evaluations.c.keyword_set_id, evaluations.c.keyword_set_version)
        newest = {row["keyword_set_id"]: row for row in all_rows(self._connection, query)}
        return [
            Evaluation(
                keyword_set_id=row["keyword_set_id"],
                keyword_set_version=row["keyword_set_version"],
                score=row["score"],
                passed=row["passed"],
                findings=row["findings"],
            )
            for row in newest.values()
        ]
