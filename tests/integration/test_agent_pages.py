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
from voiceops.domain.people import Presence, Queue
from voiceops.domain.recording import RecordingKind
from voiceops.domain.task_message import TaskMessage
from voiceops.domain.working_hours import WorkingHours

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


def test_a_corrected_number_is_called_what_was_heard_stays_and_an_event_says_who(
    door: Door, browser: httpx.Client
) -> None:
    task = a_task(door, "misheard")
    wrong = browser.post(f"/tasks/{task.id}/number", data={"version": "1", "number": "<12>"})
    assert wrong.status_code == 422
    assert "This is no telephone number that can be called." in wrong.text
    assert 'value="&lt;12&gt;"' in wrong.text
    answer = browser.post(f"/tasks/{task.id}/number", data={"version": "1", "number": "(415) 555-0123"})
    assert answer.headers["location"] == f"/tasks/{task.id}?done=number"
    page = browser.get(f"/tasks/{task.id}").text
    assert 'href="tel:+14155550123"' in page
    assert "number corrected to +14155550123" in page
    assert "+14155550100" in page
    browser.post(f"/tasks/{task.id}/number", data={"version": "2", "number": ""})
    assert stored(door, task).number_to_call == "+14155550100"


def test_a_task_is_put_off_by_a_press_or_to_an_own_time_by_the_queues_clock(door: Door, browser: httpx.Client) -> None:
    with door.services.open_unit() as unit:
        unit.queues.put(Queue("service", "Service", hours=WorkingHours(time_zone="Asia/Tehran")))
        unit.commit()
    task = a_task(door, "asleep", state=TaskState.ACCEPTED)
    day = (door.services.clock.now() + timedelta(days=3)).date()
    form = {"version": "1", "own": f"{day}T10:30", "why": "on a plane"}
    answer = browser.post(f"/tasks/{task.id}/snooze", data=form)
    assert answer.headers["location"] == "/inbox?done=snoozed"
    assert f"{stored(door, task).snoozed_until:%Y-%m-%d %H:%M}" == f"{day} 07:00"
    press = re.findall(r'name="until" value="([^"]+)"', browser.get(f"/tasks/{task.id}").text)[-1]
    assert browser.post(f"/tasks/{task.id}/snooze", data={"version": "2", "until": press}).status_code == 303
    refused = browser.post(f"/tasks/{task.id}/snooze", data={"version": "3", "own": "soon", "why": "because"})
    assert refused.status_code == 422
    assert "No time was chosen." in refused.text
    assert 'value="because"' in refused.text


def test_a_task_is_handed_to_a_colleague_of_the_queue_or_sent_to_another_queue(
    door: Door, browser: httpx.Client
) -> None:
    door.stores_agent("ben", queues=("service",))
    door.stores_agent("sue", queues=("sales",))
    with door.services.open_unit() as unit:
        unit.queues.put(Queue("billing", "Bills"))
        unit.commit()
    first, second = a_task(door, "first"), a_task(door, "second")
    page = browser.get(f"/tasks/{first.id}").text
    assert re.findall(r'<option value="([a-z]+)"', page) == ["ben", "billing"]
    handed = browser.post(f"/tasks/{first.id}/hand-over", data={"version": "1", "to": "ben", "why": "knows it"})
    assert handed.headers["location"] == f"/tasks/{second.id}?done=handed-over"
    assert stored(door, first).agent_id == "ben"
    refused = browser.post(f"/tasks/{second.id}/to-queue", data={"version": "1", "to": "nowhere", "why": "a bill"})
    assert refused.status_code == 404
    assert 'value="a bill"' in refused.text
    browser.post(f"/tasks/{second.id}/to-queue", data={"version": "1", "to": "billing", "why": "a bill"})
    sent = stored(door, second)
    assert (sent.queue, sent.agent_id, sent.state, sent.due_at) == ("billing", None, TaskState.OPEN, second.due_at)


def test_earlier_contacts_are_the_newest_first_and_nothing_of_colleagues(door: Door, browser: httpx.Client) -> None:
    door.stores_agent("ben")
    task, older = a_task(door, "now"), a_task(door, "older")
    a_task(door, "of-ben", agent_id="ben")
    for name, agent_id in (("call-of-ana", ANA), ("call-of-ben", "ben")):
        call = a_recording(name, caller_number="+14155550100")
        door.stores(replace(call, agent_id=agent_id, received_at=NOON + timedelta(days=1)))
    page = browser.get(f"/tasks/{task.id}").text
    contacts = page.partition('<ul class="contacts">')[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', contacts) == ["/calls/call-of-ana", f"/tasks/{older.id}"]


def test_the_inbox_shows_one_kind_of_tasks_where_that_is_wanted(door: Door, browser: httpx.Client) -> None:
    a_task(door, "offered")
    a_task(door, "accepted", state=TaskState.ACCEPTED)
    page = browser.get("/inbox", params={"show": "to_call"}).text
    assert re.findall(r'id="task-task-of-([a-z-]+)"', page) == ["accepted"]
    assert "2 tasks are yours" in page


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


def test_a_clock_says_in_each_language_how_long_is_left() -> None:
    task = CallbackTask("t", None, NOON, NOON + timedelta(minutes=25))
    said = [clock_of(task, now=NOON, time_zone="UTC", language=language).left for language in ("en", "hu", "fa")]
    assert said == ["in 25 minutes", "25 perc múlva", "25 دقیقه بعد"]


def test_a_task_that_is_put_off_or_ended_presses_nobody() -> None:
    task = CallbackTask("t", None, NOON, NOON, snoozed_until=NOON + timedelta(hours=1))
    assert clock_of(task, now=NOON, time_zone="UTC", language="hu").text == "Elhalasztva: ma 13:00"
    ended = clock_of(replace(task, ended_at=NOON), now=NOON, time_zone="UTC", language="fa")
    assert ended.press is Press.ENDED
