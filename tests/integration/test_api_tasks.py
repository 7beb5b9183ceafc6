"""Working tasks over HTTP: attempts, putting off, the pool, repeat messages, the ledger and its gauges."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.api_door import Door, a_wav, upload
from tests.builders import NOON, a_recording
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskKind, TaskState
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingKind

VOICEMAIL = {"kind": "voicemail", "caller_number": "+12125550123"}


def a_voicemail(door: Door, *, value: int = 1, **fields: str) -> str:
    answer = upload(door.client(), a_wav(channels=1, value=value), fields={**VOICEMAIL, **fields})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_repeat_message_is_listed_in_the_task_that_it_joined(door: Door) -> None:
    first, again = a_voicemail(door, value=1), a_voicemail(door, value=2)
    with door.client(Role.SUPERVISOR) as lead:
        (task,) = lead.get("/api/v1/tasks", params={"recording": again}).json()["items"]
        assert (task["recording_id"], task["urgency"]) == (first, "high")
        messages = lead.get(f"/api/v1/tasks/{task['id']}").json()["messages"]
    assert [one["recording_id"] for one in messages] == [first, again]
    assert messages[1]["note"] == "Being transcribed."


def test_an_agent_hears_every_message_of_an_own_task_and_the_one_that_a_follow_up_asks_about(door: Door) -> None:
    first, again = a_voicemail(door, value=1), a_voicemail(door, value=2)
    with door.client("ana") as ana, door.client("ben") as ben, door.client(Role.SUPERVISOR) as lead:
        (task,) = lead.get("/api/v1/tasks").json()["items"]
        assert ana.post(f"/api/v1/tasks/{task['id']}/accept").status_code == 200
        for recording in (first, again):
            assert ana.get(f"/api/v1/recordings/{recording}/audio").status_code == 200
            assert ben.get(f"/api/v1/recordings/{recording}/audio").status_code == 403
        asks = CallbackTask(
            "ask", None, NOON, NOON, TaskState.OFFERED, agent_id="ben", kind=TaskKind.FOLLOW_UP, follow_up_of=task["id"]
        )
        with door.services.open_unit() as unit:
            unit.tasks.add(asks, TaskEvent("ask", NOON, "system", "raised", ""))
            unit.commit()
        assert ben.get(f"/api/v1/recordings/{again}/audio").status_code == 200
        assert ben.get("/api/v1/tasks/ask").json()["follow_up_of"] == task["id"]


def test_attempts_and_putting_off_are_the_agents_own(door: Door) -> None:
    until = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    with door.client("ana") as ana, door.client("ben") as ben:
        task = door.stores_task(a_recording("v", kind=RecordingKind.VOICEMAIL), agent_id="ana")
        path = f"/api/v1/tasks/{task.id}"
        assert ana.post(f"{path}/attempts", json={"result": "busy"}).status_code == 409
        ana.post(f"{path}/accept")
        assert ben.post(f"{path}/attempts", json={"result": "busy"}).status_code == 403
        assert ana.post(f"{path}/attempts", json={"result": "asleep"}).status_code == 422
        tried = ana.post(f"{path}/attempts", json={"result": "no_answer", "note": "It rang."}).json()
        assert (tried["state"], tried["snoozed_until"] is not None) == ("accepted", True)
        assert ben.post(f"{path}/snooze", json={"until": until, "why": "x"}).status_code == 403
        assert ana.post(f"{path}/snooze", json={"until": "2026-03-05T14:00", "why": "x"}).status_code == 422
        assert ana.post(f"{path}/snooze", json={"until": "2020-03-05T14:00:00Z", "why": "x"}).status_code == 422
        assert ana.post(f"{path}/snooze", json={"until": until, "why": "Away."}).status_code == 200
        detail = ana.get(path).json()
    assert [(one["number"], one["result"], one["note"]) for one in detail["attempts"]] == [(1, "no_answer", "It rang.")]
    assert detail["attempts"][0]["next_at"] is not None


def test_a_number_is_corrected_by_who_saw_the_task_as_it_is_and_only_to_one_that_can_be_called(door: Door) -> None:
    voicemail = replace(a_recording("vm", kind=RecordingKind.VOICEMAIL), caller_number="+14155550100")
    task = door.stores_task(voicemail, agent_id="ana")
    ana, path = door.client("ana"), f"/api/v1/tasks/{task.id}"
    answer = ana.put(f"{path}/number", json={"number": "415 555 0123"}, headers={"If-Match": '"1"'})
    assert (answer.json()["corrected_number"], answer.headers["etag"]) == ("+14155550123", '"2"')
    assert ana.put(f"{path}/number", json={"number": None}, headers={"If-Match": '"1"'}).status_code == 412
    assert ana.put(f"{path}/number", json={"number": "12"}).status_code == 422
    last = ana.get(path).json()["events"][-1]
    assert (last["actor"], last["what"], last["why"]) == (
        "ana",
        "number corrected to +14155550123",
        "It was +14155550100.",
    )


def test_an_agent_sees_and_claims_the_pool_of_the_own_queues(door: Door) -> None:
    for name, queue in (("a", "service"), ("b", "sales"), ("c", None)):
        door.stores_task(a_recording(name), agent_id=None, state=TaskState.OPEN, queue=queue)
    with door.client("ana") as ana, door.client("ben") as ben, door.client(Role.SUPERVISOR) as lead:
        door.stores_agent("ana", queues=("service",))

        def pool(client: object, **params: str) -> list[str]:
            answer = client.get("/api/v1/tasks", params={"pool": "true", **params})  # type: ignore[attr-defined]
            return [one["id"] for one in answer.json()["items"]]

        assert pool(ana) == ["task-of-a", "task-of-c"]
        assert pool(ben) == pool(lead) == ["task-of-a", "task-of-b", "task-of-c"]
        assert pool(lead, agent="ana") == ["task-of-a", "task-of-c"]
        assert ana.get("/api/v1/tasks/task-of-a").status_code == 200
        assert ana.get("/api/v1/tasks/task-of-b").status_code == 403
        assert ana.post("/api/v1/tasks/task-of-b/accept").status_code == 403
        assert ana.post("/api/v1/tasks/task-of-a/accept").json()["agent_id"] == "ana"
        assert pool(ana) == ["task-of-c"]


def test_a_queue_says_how_its_callbacks_are_worked(door: Door) -> None:
    ways = {
        "dispositions": ["resolved", "not_reached"],
        "attempts": {"after_minutes": [5, 60], "limit": 2, "then": "supervisor"},
        "follow_up": {"after_minutes": 60, "question": "Did it help?"},
    }
    with door.client(Role.SUPERVISOR) as lead:
        assert lead.put("/api/v1/queues/plain", json={"title": "Plain"}).json()["attempts"]["limit"] == 4
        stored = lead.put("/api/v1/queues/service", json={"title": "Service", **ways}).json()
        assert {name: stored[name] for name in ways} == ways
        assert {name: lead.get("/api/v1/queues").json()["items"][1][name] for name in ways} == ways
        wrongs: list[dict[str, object]] = [
            {"dispositions": []},
            {"attempts": {"limit": 0}},
            {"attempts": {"after_minutes": []}},
            {"follow_up": {"question": "x"}},
        ]
        for wrong in wrongs:
            assert lead.put("/api/v1/queues/service", json={"title": "S", **wrong}).status_code == 422


def test_a_queue_without_a_country_is_in_that_of_the_settings(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as lead:
        assert lead.put("/api/v1/queues/q", json={"title": "Q"}).json()["region"] == "US"
        assert lead.put("/api/v1/queues/q", json={"title": "Q", "region": "HU"}).json()["region"] == "HU"


def test_a_voicemail_for_an_unknown_queue_is_kept_and_a_call_refused(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as lead:
        lead.put("/api/v1/queues/service", json={"title": "Service"})
    a_voicemail(door, queue="sevrice")
    refused = upload(door.client(), a_wav(value=3), fields={"kind": "call", "queue": "sevrice"})
    assert refused.status_code == 422
    assert "the known ones are service" in refused.json()["detail"]


def test_the_ledger_balances_until_a_row_is_removed(door: Door) -> None:
    a_voicemail(door, value=1)
    a_voicemail(door, value=2)
    with door.client(Role.SUPERVISOR) as lead:
        found = lead.get("/api/v1/ledger").json()
        assert (found["received"], found["open"], found["merged"], found["balances"]) == (2, 1, 1, True)
        assert "voiceops_ledger_difference 0.0" in lead.get("/metrics").text
        door.stores(replace(a_recording("lost", kind=RecordingKind.VOICEMAIL)))
        found = lead.get("/api/v1/ledger").json()
        assert (found["difference"], found["balances"]) == (1, False)
        assert [(one["recording_id"], one["kind"]) for one in found["faults"]] == [("lost", "voicemail_without_task")]
        gauges = lead.get("/metrics")
    assert gauges.headers["content-type"].startswith("text/plain")
    assert "voiceops_ledger_difference 1.0" in gauges.text
    assert "voiceops_tasks_open 1.0" in gauges.text


@pytest.mark.parametrize("address", ["/api/v1/ledger", "/metrics"])
def test_only_who_leads_reads_the_ledger(door: Door, address: str) -> None:
    for who, status in ((None, 401), (Role.QA, 403), (Role.INGEST, 403), (Role.ADMIN, 200)):
        assert door.client(who).get(address).status_code == status
