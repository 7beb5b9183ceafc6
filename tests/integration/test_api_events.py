"""The live stream through the web door: who hears what, and how one goes on after being away."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

import httpx
import pytest

from api.routes import events
from api.streams import Streams
from tests.api_door import Door, open_door
from tests.builders import a_recording
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.people import Role
from voiceops.errors import Unavailable

PATH = "/api/v1/events"


@contextmanager
def listening(client: httpx.Client, *, after: int | None = None) -> Iterator[Iterator[dict[str, Any]]]:
    """The events as they come, from when the server says that it listens."""
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    with client.stream("GET", PATH, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines).startswith("retry:")
        yield read(lines)


def read(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            yield {"id": int(fields["id"]), "event": fields["event"], **json.loads(fields["data"])["data"]}
            fields = {}


def change(door: Door, task: CallbackTask, what: str, **changes: Any) -> CallbackTask:
    changed = replace(task, **changes, version=task.version + 1)
    with door.services.open_unit() as unit:
        unit.tasks.save(changed, TaskEvent(task.id, door.services.clock.now(), "system", what, "a secret reason"))
        unit.commit()
    return changed


def a_task(door: Door, name: str, *, queue: str | None = "billing", agent_id: str | None = None) -> CallbackTask:
    return door.stores_task(a_recording(name), agent_id=agent_id, state=TaskState.OPEN, queue=queue)


def test_a_supervisor_hears_of_everything_as_it_happens_and_of_no_text(door: Door) -> None:
    task = a_task(door, "a")
    with listening(door.client(Role.SUPERVISOR)) as heard:
        change(door, task, "offered", state=TaskState.OFFERED, agent_id="anna")
        event = next(heard)
    assert event == {
        "id": event["id"],
        "event": "task.offered",
        "task_id": task.id,
        "state": "offered",
        "agent_id": "anna",
        "agent_before": None,
        "queue": "billing",
        "actor": "system",
    }


def test_an_agent_hears_of_their_own_tasks_and_of_the_pool_of_their_queues_only(door: Door) -> None:
    client = door.client("anna")
    door.stores_agent("anna", queues=("billing",))
    theirs, others = a_task(door, "theirs", queue="sales"), a_task(door, "others", queue="sales")
    with listening(client) as heard:
        change(door, others, "offered", state=TaskState.OFFERED, agent_id="bela")
        change(door, theirs, "offered", state=TaskState.OFFERED, agent_id="anna")
        a_task(door, "pool")
        a_task(door, "elsewhere", queue="sales")
        last = a_task(door, "last")
        found = list(islice(heard, 3))
    assert [event["task_id"] for event in found] == [theirs.id, "task-of-pool", last.id]


def test_who_was_away_goes_on_where_they_stopped_and_hears_nothing_twice(door: Door) -> None:
    client = door.client(Role.SUPERVISOR)
    with listening(client) as heard:
        a_task(door, "a")
        first = next(heard)
    a_task(door, "b")
    a_task(door, "c")
    with listening(client, after=first["id"]) as heard:
        assert [event["task_id"] for event in islice(heard, 2)] == ["task-of-b", "task-of-c"]


def test_a_long_absence_is_made_up_in_batches(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BATCH", 3)
    for number in range(8):
        a_task(door, f"n{number}")
    with listening(door.client(Role.SUPERVISOR), after=0) as heard:
        assert [event["task_id"] for event in islice(heard, 8)] == [f"task-of-n{number}" for number in range(8)]


def test_a_number_from_the_future_means_from_now_on(door: Door) -> None:
    a_task(door, "a")
    with listening(door.client(Role.SUPERVISOR), after=10**9) as heard:
        a_task(door, "b")
        assert next(heard)["task_id"] == "task-of-b"


def test_two_api_processes_show_the_same(door: Door) -> None:
    database_url = str(door.services.open_unit().__dict__["_engine"].url)
    redis_url = door.services.jobs.__dict__["_url"]
    with (
        open_door(door.folder, database_url=database_url, redis_url=redis_url) as other,
        listening(door.client(Role.SUPERVISOR)) as here,
        listening(httpx.Client(base_url=other.url, headers=door.client(Role.SUPERVISOR).headers)) as there,
    ):
        a_task(other, "a")
        assert next(here) == next(there)


def test_a_stream_ends_when_its_token_does(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.0)
    client = door.client(Role.SUPERVISOR)
    with listening(client) as heard:
        with door.services.open_unit() as unit:
            (token,) = [one for one in unit.tokens.list() if one.role is Role.SUPERVISOR]
            unit.tokens.remove(token.id)
            unit.commit()
        assert list(heard) == []


def test_only_so_many_streams_are_open_at_once_and_places_come_back(door: Door) -> None:
    streams = Streams(limit=1)
    streams.enter()
    with pytest.raises(Unavailable, match="live streams"):
        streams.enter()
    streams.leave()
    streams.enter()
    assert streams.newest(door.services) == 0


@pytest.mark.parametrize("number", ["-1", "x", str(2**63)])
def test_a_number_that_cannot_be_one_is_refused(door: Door, number: str) -> None:
    assert door.client(Role.SUPERVISOR).get(PATH, headers={"Last-Event-ID": number}).status_code == 422


def test_the_roles_without_tasks_hear_nothing(door: Door) -> None:
    for role in (Role.QA, Role.INGEST):
        assert door.client(role).get(PATH).status_code == 403


def test_a_supervisor_hears_of_what_belongs_to_their_teams(door: Door) -> None:
    door.stores_agent("ana", team="north")
    door.stores_agent("ben", team="south")
    theirs = door.stores_task(a_recording(), agent_id="ana")
    others = door.stores_task(a_recording(), agent_id="ben")
    with listening(door.leader("north"), after=0) as heard:
        assert next(heard)["task_id"] == theirs.id
        change(door, others, "accepted", state=TaskState.ACCEPTED)
        change(door, theirs, "handed over to ben", agent_id="ben")
        assert next(heard)["agent_before"] == "ana"
