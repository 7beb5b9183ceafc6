"""What belongs to a team, by its agents and by its queues, on each database."""

from dataclasses import replace

from tests.builders import NOON, a_recording, an_agent
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.domain.people import Queue
from voiceops.domain.recording import RecordingState
from voiceops.ports import Page, RecordingFilter, TaskFilter
from voiceops.storage.unit_of_work import SqlUnitOfWork

PAGE = Page(limit=9)


def two_teams(unit: SqlUnitOfWork) -> None:
    for agent_id, team in (("ana", "north"), ("ben", "south"), ("cleo", None)):
        unit.agents.put(replace(an_agent(agent_id), team=team))
        unit.queues.put(Queue(f"queue-of-{agent_id}", "Queue", team=team))


def test_a_team_is_that_of_the_agent_and_that_of_the_queue(unit: SqlUnitOfWork) -> None:
    two_teams(unit)
    assert unit.teams.of(agent_id="ana") == {"north"}
    assert unit.teams.of(agent_id="ana", queue="queue-of-ben") == {"north", "south"}
    assert unit.teams.of(agent_id="cleo", queue="queue-of-cleo") == frozenset()
    assert unit.teams.of(agent_id="nobody", queue="no-queue") == unit.teams.of() == frozenset()


def test_lists_can_be_confined_to_teams(unit: SqlUnitOfWork) -> None:
    two_teams(unit)
    places = [("ana", "queue-of-ben"), ("ben", "queue-of-ben"), ("ben", "queue-of-ana"), (None, "queue-of-ana")]
    for agent_id, queue in [*places, (None, None), ("cleo", "queue-of-cleo")]:
        recording = a_recording(f"{agent_id}-{queue}")
        unit.recordings.add(replace(recording, agent_id=agent_id, queue=queue))
        task = CallbackTask(f"{agent_id}-{queue}", recording.id, NOON, NOON, agent_id=agent_id, queue=queue)
        unit.tasks.add(task, TaskEvent(task.id, NOON, "system", "raised", ""))
    north = {"ana-queue-of-ben", "ben-queue-of-ana", "None-queue-of-ana"}
    assert {one.id for one in unit.recordings.list(RecordingFilter(teams=("north",)), PAGE)} == north
    assert {one.id for one in unit.tasks.list(TaskFilter(teams=("north",)), PAGE)} == north
    assert len(unit.tasks.list(TaskFilter(teams=("north", "south")), PAGE)) == 4
    assert unit.recordings.list(RecordingFilter(teams=()), PAGE) == []


def test_a_team_with_much_has_the_same_list_as_one_with_little(unit: SqlUnitOfWork) -> None:
    # Which rows are a team's is found in another way once it has hundreds.
    two_teams(unit)
    for n in range(230):
        place = ("ana", None) if n % 2 else (None, "queue-of-ana")
        unit.recordings.add(replace(a_recording(f"north-{n:03}"), agent_id=place[0], queue=place[1]))
    unit.recordings.add(replace(a_recording("south"), agent_id="ben", queue="queue-of-cleo"))
    north = unit.recordings.list(RecordingFilter(teams=("north",)), Page(limit=300))
    assert {one.id for one in north} == {f"north-{n:03}" for n in range(230)}
    for state, found in ((None, ["south"]), (RecordingState.RECEIVED, ["south"]), (RecordingState.FAILED, [])):
        wanted = RecordingFilter(teams=("south",), state=state)
        assert [one.id for one in unit.recordings.list(wanted, PAGE)] == found


def test_owners_can_be_confined_to_teams(unit: SqlUnitOfWork) -> None:
    two_teams(unit)
    owners = [CustomerOwner(f"A-{agent_id}", agent_id, "admin", NOON) for agent_id in ("ana", "ben", "cleo")]
    for owner in owners:
        unit.owners.put(owner)
    assert unit.owners.list(PAGE, teams=("north",)) == owners[:1]
    assert unit.owners.list(PAGE) == owners
