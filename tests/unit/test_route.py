"""Choosing the agent who calls back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.route import Board, LastSpoken, Needs, choose_agent
from voiceops.domain.people import Agent, Presence, Target

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ANNA = Agent("a1", "Anna Kovács", ("hu", "en"), ("billing",), ("service",))
TOM = Agent("a2", "Tom Miller", ("en",), ("billing",), ("sales",))
EVA = Agent("a3", "Éva Nagy", ("hu",), (), ("service",))
ALL = (ANNA, TOM, EVA)


def chosen(needs: Needs, agents: Sequence[Agent] = ALL, board: Board | None = None) -> str | None:
    choice = choose_agent(needs, agents, board=board or Board(), at=NOON)
    return choice.agent_id if choice else None


def test_the_person_asked_for_comes_before_everybody() -> None:
    board = Board(owner_id="a1", last_spoken=LastSpoken("a3", NOON))
    assert chosen(Needs("hu", ("billing",), "service", asked_for="Mr. Miller"), board=board) == "a2"


def test_a_name_is_known_in_either_order_and_without_accents() -> None:
    assert chosen(Needs(asked_for="Nagy Eva")) == "a3"


def test_the_owner_comes_before_who_spoke_last() -> None:
    assert chosen(Needs(), board=Board(owner_id="a3", last_spoken=LastSpoken("a2", NOON))) == "a3"


def test_who_spoke_to_the_number_last_comes_before_skills() -> None:
    assert chosen(Needs("hu", ("billing",)), board=Board(last_spoken=LastSpoken("a3", NOON))) == "a3"


def test_skill_and_language_come_before_the_team() -> None:
    assert chosen(Needs("en", ("billing",), "sales"), (EVA, ANNA)) == "a1"


def test_the_team_serves_where_no_skill_is_asked() -> None:
    assert chosen(Needs("en", queue="sales")) == "a2"


def test_another_speaker_of_the_language_comes_before_anyone() -> None:
    assert chosen(Needs("hu", ("gas",), "sales"), (TOM, EVA)) == "a3"


def test_anyone_on_shift_is_the_last_resort_and_the_reason_says_so() -> None:
    choice = choose_agent(Needs("fa"), (TOM,), board=Board(), at=NOON)
    assert choice is not None
    assert choice.reason == "Nobody free speaks Persian, so anyone on shift; 0 of 5 tasks."


def test_a_target_that_cannot_serve_now_is_skipped() -> None:
    away = (replace(TOM, presence=Presence.OFFLINE), ANNA, EVA)
    assert chosen(Needs("en", ("billing",), asked_for="Tom"), away) == "a1"


def test_who_let_the_offer_pass_is_not_asked_again() -> None:
    assert chosen(Needs(asked_for="Tom", language="en", passed={"a2": 1})) == "a1"


def test_nobody_on_shift_gives_none() -> None:
    assert chosen(Needs(), [replace(agent, presence=Presence.OFFLINE) for agent in ALL]) is None


def test_the_reason_names_language_skill_and_load() -> None:
    choice = choose_agent(Needs("hu", ("billing",)), ALL, board=Board(loads={"a1": 1}), at=NOON)
    assert choice is not None
    assert choice.reason == "Speaks Hungarian, works on billing; 1 of 5 tasks."


def test_the_reason_names_the_day_of_the_last_conversation() -> None:
    choice = choose_agent(Needs(), ALL, board=Board(last_spoken=LastSpoken("a2", NOON)), at=NOON)
    assert choice is not None
    assert choice.reason == "Spoke to this number on 4 March; 0 of 5 tasks."


def test_the_load_is_weighed_by_capacity() -> None:
    big, small = Agent("b", "B", ("en",), capacity=10), Agent("s", "S", ("en",), capacity=2)
    assert chosen(Needs("en"), (small, big), Board(loads={"b": 4, "s": 1})) == "b"


def test_among_equal_loads_the_longest_without_an_offer_is_next() -> None:
    board = Board(last_offered={"a1": NOON, "a2": NOON - timedelta(hours=1)})
    assert chosen(Needs("en"), board=board) == "a2"


def test_an_agent_with_no_offer_yet_goes_first() -> None:
    assert chosen(Needs("en"), board=Board(last_offered={"a1": NOON - timedelta(days=900)})) == "a2"


AGENTS = st.lists(
    st.builds(
        Agent,
        id=st.text("abcdef", min_size=1, max_size=3),
        name=st.sampled_from(["Anna Kovács", "Tom Miller", "Eva Nagy"]),
        languages=st.sets(st.sampled_from(["en", "hu", "fa"])).map(tuple),
        skills=st.sets(st.sampled_from(["billing", "sales"])).map(tuple),
        queues=st.sets(st.sampled_from(["q1", "q2"])).map(tuple),
        capacity=st.integers(0, 4),
        presence=st.sampled_from(Presence),
    ),
    max_size=8,
    unique_by=lambda agent: agent.id,
)
NEEDS = st.builds(
    Needs,
    language=st.sampled_from([None, "en", "hu", "fa", "de"]),
    skills=st.sets(st.sampled_from(["billing", "sales", "gas"])).map(tuple),
    queue=st.sampled_from([None, "q1", "q2", "q9"]),
    asked_for=st.sampled_from([None, "Anna", "Miller", "Nobody"]),
)
LOADS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 5))


@given(NEEDS, AGENTS, LOADS)
def test_an_agent_off_shift_or_at_capacity_is_never_chosen(
    needs: Needs, agents: list[Agent], loads: dict[str, int]
) -> None:
    free = {a.id for a in agents if a.presence is Presence.AVAILABLE and loads.get(a.id, 0) < a.capacity}
    choice = choose_agent(needs, agents, board=Board(loads=loads), at=NOON)
    assert (choice is None) == (not free)
    assert choice is None or choice.agent_id in free


@given(NEEDS, AGENTS, LOADS, st.randoms())
def test_the_choice_does_not_depend_on_the_order_of_agents(
    needs: Needs, agents: list[Agent], loads: dict[str, int], random: st.DataObject
) -> None:
    shuffled = list(agents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands in a random.Random
    board = Board(loads=loads)
    assert choose_agent(needs, agents, board=board, at=NOON) == choose_agent(needs, shuffled, board=board, at=NOON)


@given(st.integers(2, 7), st.integers(1, 6))
def test_equals_take_turns(people: int, rounds: int) -> None:
    agents = [Agent(f"a{n}", f"Agent {n}", ("en",), capacity=50) for n in range(people)]
    offered: dict[str, datetime] = {}
    counts = dict.fromkeys((agent.id for agent in agents), 0)
    for turn in range(people * rounds):
        # Each task is done before the next one comes, so the loads stay equal.
        agent_id = chosen(Needs("en"), agents, Board(last_offered=offered))
        assert agent_id is not None
        offered[agent_id] = NOON + timedelta(minutes=turn)
        counts[agent_id] += 1
    assert set(counts.values()) == {rounds}


@given(st.integers(2, 7))
def test_tasks_that_stay_spread_evenly(people: int) -> None:
    agents = [Agent(f"a{n}", f"Agent {n}", ("en",), capacity=4) for n in range(people)]
    loads = dict.fromkeys((agent.id for agent in agents), 0)
    for _ in range(people * 2):
        agent_id = chosen(Needs("en"), agents, Board(loads=loads))
        assert agent_id is not None
        loads[agent_id] += 1
    assert set(loads.values()) == {2}


def test_a_queue_orders_its_targets_itself() -> None:
    board = Board(owner_id="a1", last_spoken=LastSpoken("a3", NOON))
    order = (Target.LAST_SPOKEN, Target.OWNER, Target.ASKED_FOR)
    assert chosen(Needs(asked_for="Tom", targets=order), board=board) == "a3"
    assert chosen(Needs(asked_for="Tom", targets=order[1:]), board=board) == "a1"


def test_anyone_is_the_last_target_of_every_queue() -> None:
    assert chosen(Needs("fa", targets=(Target.OWNER,)), (TOM,)) == "a2"
    assert chosen(Needs("hu", targets=()), (TOM, EVA)) == "a3"


def test_the_queues_team_serves_beside_those_who_name_the_queue() -> None:
    ben = Agent("a0", "Ben", ("en",), team="east")
    assert chosen(Needs("en", queue="sales", team="east"), (ben, TOM)) == "a0"
    assert chosen(Needs("en", queue="sales", team="west"), (ben, TOM)) == "a2"


def test_a_tie_to_the_caller_is_told_whatever_target_won() -> None:
    board = Board(owner_id="a1", last_spoken=LastSpoken("a1", NOON - timedelta(days=400)))
    choice = choose_agent(Needs("hu", ("billing",), targets=(Target.SKILL_AND_LANGUAGE,)), ALL, board=board, at=NOON)
    assert choice is not None
    assert choice.reason == (
        "Speaks Hungarian, works on billing; 0 of 5 tasks; looks after this customer; "
        "spoke to this number on 28 January 2025."
    )


def test_a_task_of_the_caller_without_a_conversation_is_told_as_what_it_was() -> None:
    choice = choose_agent(Needs(), ALL, board=Board(last_spoken=LastSpoken("a2", NOON, spoke=False)), at=NOON)
    assert choice is not None
    assert choice.reason == "Has had this caller's message of 4 March; 0 of 5 tasks."


def test_who_let_it_pass_is_asked_again_once_all_others_had_it() -> None:
    assert chosen(Needs(asked_for="Tom", passed={"a1": 1, "a2": 1})) == "a3"
    assert chosen(Needs(asked_for="Tom", passed={"a1": 1, "a2": 1, "a3": 1})) == "a2"


def test_a_lone_agent_is_asked_again() -> None:
    assert chosen(Needs(passed={"a2": 7}), (TOM,)) == "a2"


def test_a_task_goes_round_all_agents_before_it_comes_back() -> None:
    passed: dict[str, int] = {}
    for turn in range(9):
        agent_id = chosen(Needs("hu", passed=passed))
        assert agent_id is not None
        passed[agent_id] = passed.get(agent_id, 0) + 1
        assert max(passed.values()) - min(passed.get(agent.id, 0) for agent in ALL) <= 1
        assert max(passed.values()) == turn // 3 + 1


@given(st.integers(2, 8), st.lists(st.one_of(st.none(), st.integers(0, 99)), max_size=120))
def test_equals_never_hold_more_than_one_task_more_than_another(people: int, story: list[int | None]) -> None:
    """None is a new task; a number is a task that ends, of whoever holds the most."""
    agents = [Agent(f"a{n}", f"Agent {n}", ("en",), capacity=10) for n in range(people)]
    loads = dict.fromkeys((agent.id for agent in agents), 0)
    offered: dict[str, datetime] = {}
    for minute, step in enumerate(story):
        if step is not None:
            fullest = [agent_id for agent_id, load in loads.items() if load and load == max(loads.values())]
            if fullest:
                loads[fullest[step % len(fullest)]] -= 1
            continue
        agent_id = chosen(Needs("en"), agents, Board(loads=loads, last_offered=offered))
        if agent_id is not None:
            loads[agent_id] += 1
            offered[agent_id] = NOON + timedelta(minutes=minute)
        assert max(loads.values()) - min(loads.values()) <= 1


@given(st.integers(2, 8), st.integers(1, 60), st.randoms())
def test_over_a_day_equals_get_the_same_number_of_tasks_give_or_take_one(
    people: int, tasks: int, random: st.DataObject
) -> None:
    """Each task is done before the next comes; agents are handed in in any order."""
    agents = [Agent(f"a{n}", f"Agent {n}", ("en",), ("billing",), capacity=3) for n in range(people)]
    got = dict.fromkeys((agent.id for agent in agents), 0)
    offered: dict[str, datetime] = {}
    for minute in range(tasks):
        random.shuffle(agents)  # type: ignore[attr-defined]  # hypothesis hands in a random.Random
        agent_id = chosen(Needs("en", ("billing",)), agents, Board(last_offered=offered))
        assert agent_id is not None
        got[agent_id] += 1
        offered[agent_id] = NOON + timedelta(minutes=minute)
    assert max(got.values()) - min(got.values()) <= 1
