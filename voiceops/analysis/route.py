"""Who should call back: ordered targets, the first that somebody can serve wins, and a sentence that says why.

It does not look at offers, clocks or stores; who is on shift and how loaded is handed in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction

from voiceops.analysis.same_person import could_be_called
from voiceops.domain.people import Agent

LONG_AGO = datetime.min.replace(tzinfo=UTC)

# Names for the sentence only; any other language is shown by its code.
LANGUAGE_NAMES = {
    "ar": "Arabic",
    "cs": "Czech",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "hu": "Hungarian",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
}


@dataclass(frozen=True)
class Needs:
    """What a task asks of an agent. `not_again` holds agents who let this task's offer pass."""

    language: str | None = None
    skills: tuple[str, ...] = ()
    queue: str | None = None
    asked_for: str | None = None
    not_again: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LastSpoken:
    """The agent who last spoke to the caller's number, and when."""

    agent_id: str
    at: datetime


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
class _Target:
    """Who would do, and the words for it."""

    serves: Callable[[Agent], bool]
    because: str


def choose_agent(needs: Needs, agents: Sequence[Agent], *, board: Board) -> Choice | None:
    """The agent to offer a task to, or None while nobody is on shift with room for one more.

    Targets in order: the person asked for, who owns the customer, who spoke to this number last, skill
    and language, the queue's people in the language, anyone in the language, anyone. Among equals the
    lowest load for their capacity wins, then the longest without an offer, then the lower id.
    """
    free = [agent for agent in agents if _can_take_one(agent, needs, board)]
    for target in _targets(needs, board):
        able = [agent for agent in free if target.serves(agent)]
        if able:
            chosen = min(able, key=lambda agent: _turn(agent, board))
            held = board.loads.get(chosen.id, 0)
            return Choice(chosen.id, f"{target.because}; {held} of {chosen.capacity} tasks.")
    return None


def _can_take_one(agent: Agent, needs: Needs, board: Board) -> bool:
    return agent.on_shift and agent.id not in needs.not_again and board.loads.get(agent.id, 0) < agent.capacity


def _turn(agent: Agent, board: Board) -> tuple[Fraction, datetime, str]:
    """Whose turn it is: the smallest goes first."""
    load = Fraction(board.loads.get(agent.id, 0), agent.capacity)
    return load, board.last_offered.get(agent.id, LONG_AGO), agent.id


def _targets(needs: Needs, board: Board) -> Iterator[_Target]:
    yield from _known_people(needs, board)
    language = needs.language
    speaks = f"Speaks {LANGUAGE_NAMES.get(language, language)}" if language else "Is on shift"
    if needs.skills:
        yield _Target(
            lambda agent: _in_language(agent, language) and set(needs.skills) <= set(agent.skills),
            f"{speaks}, works on {' and '.join(needs.skills)}",
        )
    if needs.queue:
        yield _Target(
            lambda agent: _in_language(agent, language) and needs.queue in agent.queues,
            f"{speaks}, works in the queue {needs.queue}",
        )
    yield _Target(lambda agent: _in_language(agent, language), f"{speaks}, has room")
    if language:
        missing = LANGUAGE_NAMES.get(language, language)
        yield _Target(lambda _: True, f"Nobody free speaks {missing}, so anyone on shift")


def _known_people(needs: Needs, board: Board) -> Iterator[_Target]:
    wanted = needs.asked_for
    if wanted:
        yield _Target(lambda agent: could_be_called(agent.name, wanted), f"The caller asked for {wanted}")
    if board.owner_id:
        yield _Target(lambda agent: agent.id == board.owner_id, "Looks after this customer")
    spoken = board.last_spoken
    if spoken:
        day = f"{spoken.at.day} {spoken.at:%B}"
        yield _Target(lambda agent: agent.id == spoken.agent_id, f"Spoke to this number on {day}")


def _in_language(agent: Agent, language: str | None) -> bool:
    return language is None or language in agent.languages
