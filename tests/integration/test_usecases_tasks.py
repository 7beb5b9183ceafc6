"""Working a callback task: who may move it where, and what is kept of every move."""

import pytest

from tests.builders import NOON, a_recording, an_agent
from tests.systems import System
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskState
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingKind
from voiceops.errors import BadInput, Conflict, NotFound, NotSignedIn
from voiceops.ports import Page, TaskFilter
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.assign_waiting import assign_waiting
from voiceops.usecases.cancel_task import cancel_task
from voiceops.usecases.complete_task import complete_task
from voiceops.usecases.create_token import create_token
from voiceops.usecases.escalate_overdue import escalate_overdue
from voiceops.usecases.hand_over_task import hand_over_task
from voiceops.usecases.raise_callback_task import raise_callback_task
from voiceops.usecases.release_task import release_task
from voiceops.usecases.sign_in import sign_in


def a_task(system: System, *, agents: int = 2, caller_number: str | None = None) -> CallbackTask:
    recording = a_recording(kind=RecordingKind.VOICEMAIL, caller_number=caller_number)
    with system.services.open_unit() as unit:
        for number in range(agents):
            unit.agents.put(an_agent(f"agent-{number}"))
        unit.recordings.add(recording)
        task = raise_callback_task(system.services, unit, recording)
        unit.commit()
    return task


def test_a_task_is_offered_accepted_and_done_and_every_move_is_kept(system: System) -> None:
    task = assign_task(system.services, a_task(system).id)
    assert task.assignment_reason
    accept_task(system.services, task.id, actor="agent-0")
    done = complete_task(
        system.services, task.id, actor="agent-0", disposition=Disposition.RESOLVED, note="order found"
    )
    assert (done.state, done.disposition, done.ended_at) == (TaskState.DONE, Disposition.RESOLVED, NOON)
    with system.services.open_view() as unit:
        events = unit.tasks.events(task.id)
    assert [event.what for event in events] == ["raised", "offered", "accepted", "done: resolved"]
    assert events[-1].why == "order found"


def test_accepting_twice_is_harmless_but_a_colleagues_task_is_refused(system: System) -> None:
    task = assign_task(system.services, a_task(system).id)
    accept_task(system.services, task.id, actor="agent-0")
    assert accept_task(system.services, task.id, actor="agent-0").state is TaskState.ACCEPTED
    with pytest.raises(Conflict, match="somebody else"):
        accept_task(system.services, task.id, actor="agent-1")


def test_an_open_task_can_be_claimed_from_the_pool(system: System) -> None:
    task = a_task(system)
    assert accept_task(system.services, task.id, actor="agent-1").agent_id == "agent-1"


def test_who_holds_as_much_as_they_can_claims_nothing_more_until_a_task_is_done(system: System) -> None:
    first, second = a_task(system), a_task(system)
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("agent-0", capacity=1))
        unit.commit()
    accept_task(system.services, first.id, actor="agent-0")
    with pytest.raises(Conflict, match=r"\(agent-0\) holds 1 of at most 1 tasks already\. Complete a task"):
        accept_task(system.services, second.id, actor="agent-0")
    complete_task(system.services, first.id, actor="agent-0", disposition=Disposition.RESOLVED)
    assert accept_task(system.services, second.id, actor="agent-0").state is TaskState.ACCEPTED


def test_who_has_no_room_left_still_accepts_what_was_offered_to_them(system: System) -> None:
    offered = assign_task(system.services, a_task(system).id)
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("agent-0", capacity=1))
        unit.commit()
    assert accept_task(system.services, offered.id, actor="agent-0").state is TaskState.ACCEPTED


def test_nothing_is_handed_to_a_colleague_without_room_and_the_task_stays_where_it_is(system: System) -> None:
    held = assign_task(system.services, a_task(system).id)
    other = assign_task(system.services, a_task(system).id)
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("agent-1", capacity=1))
        unit.commit()
    with pytest.raises(Conflict, match=r"holds 1 of at most 1 tasks already\. Choose a colleague with room"):
        hand_over_task(system.services, held.id, actor="agent-0", to_agent_id="agent-1", why="knows the case")
    again = hand_over_task(system.services, other.id, actor="sup", to_agent_id="agent-1", why="it is yours after all")
    with system.services.open_view() as unit:
        assert unit.tasks.get(held.id).agent_id == "agent-0"
    assert again.agent_id == "agent-1"


def test_nobody_completes_what_they_did_not_accept(system: System) -> None:
    task = assign_task(system.services, a_task(system).id)
    with pytest.raises(Conflict, match="Accept the task first"):
        complete_task(system.services, task.id, actor="agent-0", disposition=Disposition.RESOLVED)


def test_an_ended_task_does_not_move_any_more(system: System) -> None:
    task = a_task(system)
    cancel_task(system.services, task.id, actor="sup", why="called by mistake")
    with pytest.raises(Conflict):
        accept_task(system.services, task.id, actor="agent-0")
    assert assign_task(system.services, task.id).state is TaskState.CANCELLED


def test_a_released_task_is_offered_again_by_the_sweep(system: System) -> None:
    task = assign_task(system.services, a_task(system).id)
    assert release_task(system.services, task.id, actor="agent-0", why="end of shift").agent_id is None
    system.clock.passes(seconds=system.services.policy.assign_grace_seconds + 1)
    assert assign_waiting(system.services) == 1


def test_a_task_is_handed_over_with_its_reason(system: System) -> None:
    task = assign_task(system.services, a_task(system).id)
    handed = hand_over_task(system.services, task.id, actor="agent-0", to_agent_id="agent-1", why="knows the case")
    assert (handed.agent_id, handed.state) == ("agent-1", TaskState.OFFERED)
    assert "knows the case" in (handed.assignment_reason or "")
    with pytest.raises(NotFound):
        hand_over_task(system.services, task.id, actor="agent-1", to_agent_id="nobody", why="x")


def test_without_anybody_on_shift_a_task_waits_and_is_not_lost(system: System) -> None:
    task = a_task(system, agents=0)
    assert assign_task(system.services, task.id).state is TaskState.OPEN
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("late"))
        unit.commit()
    system.clock.passes(seconds=system.services.policy.assign_grace_seconds + 1)
    assert assign_waiting(system.services) == 1


def test_the_same_callers_next_message_goes_to_the_same_agent(system: System) -> None:
    first = assign_task(system.services, a_task(system, caller_number="+12125550123").id)
    second = assign_task(system.services, a_task(system, caller_number="+12125550123").id)
    assert second.agent_id == first.agent_id


def test_tasks_are_shared_out_among_equals(system: System) -> None:
    agents = [assign_task(system.services, a_task(system).id).agent_id for _ in range(4)]
    assert sorted(agent or "" for agent in agents) == ["agent-0", "agent-0", "agent-1", "agent-1"]


def test_an_overdue_task_is_escalated_once(system: System) -> None:
    task = a_task(system, agents=0)
    assert escalate_overdue(system.services) == 0
    system.clock.passes(seconds=4 * 3600 + 60)
    assert escalate_overdue(system.services) == 1
    assert escalate_overdue(system.services) == 0
    with system.services.open_view() as unit:
        assert unit.tasks.get(task.id).escalation_level == 1
        assert len(unit.tasks.list(TaskFilter(ended=False), Page())) == 1
    assert [notice.recipient for notice in system.notifier.notices] == ["supervisor"]


def test_a_tokens_secret_signs_in_and_is_stored_only_as_a_hash(system: System) -> None:
    token, secret = create_token(system.services, name="admin", role=Role.ADMIN)
    known = sign_in(system.services, secret)
    assert (known.id, known.name, known.role) == (token.id, "admin", Role.ADMIN)
    assert secret not in token.sha256
    with pytest.raises(NotSignedIn):
        sign_in(system.services, secret + "x")


def test_an_agents_token_names_an_agent_that_exists(system: System) -> None:
    with pytest.raises(BadInput):
        create_token(system.services, name="desk", role=Role.AGENT)
    with pytest.raises(NotFound):
        create_token(system.services, name="desk", role=Role.AGENT, agent_id="nobody")
