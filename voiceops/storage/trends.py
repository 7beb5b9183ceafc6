"""Counts and averages over many calls, made by the database: a page reads hundreds of rows, never all calls."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from voiceops.analysis.speech_metrics import SpeechMetrics
from voiceops.domain.finding import NOT_KEPT, Outcome
from voiceops.domain.recording import RecordingKind
from voiceops.domain.trends import (
    Compliance,
    GroupVerdicts,
    LeftVoicemail,
    MentionCount,
    RuleCount,
    RuleFigures,
    TrendSpan,
    Verdicts,
    WeekSpeech,
    WeekVerdicts,
)
from voiceops.storage.statements import put_many
from voiceops.storage.tables import recordings
from voiceops.storage.teams import belongs_to
from voiceops.storage.trend_tables import speech_measures
from voiceops.storage.verdict_tables import findings, verdicts

_WEEKS, _QUEUES, _AGENTS = range(3)


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

    def compliance(self, span: TrendSpan) -> Compliance:
        """See the port. The calls are looked up once, and counted three times."""
        judged = select(_week(span), recordings.c.queue, recordings.c.agent_id, verdicts.c.keyword_set_id,
                        verdicts.c.passed)  # fmt: skip
        judged = judged.join(verdicts, verdicts.c.recording_id == recordings.c.id).where(*_calls(span))
        if span.mention_sets:
            judged = judged.where(verdicts.c.keyword_set_id.not_in(span.mention_sets))
        if span.keyword_set_id is not None:
            judged = judged.where(verdicts.c.keyword_set_id == span.keyword_set_id)
        of = judged.cte("judged").c
        parts = [
            select(literal(_WEEKS).label("part"), of.week, of.keyword_set_id.label("name"), of.passed, func.count())
            .group_by(of.week, of.keyword_set_id, of.passed)
        ] + [
            select(literal(part), literal(0), column, of.passed, func.count())
            .group_by(column, of.passed)
            for part, column in ((_QUEUES, of.queue), (_AGENTS, of.agent_id))
        ]  # fmt: skip
        return _compliance(self._connection.execute(union_all(*parts)))

    def rules(self, span: TrendSpan) -> RuleFigures:
        """See the port. All findings of a call lie together, so one walk counts both kinds."""
        of = findings.c
        query = select(_week(span), of.keyword_set_id, of.rule_id, func.count())
        query = query.join_from(recordings, findings, of.recording_id == recordings.c.id)
        is_mention = tuple_(of.keyword_set_id, of.rule_id).in_(span.mention_rules)
        heard = and_(of.outcome == Outcome.MET, is_mention)
        query = query.where(or_(heard, and_(of.outcome.in_(NOT_KEPT), ~is_mention)), *_calls(span))
        if span.keyword_set_id is not None:
            query = query.where(of.keyword_set_id == span.keyword_set_id)
        return _rule_figures(span, self._connection.execute(query.group_by("week", of.keyword_set_id, of.rule_id)))

    def speech(self, span: TrendSpan) -> Sequence[WeekSpeech]:
        """See the port."""
        of = speech_measures.c
        query = select(_week(span), func.count(), func.avg(of.dead_air_seconds), func.avg(of.talk_ratio))
        query = query.join_from(recordings, speech_measures, of.recording_id == recordings.c.id)
        rows = self._connection.execute(query.where(*_calls(span)).group_by("week").order_by("week"))
        return [WeekSpeech(*row) for row in rows]

    def voicemails(self, span: TrendSpan) -> Sequence[LeftVoicemail]:
        """See the port."""
        query: Select[Any] = select(recordings.c.id, recordings.c.queue, recordings.c.received_at)
        rows = self._connection.execute(query.where(*_recordings(span, RecordingKind.VOICEMAIL)))
        return [LeftVoicemail(*row) for row in rows]


def _week(span: TrendSpan) -> ColumnElement[int]:
    """The number of the week that a recording was received in."""
    ends = enumerate(span.starts[1:])
    return case(*((recordings.c.received_at < _at(end), week) for week, end in ends)).label("week")


def _calls(span: TrendSpan) -> Sequence[ColumnElement[bool]]:
    return _recordings(span, RecordingKind.CALL)


def _recordings(span: TrendSpan, kind: RecordingKind) -> Sequence[ColumnElement[bool]]:
    conditions = [
        recordings.c.kind == kind,
        recordings.c.received_at >= _at(span.starts[0]),
        recordings.c.received_at < _at(span.starts[-1]),
    ]
    pairs = ((recordings.c.queue, span.queue), (recordings.c.agent_id, span.agent_id))
    conditions += [column == value for column, value in pairs if value is not None]
    return conditions if span.teams is None else [*conditions, belongs_to(span.teams, recordings)]


def _at(instant: datetime) -> ColumnElement[datetime]:
    return literal(instant, recordings.c.received_at.type)


def _rule_figures(span: TrendSpan, rows: Iterable[Any]) -> RuleFigures:
    not_kept: Counter[tuple[str, str]] = Counter()
    mentions: list[MentionCount] = []
    for week, own, rule, calls in rows:
        if (own, rule) in span.mention_rules:
            mentions.append(MentionCount(week, own, rule, calls))
        else:
            not_kept[own, rule] += calls
    return RuleFigures(
        [RuleCount(*key, calls) for key, calls in sorted(not_kept.items(), key=lambda one: (-one[1], one[0]))],
        sorted(mentions, key=lambda one: (one.keyword_set_id, one.rule_id, one.week)),
    )


def _compliance(rows: Iterable[Any]) -> Compliance:
    found: defaultdict[tuple[int, int, str | None], Verdicts] = defaultdict(Verdicts)
    for part, week, name, passed, calls in rows:
        kind = {True: "passed", False: "failed", None: "undecided"}[passed]
        found[part, week, name] += Verdicts(**{kind: calls})
    groups = {
        part: [GroupVerdicts(name, one) for (of, _, name), one in found.items() if of == part]
        for part in (_QUEUES, _AGENTS)
    }
    weeks = [WeekVerdicts(week, name or "", one) for (part, week, name), one in found.items() if part == _WEEKS]
    return Compliance(
        weeks=sorted(weeks, key=lambda one: (one.keyword_set_id, one.week)),
        queues=sorted(groups[_QUEUES], key=_worst_first),
        agents=sorted(groups[_AGENTS], key=_worst_first),
    )


def _worst_first(group: GroupVerdicts) -> tuple[float, int, str]:
    share = group.verdicts.share
    return (2.0 if share is None else share), -group.verdicts.calls, group.name or ""
