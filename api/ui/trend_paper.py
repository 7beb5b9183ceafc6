"""Figures about many calls in the words and charts of the trends page, each with the address of the calls behind it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from babel.dates import format_skeleton, get_day_names

from api.ui.charts import Chart, Figure, Series, line_chart
from voiceops.domain.trends import Compliance, GroupVerdicts, MentionCount, RuleCount, TrendSpan, Verdicts, WeekSpeech

# The worst ones; the API has all.
SHOWN = 12

T = TypeVar("T")


@dataclass(frozen=True)
class Names:
    """What sets, rules and agents are called. Whatever is missing here goes by its id."""

    sets: Mapping[str, str]
    rules: Mapping[tuple[str, str], str]
    agents: Mapping[str, str]


@dataclass(frozen=True)
class Ranked:
    """A queue or an agent with how its calls were judged; `name` is None for calls without."""

    name: str | None
    verdicts: Verdicts
    address: str


@dataclass(frozen=True)
class MissedRule:
    """A rule, and in how many of the calls that its set was held against it was not kept."""

    name: str
    set_name: str
    calls: int
    of: int
    address: str

    @property
    def share(self) -> float:
        """0..1."""
        return min(1.0, self.calls / self.of) if self.of else 0.0


@dataclass(frozen=True)
class Paper:
    """Draws the figures of one span in one language."""

    span: TrendSpan
    names: Names
    language: str

    def compliance(self, found: Compliance) -> Chart:
        """The share that passed, a line for each keyword set; those with the most calls first."""
        by_set: defaultdict[str, dict[int, Verdicts]] = defaultdict(dict)
        for one in found.weeks:
            by_set[one.keyword_set_id][one.week] = one.verdicts
        order = sorted(by_set, key=lambda own: -sum(one.calls for one in by_set[own].values()))
        series = [self._series(self.names.sets.get(own, own), by_set[own], _share, rule=own) for own in order]
        return self._chart(series, top=1.0, text_of=_percent)

    def ranked(self, groups: Sequence[GroupVerdicts], *, field: str) -> list[Ranked]:
        """Queues or agents, those with the lowest share first."""
        titles = self.names.agents if field == "agent" else {}
        return [
            Ranked(
                titles.get(one.name, one.name) if one.name else None,
                one.verdicts,
                self.calls(**{field: one.name}),
            )
            for one in groups[:SHOWN]
        ]

    def missed(self, found: Sequence[RuleCount], compliance: Compliance) -> list[MissedRule]:
        """Rules that were not kept, the most often first."""
        held: defaultdict[str, int] = defaultdict(int)
        for one in compliance.weeks:
            held[one.keyword_set_id] += one.verdicts.calls
        return [
            MissedRule(
                self._rule(one),
                self.names.sets.get(one.keyword_set_id, one.keyword_set_id),
                one.calls,
                held[one.keyword_set_id],
                self.calls(rule=f"{one.keyword_set_id}/{one.rule_id}", outcome="not_kept"),
            )
            for one in found[:SHOWN]
        ]

    def mentions(self, found: Sequence[MentionCount]) -> Chart:
        """In how many calls each rule that only counts was heard, the most often heard first."""
        by_rule: defaultdict[tuple[str, str], dict[int, MentionCount]] = defaultdict(dict)
        for one in found:
            by_rule[one.keyword_set_id, one.rule_id][one.week] = one
        order = sorted(by_rule, key=lambda own: -sum(one.calls for one in by_rule[own].values()))
        # A week without a mention is a figure, and not a gap.
        series = [
            self._series(
                self._rule(next(iter(by_rule[own].values()))),
                {week: by_rule[own].get(week) for week in range(len(self.span.mondays))},
                lambda one: (float(one.calls), str(one.calls)) if one is not None else (0.0, "0"),
                rule="/".join(own), outcome="met",
            )
            for own in order
        ]  # fmt: skip
        return self._chart(series, text_of="{:.0f}".format)

    def dead_air(self, found: Sequence[WeekSpeech], *, name: str) -> Chart:
        """Seconds of dead air in a call, on average."""
        text = "{:.1f} s".format
        weeks = {one.week: one.dead_air_seconds for one in found}
        return self._chart([self._series(name, weeks, lambda one: (one, text(one)))], text_of=text)

    def talk_ratio(self, found: Sequence[WeekSpeech], *, name: str) -> Chart:
        """The agent's share of the talk, on average."""
        weeks = {one.week: one.talk_ratio for one in found if one.talk_ratio is not None}
        series = self._series(name, weeks, lambda one: (one, _percent(one)))
        return self._chart([series], top=1.0, text_of=_percent)

    def calls(self, week: int | None = None, /, **wanted: str | None) -> str:
        """Where the calls of a week, or of all of them, are listed; what the page was narrowed to holds there too.

        `rule` names a keyword set, or a set and a rule of it.
        """
        mondays = self.span.mondays
        first, last = (mondays[week], mondays[week]) if week is not None else (mondays[0], mondays[-1])
        given = {
            "queue": self.span.queue,
            "agent": self.span.agent_id,
            "rule": self.span.keyword_set_id,
            "since": first.isoformat(),
            "until": (last + timedelta(days=6)).isoformat(),
        } | wanted
        return f"/calls?{urlencode({name: value for name, value in given.items() if value is not None})}"

    def _series(
        self,
        name: str,
        by_week: Mapping[int, T],
        figure_of: Callable[[T], tuple[float | None, str]],
        **wanted: str | None,
    ) -> Series:
        figures = [
            Figure(*figure_of(by_week[week]), self.calls(week, **wanted)) if week in by_week else Figure(None, "—")
            for week in range(len(self.span.mondays))
        ]
        return Series(name, figures)

    def _chart(self, series: Sequence[Series], *, text_of: Callable[[float], str], top: float | None = None) -> Chart:
        shown = [one for one in series if any(figure.value is not None for figure in one.figures)]
        return line_chart(shown, [self._day(day) for day in self.span.mondays], text_of=text_of, top=top)

    def _day(self, day: date) -> str:
        return format_skeleton("MMMd", day, locale=self.language)

    def _rule(self, one: RuleCount | MentionCount) -> str:
        return self.names.rules.get((one.keyword_set_id, one.rule_id), one.rule_id)


def _share(one: Verdicts) -> tuple[float | None, str]:
    if one.share is None:
        return None, "—"
    return one.share, f"{_percent(one.share)} ({one.passed}/{one.passed + one.failed})"


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def days_of(language: str) -> list[str]:
    """The days of the week from Monday, in short."""
    names = get_day_names("abbreviated", locale=language)
    return [str(names[day]) for day in range(7)]
