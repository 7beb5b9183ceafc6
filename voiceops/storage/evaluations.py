"""Evaluations as rows: score and verdict to search by, findings as a document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from voiceops.domain.finding import Evaluation
from voiceops.storage.statements import all_rows, put_many
from voiceops.storage.tables import evaluations
from voiceops.storage.write_verdicts import hold_recordings, write_verdicts


class SqlEvaluationStore:
    """The evaluations of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, recording_id: str, evaluation: Evaluation, at: datetime) -> None:
        """See the port."""
        self.put_all({recording_id: evaluation}, at)

    def put_all(self, given: Mapping[str, Evaluation], at: datetime) -> None:
        """See the port. In order of id, so that two who write the same rows never wait for each other in a ring."""
        if given:
            hold_recordings(self._connection, given)
            put_many(self._connection, evaluations, [_row(one, given[one], at) for one in sorted(given)])
            write_verdicts(self._connection, given)

    def of_recording(self, recording_id: str) -> Sequence[Evaluation]:
        """See the port."""
        query = select(evaluations).where(evaluations.c.recording_id == recording_id)
        query = query.order_by(evaluations.c.keyword_set_id, evaluations.c.keyword_set_version)
        newest = {row["keyword_set_id"]: row for row in all_rows(self._connection, query)}
        return [_evaluation(row) for row in newest.values()]

    def newest(self, keyword_set_id: str, recording_ids: Sequence[str]) -> Mapping[str, Evaluation]:
        """See the port."""
        query = select(evaluations).where(
            evaluations.c.recording_id.in_(recording_ids), evaluations.c.keyword_set_id == keyword_set_id
        )
        query = query.order_by(evaluations.c.keyword_set_version)
        return {row["recording_id"]: _evaluation(row) for row in all_rows(self._connection, query)}

    def latest(self, keyword_set_id: str, version: int, *, limit: int) -> Sequence[Evaluation]:
        """See the port."""
        query = select(evaluations).where(
            evaluations.c.keyword_set_id == keyword_set_id, evaluations.c.keyword_set_version == version
        )
        query = query.order_by(evaluations.c.at.desc()).limit(limit)
        return [_evaluation(row) for row in all_rows(self._connection, query)]


def _row(recording_id: str, evaluation: Evaluation, at: datetime) -> dict[str, Any]:
    return dict(vars(evaluation)) | {"recording_id": recording_id, "at": at, "counted_at": at}


def _evaluation(row: Mapping[Any, Any]) -> Evaluation:
    return Evaluation(
        keyword_set_id=row["keyword_set_id"],
        keyword_set_version=row["keyword_set_version"],
        score=row["score"],
        passed=row["passed"],
        findings=row["findings"],
    )
