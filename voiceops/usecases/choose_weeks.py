"""Says which calls a figure is about: some last weeks by the clock of their queue, and who may see them."""

from dataclasses import dataclass
from datetime import datetime

from voiceops.analysis.calendar_weeks import calendar_weeks
from voiceops.domain.keyword_set import Expectation
from voiceops.domain.trends import TrendSpan
from voiceops.ports import UnitOfWork


@dataclass(frozen=True)
class TrendWish:
    """What somebody wants figures about; None means any. `teams` are those that they are confined to."""

    weeks: int
    queue: str | None = None
    agent_id: str | None = None
    keyword_set_id: str | None = None
    teams: tuple[str, ...] | None = None


def choose_weeks(unit: UnitOfWork, wish: TrendWish, *, now: datetime) -> TrendSpan:
    """The present week and those before it; without a queue the house's own clock counts, the default queue's."""
    zone = unit.queues.find(wish.queue).hours.time_zone
    sets = [stored.keyword_set for stored in unit.keyword_sets.list_newest()]
    return TrendSpan(
        starts=calendar_weeks(wish.weeks, now=now, time_zone=zone),
        time_zone=zone,
        queue=wish.queue,
        agent_id=wish.agent_id,
        keyword_set_id=wish.keyword_set_id,
        teams=wish.teams,
        mention_sets=tuple(one.id for one in sets if all(rule.expect is Expectation.MENTION for rule in one.rules)),
    )
