"""The supervisor's board over the web door: what it counts, whom it shows, and what a press does."""

import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from tests.api_door import Door
from tests.builders import a_recording
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.people import Presence, Queue, Role
from voiceops.domain.recording import RecordingKind
from voiceops.usecases.set_presence import set_presence


@pytest.fixture
def house(door: Door) -> Door:
    """Two queues of two teams with an agent each; what waits in them is long overdue."""
    for agent_id, queue, team in (("ana", "service", "north"), ("ben", "sales", "south")):
        door.stores_agent(agent_id, queues=(queue,), team=team)
        set_presence(door.services, agent_id, Presence.AVAILABLE)
        with door.services.open_unit() as unit:
            unit.queues.put(Queue(queue, queue, team=team))
            unit.commit()
    return door


@pytest.fixture
def lead(house: Door) -> Iterator[httpx.Client]:
    with house.client(Role.SUPERVISOR) as client:
        client.headers["Accept"] = "text/html"
        yield client


def a_task(door: Door, name: str, *, queue: str = "service", agent_id: str | None = None) -> CallbackTask:
    state = TaskState.OPEN if agent_id is None else TaskState.OFFERED
    recording = replace(a_recording(name, kind=RecordingKind.VOICEMAIL), caller_number="+14155550100")
    return door.stores_task(recording, agent_id=agent_id, queue=queue, state=state)


def now(door: Door, task: CallbackTask) -> CallbackTask:
    with door.services.open_view() as unit:
        return unit.tasks.get(task.id)


def counts(page: str, queue: str) -> list[int]:
    """Overdue, due soon, new, put off, nobody's, all."""
    row = page.split(f'id="queue-{queue}"')[1].split("</tr>", maxsplit=1)[0]
    return [int(number) for number in re.findall(r'<td class="count[^"]*">(\d+)</td>', row)]


def test_the_board_counts_what_waits_and_how_much_of_today_was_in_target(house: Door, lead: httpx.Client) -> None:
    a_task(house, "one")
    a_task(house, "two", agent_id="ana")
    page = lead.get("/board").text
    assert counts(page, "service") == [2, 0, 0, 0, 1, 2]
    assert '<bdi dir="ltr">0 %</bdi>' in page
    assert "0 of 2" in page
    assert "Overdue since" in page


def test_it_shows_who_is_on_shift_with_what_load(house: Door, lead: httpx.Client) -> None:
    a_task(house, "one", agent_id="ana")
    set_presence(house.services, "ben", Presence.OFFLINE)
    people = lead.get("/board").text.split('id="people"')[1].split("</section>")[0]
    assert "1 person on shift" in people
    assert "1 of 5" in people
    assert "1 is off shift." in people


def test_a_press_hands_a_task_to_somebody_who_works_its_queue(house: Door, lead: httpx.Client) -> None:
    task = a_task(house, "one")
    page = lead.get("/board").text
    assert re.findall(r'name="to_agent_id" value="(\w+)"', page) == ["ana"]
    press = {"version": str(task.version), "to_agent_id": "ana", "queue": "service"}
    answer = lead.post(f"/board/{task.id}/hand-over", data=press)
    assert (answer.status_code, answer.headers["location"]) == (303, "/board?queue=service&done=handed-over")
    assert (now(house, task).agent_id, now(house, task).state) == ("ana", TaskState.OFFERED)
    assert lead.post(f"/board/{task.id}/hand-over", data=press).status_code == 412


def test_a_press_gives_a_task_back_and_another_ends_it_with_a_reason(house: Door, lead: httpx.Client) -> None:
    task = a_task(house, "one", agent_id="ana")
    lead.post(f"/board/{task.id}/release", data={"version": "1"})
    assert now(house, task).agent_id is None
    assert "nobody's" in lead.get("/board").text.split('class="tasks board"')[1]
    assert lead.post(f"/board/{task.id}/cancel", data={"version": "2", "why": ""}).status_code == 422
    lead.post(f"/board/{task.id}/cancel", data={"version": "2", "why": "She called again."})
    assert now(house, task).state is TaskState.CANCELLED
    assert "Nobody waits for a call." in lead.get("/board").text


def test_who_leads_some_teams_sees_only_what_is_theirs(house: Door) -> None:
    a_task(house, "north", agent_id="ana")
    a_task(house, "south", queue="sales", agent_id="ben")
    with house.leader("north") as client:
        page = client.get("/board", headers={"Accept": "text/html"}).text
    assert "task-of-north" in page
    assert "task-of-south" not in page
    assert 'id="queue-sales"' not in page
    assert "1 person on shift" in page


def test_one_queue_can_be_shown_alone(house: Door, lead: httpx.Client) -> None:
    a_task(house, "north")
    a_task(house, "south", queue="sales")
    page = lead.get("/board?queue=sales").text
    assert "task-of-south" in page
    assert "task-of-north" not in page


def test_a_task_whose_caller_could_not_be_made_out_is_marked(house: Door, lead: httpx.Client) -> None:
    task = a_task(house, "one")
    assert "not sure what was said" not in lead.get("/board").text
    unclear = Fact[str](None, "four one five and then noise", 0.3)
    facts = CallerFacts(UrgencyFact(Urgency.NORMAL, "Nothing sounds urgent."), callback_number=unclear)
    with house.services.open_unit() as unit:
        event = TaskEvent(task.id, house.services.clock.now(), "system", "enriched", "")
        unit.tasks.save(replace(task, facts=facts, with_supervisor=True, version=task.version + 1), event)
        unit.commit()
    page = lead.get("/board").text
    assert "not sure what was said" in page
    assert "you decide" in page
    with house.services.open_unit() as unit:
        right = replace(unit.tasks.get(task.id), corrected_number="+12025550147", version=task.version + 2)
        unit.tasks.save(right, replace(event, what="number corrected"))
        unit.commit()
    assert "not sure what was said" not in lead.get("/board").text
