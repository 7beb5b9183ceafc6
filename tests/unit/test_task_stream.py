"""What the live stream shows to whom, and when."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON
from voiceops.analysis.concern import as_seen_by
from voiceops.analysis.settle import LONG_AGO, PATIENCE, Settling
from voiceops.domain.callback_task import TaskState
from voiceops.domain.notice import EventType, TaskChange


def a_change(
    number: int = 1,
    *,
    before: str | None = None,
    after: str | None = None,
    actor: str = "system",
    queue: str | None = "q",
) -> TaskChange:
    return TaskChange(EventType.CHANGED, NOON, actor, "t", TaskState.OPEN, after, before, queue, number)


def numbers(settling: Settling, *shown: int, seconds: float = 0) -> list[int]:
    now = NOON + timedelta(seconds=seconds)
    return [change.number for change in settling.settled([a_change(number) for number in shown], now=now)]


def test_events_without_a_gap_are_shown_at_once() -> None:
    assert numbers(Settling(4), 5, 6, 7) == [5, 6, 7]


def test_an_event_that_was_numbered_first_and_committed_last_is_shown_first() -> None:
    settling = Settling(4)
    assert numbers(settling, 5, 7) == [5]
    assert numbers(settling, 6, 7, seconds=1) == [6, 7]


def test_a_gap_that_stays_is_passed_over_after_a_while() -> None:
    settling = Settling(4)
    assert numbers(settling, 6, 7) == []
    assert numbers(settling, 6, 7, seconds=PATIENCE.total_seconds() - 1) == []
    assert numbers(settling, 6, 7, seconds=PATIENCE.total_seconds()) == [6, 7]


def test_a_gap_of_long_ago_costs_no_time() -> None:
    assert numbers(Settling(4), 6, 9, seconds=LONG_AGO.total_seconds() + 1) == [6, 9]


def test_each_gap_has_its_own_patience() -> None:
    settling = Settling(0)
    assert numbers(settling, 2, 4) == []
    assert numbers(settling, 2, 4, seconds=5) == [2]
    assert numbers(settling, 4, seconds=9) == []
    assert numbers(settling, 4, seconds=10) == [4]


@given(st.permutations(range(1, 9)))
def test_whatever_the_order_of_commits_every_event_is_shown_once_and_in_order(commits: list[int]) -> None:
    settling, shown = Settling(0), list[int]()
    for committed in range(1, 9):
        visible = sorted(commits[:committed])
        shown += numbers(settling, *[number for number in visible if number > settling.reached])
    assert shown == list(range(1, 9))


def test_an_agent_sees_what_they_hold_held_or_did() -> None:
    for change in (
        a_change(after="anna", before="bela"),
        a_change(after="bela", before="anna"),
        a_change(before="bela", after="cili", actor="anna"),
    ):
        assert as_seen_by(change, "anna", ["other"]) is change


def test_an_agent_does_not_see_what_passes_between_colleagues() -> None:
    assert as_seen_by(a_change(before="bela", after="bela"), "anna", []) is None
    assert as_seen_by(a_change(before="bela", after="cili"), "anna", ["q"]) is None


def test_of_events_of_earlier_versions_an_agent_sees_only_their_own_deeds() -> None:
    old = replace(a_change(queue=None), state=None)
    assert as_seen_by(old, "anna", []) is None
    assert as_seen_by(replace(old, actor="anna"), "anna", []) is not None


def test_an_agent_sees_the_pool_of_their_queues_but_not_who_comes_and_goes() -> None:
    for change in (a_change(), a_change(before="bela", actor="bela"), a_change(after="bela", actor="bela")):
        seen = as_seen_by(change, "anna", ["q"])
        assert seen is not None
        assert "bela" not in repr(seen)
        assert as_seen_by(change, "anna", []) == seen, "no queues means all of them"
        assert as_seen_by(change, "anna", ["other"]) is None
    assert as_seen_by(a_change(queue=None), "anna", ["other"]) is not None
