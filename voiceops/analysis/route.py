"""Who should call back: ordered targets, the first that somebody can serve wins, and a sentence that says why.

It does not look at offers, clocks or stores; the time, who passed and how loaded people are is handed in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction

from voiceops.analysis.language_names import language_name
from voiceops.analysis.same_person import could_be_called
from voiceops.analysis.shifts import takes_offers
from voiceops.domain.people import Agent, Target

LONG_AGO = datetime.min.replace(tzinfo=UTC)

# Tried after whatever a queue names, so that no task is unroutable.
LAST_RESORT = (Target.LANGUAGE, Target.ANYONE)


@dataclass(frozen=True)
class Needs:
    """What a task asks of an agent. `team` works the queue beside those who name the queue themselves.

    `passed` counts for each agent how often they let this task's offer pass.
    """

    language: str | None = None
    skills: tuple[str, ...] = ()
    queue: str | None = None
    asked_for: str | None = None
    team: str | None = None
    targets: tuple[Target, ...] = tuple(Target)
    passed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LastSpoken:
    """The agent who last had to do with the caller's number, and when; `spoke` False means that they
    had a task of this caller, but no conversation is known.
    """

    agent_id: str
    at: datetime
    spoke: bool = True


@dataclass(frozen=True)
class Board:
    """What is known at the moment of choosing: tasks held per agent, when each was last offered one,
    who owns the customer, and who spoke to this number last.
    """

    loads: Mapping[str, int] = field(default_factory=dict)
    last_offered: Mapping[str, datetime] = field(default_factory=dict)
    owner_id: str | None = None
    last_spoken: LastSpoken | None = None


@dataclass(frozen=True)
class Choice:
    """The agent, and why in one sentence."""

    agent_id: str
    reason: str


@dataclass(frozen=True)
class _Aim:
    """Who would do, and the words for it."""

    serves: Callable[[Agent], bool]
    because: str


def choose_agent(needs: Needs, agents: Sequence[Agent], *, board: Board, at: datetime) -> Choice | None:
    """The agent to offer a task to, or None while nobody takes offers and has room for one more.

    The queue's targets are tried in order, then anyone in the language, then anyone. Who let this task
    pass comes after everybody who did not, so that nobody is starved and a lone agent is asked again.
    Among equals the lowest load for their capacity wins, then the longest without an offer, then the
    lower id.
    """
    free = _next_in_line(needs, [agent for agent in agents if takes_offers(agent, at) and _has_room(agent, board)])
    ties = _ties(board, at)
    for aim in _aims(needs, ties, free):
        able = [agent for agent in free if aim.serves(agent)]
        if able:
            chosen = min(able, key=lambda agent: _turn(agent, board))
            return Choice(chosen.id, _reason(chosen, aim.because, held=board.loads.get(chosen.id, 0), ties=ties))
    return None


def _has_room(agent: Agent, board: Board) -> bool:
    return board.loads.get(agent.id, 0) < agent.capacity


def _next_in_line(needs: Needs, free: Sequence[Agent]) -> Sequence[Agent]:
    fewest = min((needs.passed.get(agent.id, 0) for agent in free), default=0)
    return [agent for agent in free if needs.passed.get(agent.id, 0) == fewest]


def _turn(agent: Agent, board: Board) -> tuple[Fraction, datetime, str]:
    """Whose turn it is: the smallest goes first."""
    load = Fraction(board.loads.get(agent.id, 0), agent.capacity)
    return load, board.last_offered.get(agent.id, LONG_AGO), agent.id


def _ties(board: Board, at: datetime) -> Mapping[Target, tuple[str, str]]:
    """What ties an agent to the caller: for each such target the agent's id and the words for it."""
    ties = {}
    if board.owner_id:
        ties[Target.OWNER] = (board.owner_id, "looks after this customer")
    last = board.last_spoken
    if last:
        day = f"{last.at.day} {last.at:%B}" if last.at.year == at.year else f"{last.at.day} {last.at:%B %Y}"
        words = f"spoke to this number on {day}" if last.spoke else f"has had this caller's message of {day}"
        ties[Target.LAST_SPOKEN] = (last.agent_id, words)
    return ties


def _reason(agent: Agent, because: str, *, held: int, ties: Mapping[Target, tuple[str, str]]) -> str:
    """Why this agent; what else ties them to the caller is said too."""
    others = [words for agent_id, words in ties.values() if agent_id == agent.id and words != because]
    sentence = "; ".join([because, f"{held} of {agent.capacity} tasks", *others])
    return f"{sentence[0].upper()}{sentence[1:]}."


def _aims(needs: Needs, ties: Mapping[Target, tuple[str, str]], free: Sequence[Agent]) -> Iterator[_Aim]:
    makers: Mapping[Target, Callable[[], _Aim | None]] = {
        Target.ASKED_FOR: lambda: _asked_for(needs),
        Target.OWNER: lambda: _tied(ties.get(Target.OWNER)),
        Target.LAST_SPOKEN: lambda: _tied(ties.get(Target.LAST_SPOKEN)),
        Target.SKILL_AND_LANGUAGE: lambda: _skilled(needs),
        Target.TEAM: lambda: _team(needs),
        Target.LANGUAGE: lambda: _Aim(lambda agent: _speaks_it(agent, needs), f"{_speaks(needs)}, has room"),
        Target.ANYONE: lambda: _anyone(needs, free),
    }
    for target in dict.fromkeys((*needs.targets, *LAST_RESORT)):
        aim = makers[target]()
        if aim is not None:
            yield aim


def _asked_for(needs: Needs) -> _Aim | None:
    wanted = needs.asked_for
    return _Aim(lambda agent: could_be_called(agent.name, wanted), f"the caller asked for {wanted}") if wanted else None


def _tied(tie: tuple[str, str] | None) -> _Aim | None:
    return _Aim(lambda agent: agent.id == tie[0], tie[1]) if tie else None


def _skilled(needs: Needs) -> _Aim | None:
    if not needs.skills:
        return None
    because = f"{_speaks(needs)}, works on {' and '.join(needs.skills)}"
    return _Aim(lambda agent: _speaks_it(agent, needs) and set(needs.skills) <= set(agent.skills), because)


def _team(needs: Needs) -> _Aim | None:
    if not needs.queue and not needs.team:
        return None
    because = f"{_speaks(needs)}, works in the {f'queue {needs.queue}' if needs.queue else f'team {needs.team}'}"
    return _Aim(lambda agent: _speaks_it(agent, needs) and _works_queue(agent, needs), because)


def _works_queue(agent: Agent, needs: Needs) -> bool:
    in_team = needs.team is not None and agent.team == needs.team
    return in_team or needs.queue in agent.queues


def _anyone(needs: Needs, free: Sequence[Agent]) -> _Aim:
    nobody_speaks = needs.language and not any(_speaks_it(agent, needs) for agent in free)
    because = f"nobody free speaks {language_name(needs.language or '')}, so anyone on shift"
    return _Aim(lambda _: True, because if nobody_speaks else "is on shift, has room")


def _speaks(needs: Needs) -> str:
    return f"speaks {language_name(needs.language)}" if needs.language else "is on shift"


def _speaks_it(agent: Agent, needs: Needs) -> bool:
    return needs.language is None or needs.language in agent.languages
