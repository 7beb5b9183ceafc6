"""Adds up groups of calls that share a judgement, to the figures that a page shows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache

from voiceops.domain.trends import (
    Compliance,
    Figures,
    GroupVerdicts,
    MentionCount,
    RuleCount,
    RuleFigures,
    TrendSpan,
    Verdicts,
    WeekSpeech,
    WeekVerdicts,
)
from voiceops.storage.judgements import Judgement, judgements_in

Counts = MutableMapping[str | None, Counter[str]]


class FigureCounts:
    """What was counted so far. None for a judgement counts nothing yet."""

    def __init__(self, span: TrendSpan) -> None:
        self._span = span
        self._read = cache(self._counting)
        self._weeks: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        self._not_kept: Counter[tuple[str, str]] = Counter()
        self._mentions: Counter[tuple[str, str, int]] = Counter()
        self._speech: defaultdict[int, list[float]] = defaultdict(lambda: [0, 0.0, 0, 0.0])
        self.queues: Counts = defaultdict(Counter)
        self.agents: Counts = defaultdict(Counter)

    def add_week(self, week: int, judged: str | None, calls: int) -> None:
        """So many calls of a week were judged so."""
        for one in self._read(judged):
            own = one.keyword_set_id
            if own not in self._span.mention_sets:
                self._weeks[own, week][one.verdict] += calls
            for rule in one.not_kept:
                self._not_kept[own, rule] += calls
            for rule in one.mentions:
                self._mentions[own, rule, week] += calls

    def add_group(self, groups: Counts, name: str | None, judged: str | None, calls: int) -> None:
        """So many calls of a queue or an agent were judged so."""
        for one in self._read(judged):
            if one.keyword_set_id not in self._span.mention_sets:
                groups[name][one.verdict] += calls

    def add_speech(self, week: int, *sums: float | None) -> None:
        """Calls with a measure and the sum of it: dead air in seconds, then the agent's share of the talk."""
        self._speech[week] = [one + (more or 0) for one, more in zip(self._speech[week], sums, strict=True)]

    def figures(self) -> Figures:
        """All of it, in the order in which it is shown."""
        weeks = [WeekVerdicts(week, own, Verdicts(**found)) for (own, week), found in sorted(self._weeks.items())]
        not_kept = sorted(self._not_kept.items(), key=lambda one: (-one[1], one[0]))
        mentions = [MentionCount(week, own, rule, n) for (own, rule, week), n in sorted(self._mentions.items())]
        return Figures(
            Compliance(weeks, _groups(self.queues), _groups(self.agents)),
            RuleFigures([RuleCount(*key, calls) for key, calls in not_kept], mentions),
            [_week_speech(week, *sums) for week, sums in sorted(self._speech.items()) if sums[0]],
        )

    def _counting(self, judged: str | None) -> Sequence[Judgement]:
        wanted = self._span.keyword_set_id
        return [one for one in judgements_in(judged or "") if wanted in {None, one.keyword_set_id}]


def _groups(found: Mapping[str | None, Counter[str]]) -> Sequence[GroupVerdicts]:
    return sorted((GroupVerdicts(name, Verdicts(**one)) for name, one in found.items()), key=_worst_first)


def _worst_first(group: GroupVerdicts) -> tuple[float, int, str]:
    share = group.verdicts.share
    return (2.0 if share is None else share), -group.verdicts.calls, group.name or ""


def _week_speech(week: int, measured: float, dead_air: float, told: float, talk: float) -> WeekSpeech:
    return WeekSpeech(week, int(measured), dead_air / measured, talk / told if told else None)
