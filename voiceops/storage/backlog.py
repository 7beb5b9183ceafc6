"""What waits for background work, counted in the tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select

from voiceops.domain.notice import NoticeState
from voiceops.domain.reanalysis import ReanalysisState
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.ports import Backlog, Lane
from voiceops.storage.notice_tables import notices
from voiceops.storage.reanalysis_tables import reanalyses, reanalysis_parts
from voiceops.storage.tables import recordings

DAY = timedelta(days=1)


class SqlBacklogStore:
    """The backlog as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, *, now: datetime, reasons: int = 20) -> Backlog:
        """See the port."""
        by_state = select(recordings.c.kind, recordings.c.state, func.count()).group_by(
            recordings.c.kind, recordings.c.state
        )
        recent = [
            recordings.c.kind == RecordingKind.VOICEMAIL,
            recordings.c.received_at >= literal(now - DAY, recordings.c.received_at.type),
        ]
        return Backlog(
            recordings={(kind, state): number for kind, state, number in self._connection.execute(by_state)},
            waiting_since=self._waiting_since(now),
            failures=self._failures(reasons),
            notices_failed=self._count(notices.c.state == NoticeState.FAILED),
            left=self._count(*recent),
            unread=self._count(*recent, recordings.c.state != RecordingState.ANALYSED),
        )

    def _waiting_since(self, now: datetime) -> Mapping[Lane, datetime]:
        # What a dead worker holds waits, too; nobody may be there to see it.
        held = recordings.c.lease_until < literal(now, recordings.c.lease_until.type)
        abandoned = _oldest(RecordingState.TRANSCRIBING).where(held)
        since: dict[Lane, datetime] = {}
        for lane, query in (*_OLDEST, (Lane.TRANSCRIBE, abandoned)):
            at: datetime | None = self._connection.scalar(query)
            if at is not None:
                since[lane] = min(at, since.get(lane, at))
        return since

    def _failures(self, limit: int) -> Mapping[str, int]:
        """By the first sentence: what follows it tells what to do next."""
        query = select(recordings.c.failure, func.count()).where(recordings.c.state == RecordingState.FAILED)
        counts = Counter[str]()
        for failure, number in self._connection.execute(query.group_by(recordings.c.failure)):
            counts[(failure or "").partition(". ")[0].rstrip(".")] += number
        return dict(counts.most_common(limit))

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).where(*conditions)) or 0


def _oldest(state: RecordingState) -> Select[Any]:
    since = func.coalesce(recordings.c.state_changed_at, recordings.c.received_at, type_=recordings.c.received_at.type)
    return select(func.min(since)).where(recordings.c.state == state)


_OLDEST: Sequence[tuple[Lane, Select[Any]]] = (
    (Lane.TRANSCRIBE, _oldest(RecordingState.RECEIVED)),
    (Lane.ANALYSE, _oldest(RecordingState.TRANSCRIBED)),
    (Lane.NOTIFY, select(func.min(notices.c.next_try_at)).where(notices.c.state == NoticeState.WAITING)),
    (
        Lane.REANALYSE,
        select(func.min(reanalysis_parts.c.moved_at))
        .join(reanalyses, reanalyses.c.id == reanalysis_parts.c.reanalysis_id)
        .where(reanalysis_parts.c.is_done.is_(False), reanalyses.c.state == ReanalysisState.RUNNING),
    ),
)
