"""Figures about many calls over weeks: how they were judged, what was missed or mentioned, and how people spoke."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from voiceops.domain.callback_task import TaskState


@dataclass(frozen=True)
class TrendSpan:
    """Which calls are counted; None means any. `starts` are the beginnings of the weeks, and the end of the last.

    Weeks are those of `time_zone`. The rules of `mention_sets` only count, so those sets judge nobody. `teams` means
    calls whose agent is of one of these teams, or whose queue is theirs.
    """

    starts: tuple[datetime, ...]
    time_zone: str = "UTC"
    queue: str | None = None
    agent_id: str | None = None
    keyword_set_id: str | None = None
    teams: tuple[str, ...] | None = None
    mention_sets: tuple[str, ...] = ()

    @property
    def mondays(self) -> tuple[date, ...]:
        """The first day of each week."""
        zone = ZoneInfo(self.time_zone)
        return tuple(start.astimezone(zone).date() for start in self.starts[:-1])


@dataclass(frozen=True)
class Verdicts:
    """How many verdicts of one kind there are; undecided ones wait for a person."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0

    @property
    def calls(self) -> int:
        """All of them."""
        return self.passed + self.failed + self.undecided

    @property
    def share(self) -> float | None:
        """The share that passed of those that are decided, 0..1, or None where none is."""
        decided = self.passed + self.failed
        return self.passed / decided if decided else None

    def __add__(self, other: "Verdicts") -> "Verdicts":
        """Both together."""
        return Verdicts(self.passed + other.passed, self.failed + other.failed, self.undecided + other.undecided)


@dataclass(frozen=True)
class WeekVerdicts:
    """Verdicts by one keyword set in one week, counted from 0."""

    week: int
    keyword_set_id: str
    verdicts: Verdicts


@dataclass(frozen=True)
class GroupVerdicts:
    """Verdicts of one queue or agent; None for calls without."""

    name: str | None
    verdicts: Verdicts


@dataclass(frozen=True)
class Compliance:
    """Verdicts by week and set, by queue, and by agent; groups with the lowest share come first."""

    weeks: Sequence[WeekVerdicts]
    queues: Sequence[GroupVerdicts]
    agents: Sequence[GroupVerdicts]


@dataclass(frozen=True)
class RuleCount:
    """In how many calls a rule was not kept: missed, refused or violated."""

    keyword_set_id: str
    rule_id: str
    calls: int


@dataclass(frozen=True)
class MentionCount:
    """In how many calls of a week, counted from 0, the wording of a rule was heard."""

    week: int
    keyword_set_id: str
    rule_id: str
    calls: int


@dataclass(frozen=True)
class RuleFigures:
    """Rules that were not kept, the most often first, and mentions by rule and week."""

    not_kept: Sequence[RuleCount]
    mentions: Sequence[MentionCount]


@dataclass(frozen=True)
class WeekSpeech:
    """How people spoke in the calls of one week, on average.

    `dead_air_seconds` are those of a call, `talk_ratio` the agent's share of all talk, 0..1, None where no call
    tells who the agent is.
    """

    week: int
    calls: int
    dead_air_seconds: float
    talk_ratio: float | None


@dataclass(frozen=True)
class Figures:
    """All that is counted of the calls of a span."""

    compliance: Compliance
    rules: RuleFigures
    speech: Sequence[WeekSpeech]


@dataclass(frozen=True)
class LeftVoicemail:
    """One voicemail, and where and when it was left."""

    recording_id: str
    queue: str | None
    received_at: datetime


@dataclass(frozen=True)
class VoicemailWish:
    """Which voicemails of a span somebody looks for; None means any. Monday is 0.

    `hour` and `weekday` are by the clock of the queue that each was left in; the agent is whoever has the task.
    """

    weekday: int | None = None
    hour: int | None = None
    agent_id: str | None = None
    state: TaskState | None = None

    def fits(self, weekday: int, hour: int) -> bool:
        """Whether it was left in such an hour."""
        return self.weekday in {None, weekday} and self.hour in {None, hour}


@dataclass(frozen=True)
class HourCount:
    """Voicemails left in one hour of the week, by the clock of their queue. Monday is 0."""

    weekday: int
    hour: int
    voicemails: int
