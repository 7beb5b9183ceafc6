"""Reviews as rows, only ever added."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from voiceops.domain.review import Review
from voiceops.errors import Conflict
from voiceops.storage.evaluations import SqlEvaluationStore
from voiceops.storage.reanalysis_tables import review_columns, reviews
from voiceops.storage.statements import all_rows, insert_new
from voiceops.storage.write_verdicts import hold_recordings, write_verdicts


class SqlReviewStore:
    """The reviews of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, review: Review) -> None:
        """See the port."""
        taken = Conflict(
            "A review with this id, or of no stored recording, cannot be added.",
            record=review.id,
            next_step="Look at the reviews that the recording has.",
        )
        hold_recordings(self._connection, [review.recording_id])
        insert_new(self._connection, reviews, {**vars(review), "is_counted": True}, taken=taken)
        newest = SqlEvaluationStore(self._connection).newest(review.keyword_set_id, [review.recording_id])
        write_verdicts(self._connection, newest)

    def of_recording(self, recording_id: str) -> Sequence[Review]:
        """See the port."""
        query = select(*review_columns).where(reviews.c.recording_id == recording_id).order_by(reviews.c.number)
        return [Review(**row) for row in all_rows(self._connection, query)]

    def latest(self, keyword_set_id: str) -> Sequence[Review]:
        """See the port."""
        finding = (reviews.c.recording_id, reviews.c.keyword_set_version, reviews.c.rule_id)
        newest = select(func.max(reviews.c.number)).where(reviews.c.keyword_set_id == keyword_set_id)
        query = select(*review_columns).where(reviews.c.number.in_(newest.group_by(*finding)))
        return [Review(**row) for row in all_rows(self._connection, query.order_by(reviews.c.number))]
