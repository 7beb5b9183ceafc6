"""Two people who change the same record: the second learns what the first did, and overwrites nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.api_door import Door
from tests.builders import NOON, a_recording
from voiceops.domain.callback_task import TaskState
from voiceops.domain.finding import Evaluation, Finding, Outcome
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingState

AGENT: dict[str, Any] = {"name": "Ana", "languages": ["en"], "capacity": 3}
QUEUE: dict[str, Any] = {"title": "Service", "hours": {"closed_days": ["2026-12-24", "2026-12-31"]}}
SET = """\
format: 1
id: notice-en
version: {version}
title: Notice
language: en
owner: quality
reason: Callers must hear that the call is recorded.
keyphrases: {{notice: {{variants: [this call is recorded]}}}}
rules: [{{id: notice, title: Says it, expect: required, keyphrase: notice, party: agent}}]
"""


def changed(answer: httpx.Response) -> list[str]:
    """What a 412 says has changed."""
    assert answer.status_code == 412, answer.text
    assert answer.json()["type"] == "urn:voiceops:problem:changed"
    assert answer.json()["next_step"]
    return [place["sentence"] for place in answer.json()["problems"]]


def test_a_task_that_moved_on_is_not_moved_by_who_saw_it_before(door: Door) -> None:
    lead = door.client(Role.SUPERVISOR)
    door.stores_agent("ben")
    path = f"/api/v1/tasks/{door.stores_task(a_recording('vm'), agent_id=None, state=TaskState.OPEN).id}"
    seen = lead.get(path).headers["etag"]
    assert seen == '"1"'
    moved = lead.post(f"{path}/hand-over", json={"to_agent_id": "ben", "why": "knows her"}, headers={"If-Match": seen})
    assert moved.headers["etag"] == lead.get(path).headers["etag"] == '"2"'
    late = lead.post(f"{path}/cancel", json={"why": "called again"}, headers={"If-Match": seen})
    [since] = changed(late)
    assert since.endswith(": handed over to ben")
    assert lead.get(path).json()["state"] == "offered"


TOMORROW = datetime.now(UTC) + timedelta(days=1)
MOVES = {
    "accept": None,
    "attempts": {"result": "busy"},
    "snooze": {"until": TOMORROW.isoformat(), "why": "abroad"},
    "complete": {"disposition": "resolved"},
    "release": {"why": "ill"},
    "to-queue": {"queue": "billing", "why": "an invoice"},
    "hand-over": {"to_agent_id": "ben", "why": "ill"},
}


@pytest.mark.parametrize("move", MOVES)
def test_every_move_of_a_task_minds_what_was_seen(door: Door, move: str) -> None:
    ana = door.client("ana")
    door.stores_agent("ben")
    state = TaskState.OFFERED if move == "accept" else TaskState.ACCEPTED
    task = door.stores_task(a_recording("vm"), agent_id="ana", state=state)
    answer = ana.post(f"/api/v1/tasks/{task.id}/{move}", json=MOVES[move], headers={"If-Match": '"9"'})
    assert answer.status_code == 412


@pytest.mark.parametrize(("path", "body"), [("/api/v1/agents/ana", AGENT), ("/api/v1/queues/service", QUEUE)])
def test_a_record_that_is_put_in_place_says_which_fields_differ(door: Door, path: str, body: dict[str, Any]) -> None:
    lead = door.client(Role.SUPERVISOR)
    first = lead.put(path, json=body)
    seen = first.headers["etag"]
    assert lead.get(path).headers["etag"] == seen
    name = "name" if "name" in body else "title"
    second = lead.put(path, json={**body, name: "Second"}, headers={"If-Match": seen})
    assert second.status_code == 200
    third = lead.put(path, json={**body, name: "Third"}, headers={"If-Match": seen})
    assert changed(third) == [f"{name} is Second now; you sent Third"]
    assert lead.get(path).json()[name] == "Second"
    assert lead.put(path, json={**body, name: "Third"}).status_code == 200
    assert lead.put(path, json=body, headers={"If-Match": "*"}).status_code == 200


def test_a_users_rights_are_not_overwritten_by_who_saw_others_and_signing_in_is_no_change(door: Door) -> None:
    admin = door.client()
    assert admin.post("/api/v1/users", json={"name": "boss", "role": "admin"}).status_code == 201
    made = admin.post("/api/v1/users", json={"name": "vera", "role": "qa"})
    path, seen = f"/api/v1/users/{made.json()['id']}", made.headers["etag"]
    session = {"name": "vera", "password": made.json()["password"]}
    assert door.client(None).post("/api/v1/session", json={**session, "password": "wrong"}).status_code == 401
    assert door.client(None).post("/api/v1/session", json=session).status_code == 200
    assert admin.get(path).headers["etag"] == seen
    second = admin.put(path, json={"role": "supervisor", "teams": ["north"]}, headers={"If-Match": seen})
    assert second.headers["etag"] == admin.get(path).headers["etag"]
    third = admin.put(path, json={"role": "qa", "disabled": True}, headers={"If-Match": seen})
    assert changed(third) == [
        "role is supervisor now; you sent qa",
        "teams is not what you sent",
        "they may sign in now",
    ]
    assert admin.get(path).json()["role"] == "supervisor"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_customers_owner_is_not_changed_by_who_saw_another_one(door: Door, method: str) -> None:
    lead = door.client(Role.SUPERVISOR)
    for agent_id in ("ana", "ben"):
        door.stores_agent(agent_id)
    path = "/api/v1/customers/%2B14155550100/owner"
    assert lead.get(path).status_code == 404
    seen = lead.put(path, json={"agent_id": "ana"}).headers["etag"]
    assert lead.get(path).headers["etag"] == seen
    assert lead.put(path, json={"agent_id": "ben"}, headers={"If-Match": seen}).status_code == 200
    body = {"agent_id": "ana"} if method == "PUT" else None
    [now] = changed(lead.request(method, path, json=body, headers={"If-Match": seen}))
    assert now.endswith("token of supervisor: ben looks after the customer")
    assert lead.request(method, path, json=body, headers={"If-Match": lead.get(path).headers["etag"]}).is_success
    assert lead.delete(path, headers={"If-Match": seen}).status_code == 412


def test_who_saw_a_record_that_is_not_there_is_told_so(door: Door) -> None:
    answer = door.client().put("/api/v1/queues/new", json=QUEUE, headers={"If-Match": '"abc"'})
    assert changed(answer) == []
    assert door.client().get("/api/v1/queues/new").status_code == 404


def test_a_version_is_not_taken_into_use_by_who_saw_another_one_there(door: Door) -> None:
    lead = door.client(Role.SUPERVISOR)
    for version, activate in ((1, True), (2, False), (3, False)):
        text = SET.format(version=version)
        sent = lead.post("/api/v1/keyword-sets", params={"activate": activate}, content=text)
        assert sent.status_code == 201, sent.text
    path = "/api/v1/keyword-sets/notice-en"
    seen = lead.get(path).headers["etag"]
    assert lead.post(f"{path}/activate", json={"version": 2}, headers={"If-Match": seen}).status_code == 202
    [what] = changed(lead.post(f"{path}/activate", json={"version": 3}, headers={"If-Match": seen}))
    assert what.startswith("version 2, uploaded by")
    assert lead.get(path).json()["version"] == 2


def test_a_reviewer_learns_of_a_review_that_came_between(door: Door) -> None:
    qa = door.client(Role.QA)
    sent = door.client().post("/api/v1/keyword-sets", content=SET.format(version=1))
    assert sent.status_code == 201
    door.stores(replace(a_recording("call"), state=RecordingState.ANALYSED))
    finding = Finding("notice", Outcome.MISSED, reason="Nothing like it was said.")
    with door.services.open_unit() as unit:
        unit.evaluations.put("call", Evaluation("notice-en", 1, 0.0, passed=False, findings=(finding,)), NOON)
        unit.commit()
    path, body = "/api/v1/recordings/call/reviews", {"keyword_set": "notice-en", "rule": "notice"}
    seen = qa.get(path).headers["etag"]
    assert qa.post(path, json=body, headers={"If-Match": seen}).status_code == 201
    assert changed(qa.post(path, json=body, headers={"If-Match": seen})) == ["token of qa said missed about notice"]
    assert len(qa.get(path).json()["items"]) == 1


@pytest.mark.parametrize("tag", ["7", 'W/"7"', '"7', ""])
def test_a_tag_that_is_none_is_refused(door: Door, tag: str) -> None:
    task = door.stores_task(a_recording("vm"), agent_id=None, state=TaskState.OPEN)
    answer = door.client().post(f"/api/v1/tasks/{task.id}/cancel", json={"why": "x"}, headers={"If-Match": tag})
    assert answer.status_code == 422
