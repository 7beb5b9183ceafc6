"""An agent's pages over the web door: whose tasks they show, what a press does, and what it leaves behind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from api.ui.clock import Press, clock_of
from tests.api_door import Door
from tests.builders import NOON, a_recording, a_transcript
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.caller_facts import CallerFacts, Fact, Urgency, UrgencyFact
from voiceops.domain.people import Presence
from voiceops.domain.recording import RecordingKind
from voiceops.domain.task_message import TaskMessage

ANA = "ana"


@pytest.fixture
def browser(door: Door) -> Iterator[httpx.Client]:
    """Ana's."""
    door.stores_agent(ANA, queues=("service",))
    with door.client(ANA) as client:
        client.headers["Accept"] = "text/html"
        yield client


def a_task(door: Door, name: str, *, agent_id: str | None = ANA, state: TaskState = TaskState.OFFERED) -> CallbackTask:
    recording = a_recording(name, kind=RecordingKind.VOICEMAIL, caller_number="+14155550100")
    return door.stores_task(recording, agent_id=agent_id, state=state, queue="service")


def stored(door: Door, task: CallbackTask) -> CallbackTask:
    with door.services.open_view() as unit:
        return unit.tasks.get(task.id)


def test_the_inbox_holds_own_tasks_and_the_pool_and_nothing_of_others(door: Door, browser: httpx.Client) -> None:
    door.stores_agent("ben")
    a_task(door, "own")
    a_task(door, "free", agent_id=None, state=TaskState.OPEN)
    a_task(door, "of-ben", agent_id="ben")
    page = browser.get("/inbox").text
    assert re.findall(r'id="task-task-of-([a-z-]+)"', page) == ["own", "free"]
    assert "1 task is yours" in page


def test_a_task_goes_from_offer_to_done_by_presses_and_the_next_one_follows(door: Door, browser: httpx.Client) -> None:
    first, second = a_task(door, "first"), a_task(door, "second")
    for move, fields, goes_to in (
        ("accept", {}, f"/tasks/{first.id}"),
        ("attempts", {"result": "reached"}, f"/tasks/{first.id}"),
        ("complete", {"disposition": "called_back", "note": "All well."}, f"/tasks/{second.id}?done=completed"),
    ):
        form = {"version": str(stored(door, first).version), **fields}
        answer = browser.post(f"/tasks/{first.id}/{move}", data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, goes_to), answer.text
    assert stored(door, first).state is TaskState.DONE


def test_who_acts_on_what_has_changed_meanwhile_is_told_and_nothing_is_done(door: Door, browser: httpx.Client) -> None:
    task = a_task(door, "seen")
    browser.post(f"/tasks/{task.id}/accept", data={"version": "1"})
    answer = browser.post(f"/tasks/{task.id}/release", data={"version": "1", "why": "too late"})
    assert answer.status_code == 412
    assert "Changed since you saw it" in answer.text
    assert stored(door, task).state is TaskState.ACCEPTED


def test_a_task_page_marks_where_each_fact_was_heard_and_logs_the_reading(door: Door, browser: httpx.Client) -> None:
    facts = CallerFacts(
        UrgencyFact(Urgency.HIGH, "They said so."),
        caller_name=Fact("Mary", "mary", 0.9, 1.3, 1.7),
        callback_number=Fact(None, "five five five", 0.2),
    )
    recording = door.stores(a_recording("heard", kind=RecordingKind.VOICEMAIL, caller_number="+14155550100"))
    task = CallbackTask("task-1", recording.id, NOON, NOON, TaskState.OFFERED, agent_id=ANA, facts=facts)
    with door.services.open_unit() as unit:
        unit.tasks.add(task, TaskEvent(task.id, NOON, "system", "raised", ""))
        unit.messages.save(TaskMessage(recording.id, task.id, NOON, facts=facts))
        unit.transcripts.put(recording.id, a_transcript("caller: this is Mary"))
        unit.commit()
    page = browser.get("/tasks/task-1").text
    assert re.search(r'class="mark caller_name">Mary</span>', page)
    assert "unclear: “five five five”" in page
    with door.client() as admin:
        logged = admin.get("/api/v1/access-log", params={"record": "heard"}).json()["items"]
    assert [line["action"] for line in logged] == ["read_transcript"]


def test_presence_is_said_by_a_press(door: Door, browser: httpx.Client) -> None:
    assert browser.post("/presence", data={"presence": "away"}).headers["location"] == "/inbox"
    with door.services.open_view() as unit:
        assert unit.agents.get(ANA).presence is Presence.AWAY
    assert re.search(r'value="away" aria-pressed="true"', browser.get("/inbox").text)


@pytest.mark.parametrize(
    ("minutes", "press", "text"),
    [
        (-1, Press.OVERDUE, "Overdue since today 11:59"),
        (30, Press.SOON, "Due today 12:30"),
        (31, Press.LATER, "Due today 12:31"),
        (24 * 60, Press.LATER, "Due tomorrow 12:00"),
        (5 * 24 * 60, Press.LATER, "Due Mon, Mar 9 12:00"),
    ],
)
def test_a_clock_says_when_and_how_much_that_presses(minutes: int, press: Press, text: str) -> None:
    task = CallbackTask("t", None, NOON, NOON + timedelta(minutes=minutes))
    clock = clock_of(task, now=NOON, time_zone="UTC", language="en")
    assert (clock.press, clock.text) == (press, text)


def test_a_task_that_is_put_off_or_ended_presses_nobody() -> None:
    task = CallbackTask("t", None, NOON, NOON, snoozed_until=NOON + timedelta(hours=1))
    assert clock_of(task, now=NOON, time_zone="UTC", language="hu").text == "Elhalasztva: ma 13:00"
    ended = clock_of(replace(task, ended_at=NOON), now=NOON, time_zone="UTC", language="fa")
    assert ended.press is Press.ENDED
