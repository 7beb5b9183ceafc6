"""Counts and averages over many calls, made by the database: a page reads hundreds of rows, never all calls."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, case, func, literal, select

from voiceops.analysis.speech_metrics import SpeechMetrics
from voiceops.domain.recording import RecordingKind
from voiceops.domain.trends import Figures, LeftVoicemail, TrendSpan, VoicemailWish
from voiceops.errors import NotFound
from voiceops.ports import Page
from voiceops.storage.figure_counts import FigureCounts
from voiceops.storage.judgements import texts_of, write_judgements
from voiceops.storage.message_tables import task_messages
from voiceops.storage.ordered import ordered_rows
from voiceops.storage.statements import put_many
from voiceops.storage.tables import recordings, tasks
from voiceops.storage.teams import belongs_to
from voiceops.storage.trend_tables import call_figures, speech_measures, to_judge

# So many calls are judged by one statement, where that was not done when they were.
AT_ONCE = 1000
_SPEECH = tuple(
    of(call_figures.c[name]) for name in ("dead_air_seconds", "talk_ratio") for of in (func.count, func.sum)
)


class SqlTrendStore:
    """The figures of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_speech(self, measured: Mapping[str, SpeechMetrics]) -> None:
        """See the port."""
        names = ("dead_air_seconds", "talk_ratio", "overlap_seconds")
        rows = [
            {"recording_id": one, **{name: getattr(measured[one], name) for name in names}} for one in sorted(measured)
        ]
        put_many(self._connection, speech_measures, rows)

    def figures(self, span: TrendSpan) -> Figures:
        """See the port. Many calls share a judgement, so it is read once for all of them."""
        counts = FigureCounts(span)
        for week, judged, calls, *speech in self._rows(span, _week(span), *_SPEECH):
            counts.add_week(week, judged, calls)
            counts.add_speech(week, *speech)
        for queue, judged, calls in self._rows(span, call_figures.c.queue):
            counts.add_group(counts.queues, queue, judged, calls)
        for agent_id, judged, calls in self._rows(span, call_figures.c.agent_id):
            counts.add_group(counts.agents, agent_id, judged, calls)
        for week, queue, agent_id, judged in self._to_judge(span):
            counts.add_week(week, judged, 1)
            counts.add_group(counts.queues, queue, judged, 1)
            counts.add_group(counts.agents, agent_id, judged, 1)
        return counts.figures()

    def judge(self, *, limit: int) -> int:
        """See the port. Whoever writes a verdict meanwhile waits, and its trigger marks the call again."""
        query = select(call_figures.c.recording_id).where(to_judge).order_by(call_figures.c.received_at).limit(limit)
        own = self._connection.scalars(query.with_for_update(skip_locked=True)).all()
        write_judgements(self._connection, own)
        return len(own)

    def _rows(self, span: TrendSpan, by: ColumnElement[Any], *more: ColumnElement[Any]) -> Iterable[Any]:
        """How many calls share a group and a judgement; None for those that are to be judged anew."""
        query = select(by.label("own"), call_figures.c.judged, func.count(), *more).where(*_within(span, call_figures))
        return self._connection.execute(query.group_by("own", call_figures.c.judged))

    def _to_judge(self, span: TrendSpan) -> Iterator[tuple[int, str | None, str | None, str]]:
        """The calls of the span whose judgement is not written yet, judged now."""
        of = call_figures.c
        query = select(of.recording_id, _week(span), of.queue, of.agent_id).where(
            to_judge, *_within(span, call_figures)
        )
        rows = self._connection.execute(query).all()
        for some in (rows[begin : begin + AT_ONCE] for begin in range(0, len(rows), AT_ONCE)):
            texts = texts_of(self._connection, [row[0] for row in some])
            yield from ((week, queue, agent_id, texts[own]) for own, week, queue, agent_id in some)

    def voicemails(self, span: TrendSpan) -> Sequence[LeftVoicemail]:
        """See the port."""
        query: Select[Any] = select(recordings.c.id, recordings.c.queue, recordings.c.received_at)
        query = query.where(recordings.c.kind == RecordingKind.VOICEMAIL, *_within(span, recordings))
        return [LeftVoicemail(*row) for row in self._connection.execute(query)]

    def newest_voicemails(self, span: TrendSpan, wish: VoicemailWish, page: Page) -> Sequence[LeftVoicemail]:
        """See the port."""
        query: Select[Any] = select(recordings.c.id, recordings.c.queue, recordings.c.received_at)
        query = query.where(recordings.c.kind == RecordingKind.VOICEMAIL, *_within(span, recordings))
        asked = ((tasks.c.agent_id, wish.agent_id), (tasks.c.state, wish.state))
        of_task = [column == value for column, value in asked if value is not None]
        if of_task:
            query = query.join_from(recordings, task_messages).join(tasks, tasks.c.id == task_messages.c.task_id)
        rows = ordered_rows(
            self._connection,
            query.where(*of_task),
            table=recordings,
            order="received_at_desc",
            page=page,
            missing=_not_found,
        )
        return [LeftVoicemail(row["id"], row["queue"], row["received_at"]) for row in rows]


def _week(span: TrendSpan) -> ColumnElement[int]:
    """The number of the week that a call was received in."""
    at = call_figures.c.received_at
    return case(*((at < _at(end), week) for week, end in enumerate(span.starts[1:])))


def _within(span: TrendSpan, table: Table) -> Sequence[ColumnElement[bool]]:
    of = table.c
    conditions = [of.received_at >= _at(span.starts[0]), of.received_at < _at(span.starts[-1])]
    pairs = ((of.queue, span.queue), (of.agent_id, span.agent_id))
    conditions += [column == value for column, value in pairs if value is not None]
    return conditions if span.teams is None else [*conditions, belongs_to(span.teams, table)]


def _not_found(recording_id: str) -> NotFound:
    return NotFound("There is no voicemail with this id.", record=recording_id, next_step="Begin with the newest one.")


def _at(instant: datetime) -> ColumnElement[datetime]:
    return literal(instant, recordings.c.received_at.type)
