"""What of recordings is due to be removed, and its removal from the rows that hold it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, literal, or_, select, update

from voiceops.domain.recording import Recording, RecordingState
from voiceops.ports import DueParts, RetentionRule
from voiceops.storage.call_tables import disputes, releases, waveforms
from voiceops.storage.message_tables import task_attempts, task_messages
from voiceops.storage.reanalysis_tables import reviews, verdict_changes
from voiceops.storage.recordings import FIELDS
from voiceops.storage.second_look_tables import second_looks
from voiceops.storage.statements import all_rows
from voiceops.storage.tables import evaluations, recordings, task_events, tasks, transcripts
from voiceops.storage.trend_tables import speech_measures
from voiceops.storage.write_verdicts import forget_verdicts


class SqlRetentionStore:
    """What is due, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, rule: RetentionRule, *, before: datetime, limit: int) -> Sequence[str]:
        """See the port."""
        free = (recordings.c.hold.is_(None), ~_needed())
        query = select(recordings.c.id).where(*_aged(rule, before), *free)
        return self._connection.scalars(query.order_by(recordings.c.received_at).limit(limit)).all()

    def count(self, rule: RetentionRule, *, before: datetime) -> DueParts:
        """See the port."""
        held, needed = recordings.c.hold.is_not(None), _needed()
        free = and_(~held, ~needed)
        counts = [func.count().filter(one) for one in (free, held, and_(~held, needed))]
        size = func.coalesce(func.sum(recordings.c.size_bytes).filter(free), 0)
        row = self._connection.execute(select(*counts, size).where(*_aged(rule, before))).one()
        return DueParts(to_remove=row[0], held=row[1], needed=row[2], size_bytes=int(row[3]))

    def is_needed(self, recording_id: str) -> bool:
        """See the port."""
        return bool(self._connection.scalar(select(_needed()).where(recordings.c.id == recording_id)))

    def remove_waveform(self, recording_id: str) -> None:
        """See the port."""
        self._connection.execute(delete(waveforms).where(waveforms.c.recording_id == recording_id))

    def remove_transcript(self, recording_id: str) -> None:
        """See the port."""
        for table in (transcripts, second_looks):
            self._connection.execute(delete(table).where(table.c.recording_id == recording_id))

    def remove_result(self, recording_id: str) -> None:
        """See the port."""
        for table in (evaluations, second_looks, reviews, verdict_changes, speech_measures, disputes, releases):
            self._connection.execute(delete(table).where(table.c.recording_id == recording_id))
        forget_verdicts(self._connection, recording_id)
        message = task_messages.c.recording_id == recording_id
        of_message = select(task_messages.c.task_id).where(message)
        self._connection.execute(update(task_messages).where(message).values(facts=None, note=None))
        # The version rises with it: who read the task before must not write its facts back.
        forgotten = {"facts": None, "note": None, "version": tasks.c.version + 1}
        self._connection.execute(update(tasks).where(tasks.c.id.in_(of_message)).values(**forgotten))
        events = update(task_events).where(task_events.c.task_id.in_(of_message))
        self._connection.execute(events.values(why=""))
        attempts = update(task_attempts).where(task_attempts.c.task_id.in_(of_message))
        self._connection.execute(attempts.values(note=""))

    def held(self) -> Sequence[Recording]:
        """See the port."""
        query = select(*FIELDS).where(recordings.c.hold.is_not(None)).order_by(recordings.c.id)
        return [Recording(**row) for row in all_rows(self._connection, query)]


def _aged(rule: RetentionRule, before: datetime) -> Sequence[ColumnElement[bool]]:
    return (
        recordings.c.kind == rule.kind,
        recordings.c[f"{rule.part}_removed_at"].is_(None),
        recordings.c.received_at < literal(before, recordings.c.received_at.type),
        recordings.c.state.in_([state for state in RecordingState if state.is_final]),
        _in_queues(rule),
    )


def _in_queues(rule: RetentionRule) -> ColumnElement[bool]:
    if rule.queues is not None:
        return recordings.c.queue.in_(rule.queues)
    return or_(recordings.c.queue.is_(None), recordings.c.queue.not_in(rule.but_queues))


def _needed() -> ColumnElement[bool]:
    """Whether a task that is not ended has it among its messages, or follows up one that has."""
    asks = tasks.alias()
    answers = and_(tasks.c.id == task_messages.c.task_id, task_messages.c.recording_id == recordings.c.id)
    follows = exists().where(asks.c.follow_up_of == tasks.c.id, asks.c.is_ended.is_(False)).correlate(tasks)
    return exists().where(answers, or_(tasks.c.is_ended.is_(False), follows)).correlate(recordings)
