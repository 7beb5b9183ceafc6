"""Offers and earlier contacts, read from the rows of tasks, their events and calls, each by an index."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from voiceops.analysis.route import LastSpoken
from voiceops.domain.callback_task import Disposition, TaskState
from voiceops.domain.offers import PASSED
from voiceops.domain.recording import RecordingKind
from voiceops.ports import Offer
from voiceops.storage.statements import all_rows, find_row
from voiceops.storage.tables import agents, recordings, task_events, tasks
from voiceops.storage.tasks import read_task

# A task that ended in one of these was a conversation.
SPOKE = frozenset({Disposition.RESOLVED, Disposition.CALLED_BACK})


class SqlOfferStore:
    """The offers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pending(self) -> Sequence[Offer]:
        """See the port."""
        newest = (
            select(task_events.c.at)
            .where(task_events.c.task_id == tasks.c.id, task_events.c.offered_to.is_not(None))
            .order_by(task_events.c.number.desc())
            .limit(1)
            .scalar_subquery()
        )
        query = select(tasks, newest.label("offered_at")).where(tasks.c.state == TaskState.OFFERED)
        return [_offer(dict(row)) for row in all_rows(self._connection, query)]

    def last_offered(self) -> Mapping[str, datetime]:
        """See the port. One look into an index for each agent, however long the history is."""
        newest = (
            select(func.max(task_events.c.at, type_=task_events.c.at.type))
            .where(task_events.c.offered_to == agents.c.id)
            .scalar_subquery()
        )
        rows = self._connection.execute(select(agents.c.id, newest)).all()
        return {agent_id: at for agent_id, at in rows if at is not None}

    def passed(self, task_id: str) -> Mapping[str, int]:
        """See the port."""
        query = select(task_events.c.offered_to, task_events.c.what).where(task_events.c.task_id == task_id)
        passed: Counter[str] = Counter()
        holder = None
        for offered_to, what in self._connection.execute(query.order_by(task_events.c.number)).all():
            holder = offered_to or holder
            if what in PASSED and holder is not None:
                passed[holder] += 1
        return passed

    def last_spoken(self, numbers: Collection[str], *, but_not: str) -> LastSpoken | None:
        """See the port."""
        found = [
            one for number in numbers for one in (self._last_task(number, but_not), self._last_call(number)) if one
        ]
        return max(found, key=lambda one: one.at, default=None)

    def _last_task(self, number: str, but_not: str) -> LastSpoken | None:
        with_words = or_(tasks.c.disposition.is_(None), tasks.c.disposition != Disposition.NO_MESSAGE)
        query = (
            select(tasks.c.agent_id, tasks.c.raised_at, tasks.c.ended_at, tasks.c.disposition)
            .where(tasks.c.caller_number == number, tasks.c.agent_id.is_not(None), tasks.c.id != but_not, with_words)
            .order_by(tasks.c.raised_at.desc())
            .limit(1)
        )
        row = find_row(self._connection, query)
        if row is None:
            return None
        return LastSpoken(row["agent_id"], row["ended_at"] or row["raised_at"], spoke=row["disposition"] in SPOKE)

    def _last_call(self, number: str) -> LastSpoken | None:
        query = (
            select(recordings.c.agent_id, recordings.c.received_at)
            .where(recordings.c.caller_number == number, recordings.c.agent_id.is_not(None))
            .where(recordings.c.kind == RecordingKind.CALL)
            .order_by(recordings.c.received_at.desc())
            .limit(1)
        )
        row = find_row(self._connection, query)
        return None if row is None else LastSpoken(row["agent_id"], row["received_at"])


def _offer(row: dict[str, object]) -> Offer:
    at = row.pop("offered_at")
    task = read_task(row)
    return Offer(task, at if isinstance(at, datetime) else task.raised_at)
