"""Fifty who assign at the same moment: no task is offered to two agents, and nobody gets more than they can hold."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import TypeVar

import pytest

from tests.builders import a_recording, an_agent
from tests.systems import System
from voiceops.domain.callback_task import TaskState
from voiceops.domain.recording import RecordingKind
from voiceops.errors import Conflict, VoiceOpsError
from voiceops.ports import Page, TaskFilter
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.assign_waiting import assign_waiting
from voiceops.usecases.hand_over_task import hand_over_task
from voiceops.usecases.raise_callback_task import raise_callback_task

ASSIGNERS = 50
TASKS, AGENTS, CAPACITY = 40, 10, 3
T = TypeVar("T")


@pytest.fixture
def system(make_system: Callable[[str], System], database_url: str) -> System:
    return make_system(database_url)


def tasks_waiting(system: System, count: int) -> list[str]:
    with system.services.open_unit() as unit:
        for number in range(AGENTS):
            unit.agents.put(an_agent(f"agent-{number}", capacity=CAPACITY))
        recordings = [a_recording(kind=RecordingKind.VOICEMAIL) for _ in range(count)]
        for recording in recordings:
            unit.recordings.add(recording)
        ids = [raise_callback_task(system.services, unit, recording).id for recording in recordings]
        unit.commit()
    system.clock.passes(seconds=3600)
    return ids


def all_at_once(act: Callable[[int], T]) -> list[T]:
    barrier = Barrier(ASSIGNERS)

    def wait_and_act(number: int) -> T:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(ASSIGNERS) as threads:
        return list(threads.map(wait_and_act, range(ASSIGNERS)))


def despite_a_busy_database(act: Callable[[], T]) -> T:
    """Fifty are more than the connections of one process: whoever gets none comes again."""
    while True:
        try:
            return act()
        except VoiceOpsError as error:
            if not error.retryable:
                raise
            sleep(0.05)


def check(system: System, *, offers: int) -> None:
    with system.services.open_view() as unit:
        tasks = unit.tasks.list(TaskFilter(), Page(limit=1000))
        histories = [unit.tasks.events(task.id) for task in tasks]
    held = Counter(task.agent_id for task in tasks if task.state in {TaskState.OFFERED, TaskState.ACCEPTED})
    assert sum(held.values()) == offers
    assert max(held.values()) <= CAPACITY
    for history in histories:
        assert [event.what for event in history].count("offered") <= 1


def test_fifty_assigners_of_the_same_tasks_offer_each_once_and_nobody_too_many(system: System) -> None:
    ids = tasks_waiting(system, TASKS)

    def assign_some(number: int) -> None:
        for task_id in (ids[(number + step) % TASKS] for step in range(4)):
            despite_a_busy_database(lambda task_id=task_id: assign_task(system.services, task_id))  # type: ignore[misc]

    all_at_once(assign_some)
    check(system, offers=AGENTS * CAPACITY)


def test_fifty_sweeps_at_once_offer_each_task_once_and_nobody_too_many(system: System) -> None:
    tasks_waiting(system, TASKS)
    offers = all_at_once(lambda _: despite_a_busy_database(lambda: assign_waiting(system.services)))
    assert sum(offers) >= 1
    check(system, offers=AGENTS * CAPACITY)


def test_agents_accept_while_others_assign_and_nobody_gets_too_many(system: System) -> None:
    ids = tasks_waiting(system, AGENTS * CAPACITY)

    def assign_and_accept(number: int) -> None:
        task_id = ids[number % len(ids)]
        task = despite_a_busy_database(lambda: assign_task(system.services, task_id))
        if task.agent_id is not None and number < len(ids):
            agent_id = task.agent_id
            despite_a_busy_database(lambda: accept_task(system.services, task_id, actor=agent_id))

    all_at_once(assign_and_accept)
    check(system, offers=AGENTS * CAPACITY)


def test_fifty_claims_and_hand_overs_at_once_give_nobody_more_than_they_can_hold(system: System) -> None:
    ids = tasks_waiting(system, ASSIGNERS)

    def take_or_give(number: int) -> bool:
        task_id, agent_id = ids[number], f"agent-{number % 2}"
        try:
            if number % 3:
                despite_a_busy_database(lambda: accept_task(system.services, task_id, actor=agent_id))
            else:
                despite_a_busy_database(
                    lambda: hand_over_task(system.services, task_id, actor="sup", to_agent_id=agent_id, why="his case")
                )
        except Conflict:
            return False
        return True

    assert sum(all_at_once(take_or_give)) == 2 * CAPACITY
    check(system, offers=2 * CAPACITY)
