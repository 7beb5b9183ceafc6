"""A sample is chosen by its seed alone, evenly, and so many of each agent."""

from collections import Counter

from voiceops.analysis.choose_sample import choose_sample

CALLS = [(agent, f"{agent}-{number}") for agent in ("ana", "ben") for number in range(20)]


def test_each_agent_has_so_many_calls_or_all_there_are() -> None:
    chosen = choose_sample([*CALLS, ("zoe", "zoe-0")], per_agent=3, seed="a")
    assert Counter(one.partition("-")[0] for one in chosen) == {"ana": 3, "ben": 3, "zoe": 1}


def test_the_same_seed_chooses_the_same_whatever_the_order_and_another_seed_others() -> None:
    chosen = choose_sample(CALLS, per_agent=3, seed="a")
    assert choose_sample(reversed(CALLS), per_agent=3, seed="a") == chosen
    assert choose_sample(CALLS, per_agent=3, seed="b") != chosen


def test_every_call_has_the_same_chance() -> None:
    drawn = Counter(call for seed in range(2000) for call in choose_sample(CALLS, per_agent=2, seed=str(seed)))
    assert len(drawn) == len(CALLS)
    assert all(140 < times < 260 for times in drawn.values()), "200 on average; four deviations are 54"


def test_the_choice_is_the_one_that_the_page_describes() -> None:
    assert choose_sample([("ana", "a"), ("ana", "b"), ("ana", "c")], per_agent=1, seed="s") == ["c"]
