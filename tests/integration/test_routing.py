"""Who gets a callback task, who loses it again, and when the supervisor hears of it; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from tests.builders import NOON, a_recording, an_agent
from tests.systems import System
from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.domain.offers import GIVEN_BACK, LAPSED
from voiceops.domain.people import Agent, Presence, Queue, Target
from voiceops.domain.recording import RecordingKind
from voiceops.domain.working_hours import WorkingHours
from voiceops.errors import NotFound
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.assign_waiting import assign_waiting
from voiceops.usecases.escalate_overdue import escalate_overdue
from voiceops.usecases.give_back_tasks import give_back_off_shift
from voiceops.usecases.hand_over_task import hand_over_task
from voiceops.usecases.pass_on_offers import pass_on_offers
from voiceops.usecases.raise_callback_task import raise_callback_task
from voiceops.usecases.release_task import release_task
from voiceops.usecases.remove_owner import remove_owner
from voiceops.usecases.set_owner import set_owner
from voiceops.usecases.set_presence import set_presence
from voiceops.usecases.store_agent import store_agent

QUARTER = 15 * 60
NUMBER = "+12125550123"
AROUND_THE_CLOCK = WorkingHours(opens=time(0), closes=time(0), weekdays=frozenset(range(7)))
UNTIL_ONE = WorkingHours(opens=time(9), closes=time(13))


@pytest.fixture
def system(make_system: Callable[[str], System], database_url: str) -> System:
    return make_system(database_url)


def people(system: System, *agents: Agent, queue: Queue | None = None) -> None:
    with system.services.open_unit() as unit:
        for agent in agents:
            unit.agents.put(agent)
        if queue is not None:
            unit.queues.put(queue)
        unit.commit()


def a_task(
    system: System, *, queue: str | None = None, caller_number: str | None = None, customer: str | None = None
) -> CallbackTask:
    """A task that is raised now and offered to whoever it is for."""
    recording = replace(
        a_recording(kind=RecordingKind.VOICEMAIL, caller_number=caller_number),
        queue=queue,
        customer=customer,
        received_at=system.clock.now(),
    )
    with system.services.open_unit() as unit:
        unit.recordings.add(recording)
        task = raise_callback_task(system.services, unit, recording)
        unit.commit()
    return assign_task(system.services, task.id)


def seen(system: System, task: CallbackTask) -> CallbackTask:
    with system.services.open_view() as unit:
        return unit.tasks.get(task.id)


def events(system: System, task: CallbackTask) -> list[str]:
    with system.services.open_view() as unit:
        return [event.what for event in unit.tasks.events(task.id)]


# --- the right colleague ---------------------------------------------------------------------------


def test_a_customer_whom_the_telephone_system_named_goes_to_their_owner(system: System) -> None:
    people(system, an_agent("anna"), an_agent("bela"))
    set_owner(system.services, "K-4711", "bela", actor="sup")
    task = a_task(system, caller_number=None, customer="K-4711")
    assert (task.agent_id, task.assignment_reason) == ("bela", "Looks after this customer; 0 of 5 tasks.")


def test_a_customers_owner_gets_their_callback_whichever_way_the_number_is_written(system: System) -> None:
    people(system, an_agent("anna"), an_agent("bela"))
    owner = set_owner(system.services, "(212) 555-0123", "bela", actor="sup")
    assert owner.customer == NUMBER
    task = a_task(system, caller_number=NUMBER)
    assert (task.agent_id, task.assignment_reason) == ("bela", "Looks after this customer; 0 of 5 tasks.")
    remove_owner(system.services, "212-555-0123")
    with pytest.raises(NotFound):
        remove_owner(system.services, NUMBER)


def test_only_a_known_agent_owns_a_customer(system: System) -> None:
    with pytest.raises(NotFound, match="nobody"):
        set_owner(system.services, NUMBER, "nobody", actor="sup")


def test_who_was_on_a_call_with_the_number_gets_its_callback(system: System) -> None:
    people(system, an_agent("anna"), an_agent("bela"))
    with system.services.open_unit() as unit:
        unit.recordings.add(replace(a_recording(caller_number=NUMBER), agent_id="bela"))
        unit.commit()
    assert a_task(system, caller_number=NUMBER).assignment_reason == "Spoke to this number on 4 March; 0 of 5 tasks."


def test_a_queue_decides_the_order_of_its_targets(system: System) -> None:
    queue = Queue("billing", "Bills", skills=("billing",), targets=(Target.SKILL_AND_LANGUAGE, Target.OWNER))
    people(system, replace(an_agent("anna"), skills=("billing",)), an_agent("bela"), queue=queue)
    set_owner(system.services, NUMBER, "bela", actor="sup")
    assert a_task(system, queue="billing", caller_number=NUMBER).agent_id == "anna"


def test_nothing_is_offered_outside_shifts(system: System) -> None:
    people(system, replace(an_agent("anna"), shifts=replace(UNTIL_ONE, by_date={NOON.date(): ()})))
    task = a_task(system)
    assert task.state is TaskState.OPEN
    system.clock.passes(seconds=24 * 3600)
    assert assign_waiting(system.services) == 1
    assert seen(system, task).agent_id == "anna"


def test_where_nobody_has_room_the_sweep_does_not_try_every_waiting_task(system: System) -> None:
    people(system, an_agent("anna", capacity=1))
    tasks = [a_task(system) for _ in range(3)]
    system.clock.passes(seconds=121)
    assert assign_waiting(system.services) == 0
    assert [seen(system, task).state for task in tasks] == [TaskState.OFFERED, TaskState.OPEN, TaskState.OPEN]


# --- offers that lapse -----------------------------------------------------------------------------


def test_an_offer_that_is_not_accepted_in_time_goes_to_the_next(system: System) -> None:
    people(system, an_agent("anna"), an_agent("bela"))
    task = a_task(system)
    system.clock.passes(seconds=QUARTER - 1)
    assert pass_on_offers(system.services) == 0
    system.clock.passes(seconds=1)
    assert pass_on_offers(system.services) == 1
    assert (task.agent_id, seen(system, task).agent_id) == ("anna", "bela")
    assert events(system, task) == ["raised", "offered", LAPSED, "offered"]
    with system.services.open_view() as unit:
        assert unit.tasks.events(task.id)[2].why == "anna did not accept it within 15 minutes."


def test_a_lapsed_offer_goes_round_all_agents_and_then_begins_again(system: System) -> None:
    people(system, an_agent("anna"), an_agent("bela"), an_agent("cili"))
    task = a_task(system)
    holders = [task.agent_id]
    for _ in range(5):
        system.clock.passes(seconds=QUARTER)
        pass_on_offers(system.services)
        holders.append(seen(system, task).agent_id)
    assert holders == ["anna", "bela", "cili"] * 2


def test_a_task_of_a_lone_agent_is_offered_to_them_again(system: System) -> None:
    people(system, an_agent("anna"))
    task = a_task(system)
    for _ in range(3):
        system.clock.passes(seconds=QUARTER)
        assert pass_on_offers(system.services) == 1
        assert (seen(system, task).state, seen(system, task).agent_id) == (TaskState.OFFERED, "anna")


def test_the_time_to_accept_counts_inside_the_agents_shift_only(system: System) -> None:
    lunch = replace(UNTIL_ONE, opens=time(9), closes=time(12, 5), weekdays=frozenset(range(7)))
    people(system, replace(an_agent("anna"), shifts=lunch))
    a_task(system)
    system.clock.passes(seconds=20 * 3600)
    assert pass_on_offers(system.services) == 0
    system.clock.passes(seconds=3600 + 10 * 60)
    assert pass_on_offers(system.services) == 1


def test_a_queue_says_how_long_an_offer_stands(system: System) -> None:
    people(system, an_agent("anna"), queue=Queue("sales", "Sales", offer_minutes=2))
    a_task(system, queue="sales")
    system.clock.passes(seconds=120)
    assert pass_on_offers(system.services) == 1


def test_a_task_handed_over_lapses_like_any_offer_and_an_accepted_one_does_not(system: System) -> None:
    people(system, an_agent("anna"), an_agent("bela"))
    handed, accepted = a_task(system), a_task(system)
    accept_task(system.services, accepted.id, actor="bela")
    system.clock.passes(seconds=QUARTER - 60)
    hand_over_task(system.services, handed.id, actor="anna", to_agent_id="bela", why="knows the case")
    system.clock.passes(seconds=60)
    assert pass_on_offers(system.services) == 0
    system.clock.passes(seconds=QUARTER)
    assert pass_on_offers(system.services) == 1
    assert seen(system, accepted).state is TaskState.ACCEPTED


def test_who_released_a_task_is_not_the_next_to_get_it(system: System) -> None:
    people(system, an_agent("anna"), an_agent("bela"))
    task = a_task(system)
    release_task(system.services, task.id, actor="anna", why="no time")
    assert assign_task(system.services, task.id).agent_id == "bela"


# --- the end of a shift ----------------------------------------------------------------------------


def test_who_goes_offline_gives_back_at_once_what_was_not_started(system: System) -> None:
    people(system, an_agent("anna"), replace(an_agent("bela"), presence=Presence.AWAY))
    offered, accepted = a_task(system), a_task(system)
    accept_task(system.services, accepted.id, actor="anna")
    set_presence(system.services, "bela", Presence.AVAILABLE)
    set_presence(system.services, "anna", Presence.OFFLINE)
    for task in (offered, accepted):
        assert (seen(system, task).state, seen(system, task).agent_id) == (TaskState.OFFERED, "bela")
        assert GIVEN_BACK in events(system, task)


def test_where_the_policy_says_so_what_was_accepted_stays(system: System) -> None:
    system.services = replace(system.services, policy=replace(system.services.policy, give_back_accepted=False))
    people(system, an_agent("anna"))
    task = a_task(system)
    accept_task(system.services, task.id, actor="anna")
    set_presence(system.services, "anna", Presence.OFFLINE)
    assert seen(system, task).agent_id == "anna"


@pytest.mark.parametrize("presence", [Presence.BUSY, Presence.AWAY])
def test_who_is_busy_or_away_keeps_what_they_hold_and_gets_nothing_new(system: System, presence: Presence) -> None:
    people(system, an_agent("anna"))
    held = a_task(system)
    set_presence(system.services, "anna", presence)
    assert give_back_off_shift(system.services) == 0
    assert seen(system, held).agent_id == "anna"
    assert a_task(system).state is TaskState.OPEN


def test_the_sweep_notices_the_end_of_a_shift(system: System) -> None:
    people(system, replace(an_agent("anna"), shifts=UNTIL_ONE))
    task = a_task(system)
    system.clock.passes(seconds=3599)
    assert give_back_off_shift(system.services) == 0
    system.clock.passes(seconds=1)
    assert give_back_off_shift(system.services) == 1
    assert seen(system, task).state is TaskState.OPEN
    assert events(system, task)[-1] == GIVEN_BACK


def test_who_went_home_is_the_first_to_be_asked_again_where_the_task_is_theirs(system: System) -> None:
    people(system, an_agent("anna"), replace(an_agent("bela"), presence=Presence.OFFLINE))
    set_owner(system.services, NUMBER, "anna", actor="sup")
    task = a_task(system, caller_number=NUMBER)
    set_presence(system.services, "anna", Presence.OFFLINE)
    set_presence(system.services, "anna", Presence.AVAILABLE)
    set_presence(system.services, "bela", Presence.AVAILABLE)
    assert assign_task(system.services, task.id).agent_id == "anna"


def test_presence_stays_when_a_supervisor_stores_the_agent_anew(system: System) -> None:
    people(system, replace(an_agent("anna"), presence=Presence.AWAY))
    assert store_agent(system.services, an_agent("anna", capacity=9)).presence is Presence.AWAY
    assert store_agent(system.services, an_agent("anna"), presence=Presence.BUSY).presence is Presence.BUSY
    assert store_agent(system.services, an_agent("new")).presence is Presence.AVAILABLE
    with pytest.raises(NotFound):
        set_presence(system.services, "nobody", Presence.AWAY)


# --- escalation ------------------------------------------------------------------------------------


def overdue_by(system: System, task: CallbackTask, **passed: Any) -> int:
    system.clock.time = seen(system, task).due_at
    system.clock.passes(**passed)
    return escalate_overdue(system.services)


def test_an_overdue_task_is_escalated_once_for_each_level(system: System) -> None:
    people(system, queue=Queue("sales", "Sales", hours=AROUND_THE_CLOCK, escalation_minutes=(0, 30)))
    task = a_task(system, queue="sales")
    assert [overdue_by(system, task, seconds=60 * minutes) for minutes in (0, 1, 29, 31, 32, 9999)] == [
        0,
        1,
        0,
        1,
        0,
        0,
    ]
    assert seen(system, task).escalation_level == 2
    assert events(system, task) == ["raised", "escalated", "escalated"]
    assert [notice.recipient for notice in system.notifier.notices] == ["supervisor"] * 2
    assert system.notifier.notices[1].text == "Still open, overdue since today 16:00; level 2 of 2."


def test_levels_that_passed_while_nobody_looked_are_told_of_once(system: System) -> None:
    people(system, queue=Queue("sales", "Sales", hours=AROUND_THE_CLOCK))
    task = a_task(system, queue="sales")
    assert overdue_by(system, task, seconds=3600 + 1) == 1
    assert (seen(system, task).escalation_level, len(system.notifier.notices)) == (2, 1)


def test_a_closed_office_is_not_told_of_more(system: System) -> None:
    people(system, queue=Queue("sales", "Sales", hours=WorkingHours(opens=time(9), closes=time(16))))
    task = a_task(system, queue="sales")
    assert overdue_by(system, task, seconds=15 * 3600) == 1
    assert seen(system, task).escalation_level == 1
    assert overdue_by(system, task, seconds=18 * 3600 + 1) == 1
    assert seen(system, task).escalation_level == 2


def test_a_queue_that_escalates_to_nobody_escalates_nothing(system: System) -> None:
    people(system, queue=Queue("sales", "Sales", escalation_minutes=()))
    assert overdue_by(system, a_task(system, queue="sales"), seconds=99 * 3600) == 0
