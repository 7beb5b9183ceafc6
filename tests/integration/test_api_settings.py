"""Keyword sets, agents, queues and tokens through the web door."""

from typing import Any

import httpx
import pytest

from tests.api_door import Door
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Role

KEYWORD_SET = """\
format: 1
id: opening-en
version: {version}
title: Opening
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recording-notice: {{variants: [this call is recorded]}}
rules:
  - {{id: notice, title: Says the call is recorded, expect: required, keyphrase: recording-notice}}
"""
YAML = {"Content-Type": "application/yaml"}


def send(client: httpx.Client, version: int) -> httpx.Response:
    return client.post("/api/v1/keyword-sets", content=KEYWORD_SET.format(version=version), headers=YAML)


def test_a_keyword_set_is_taken_as_text_or_as_a_file(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as client:
        first = send(client, 1)
        second = client.post("/api/v1/keyword-sets", files={"file": ("o.yaml", KEYWORD_SET.format(version=2))})
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.headers["location"] == "/api/v1/keyword-sets/opening-en"
        assert client.get("/api/v1/keyword-sets/opening-en").json()["version"] == 2
        old = client.get("/api/v1/keyword-sets/opening-en", params={"version": 1}).json()
        assert (old["active"], old["source"]) == (False, KEYWORD_SET.format(version=1))
        assert [one["version"] for one in client.get("/api/v1/keyword-sets").json()["items"]] == [2]
        versions = client.get("/api/v1/keyword-sets/opening-en/versions").json()["items"]
    assert [(one["version"], one["active"]) for one in versions] == [(2, True), (1, False)]
    assert versions[0]["uploaded_by"] == "token of supervisor"


def test_a_version_that_is_not_higher_is_a_conflict(door: Door) -> None:
    with door.client() as client:
        assert send(client, 3).status_code == 201
        assert send(client, 3).status_code == 409
        assert send(client, 2).status_code == 409


def test_a_broken_keyword_set_is_refused_with_the_lines(door: Door) -> None:
    broken = KEYWORD_SET.format(version=1).replace("keyphrase: recording-notice", "keyphrase: no-such-phrase")
    with door.client() as client:
        answer = client.post("/api/v1/keyword-sets", content=broken, headers=YAML)
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["line"] == 11
        assert client.get("/api/v1/keyword-sets").json()["items"] == []


def test_a_keyword_set_is_checked_before_it_is_sent_and_nothing_is_stored(door: Door) -> None:
    right = KEYWORD_SET.format(version=1)
    broken = right.replace("keyphrase: recording-notice", "keyphrase: no-such-phrase")
    with door.client(Role.QA) as client:
        fine = client.post("/api/v1/keyword-sets/check", files={"file": ("o.yaml", right)}).json()
        assert fine == {
            "file": "o.yaml",
            "keyword_set": {"id": "opening-en", "version": 1, "rules": 1},
            "problems": [],
        }
        answer = client.post("/api/v1/keyword-sets/check", content=broken, headers=YAML)
        assert (answer.status_code, answer.json()["keyword_set"]) == (200, None)
        [fault] = answer.json()["problems"]
        assert (fault["line"], "`no-such-phrase`" in fault["problem"]) == (11, True)
        for nothing in (b"", b"\xff"):
            assert client.post("/api/v1/keyword-sets/check", content=nothing, headers=YAML).json()["problems"]
        assert client.get("/api/v1/keyword-sets").json()["items"] == []
        assert client.get("/api/v1/keyword-sets/opening-en").status_code == 404


@pytest.mark.parametrize("body", [b"", b"  \n", b"\xff\xfe\x00", b"[", b"- 1", b"a: &a [*a]", b"x" * 900_000])
def test_what_is_no_keyword_set_is_refused(untouched: Door, body: bytes) -> None:
    with untouched.client() as client:
        answer = client.post("/api/v1/keyword-sets", content=body, headers=YAML)
        assert answer.status_code == 422
        assert answer.json()["next_step"]
        assert client.get("/api/v1/keyword-sets").json()["items"] == []


def test_a_keyword_set_of_two_megabytes_is_too_large(untouched: Door) -> None:
    answer = untouched.client().post("/api/v1/keyword-sets", content=b"#" * 2 * 1024**2, headers=YAML)
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["no-such-set", "no-such-set?version=1", "no-such-set/versions"])
def test_an_unknown_keyword_set_is_not_found(untouched: Door, path: str) -> None:
    answer = untouched.client().get(f"/api/v1/keyword-sets/{path}")
    assert answer.status_code == 404
    assert answer.json()["record"].startswith("no-such-set")


# --- agents and queues -----------------------------------------------------------------------------


def test_an_agent_is_put_in_place_and_replaced(door: Door) -> None:
    with door.client(Role.SUPERVISOR) as client:
        client.put("/api/v1/agents/ana", json={"name": "Ana", "languages": ["en"]})
        body = {"name": "Ana Diaz", "languages": ["en", "es"], "skills": ["billing"], "capacity": 2}
        answer = client.put("/api/v1/agents/ana", json=body)
        assert answer.status_code == 200
        assert client.get("/api/v1/agents/ana").json() == answer.json()
        assert client.get("/api/v1/agents").json() == {"items": [answer.json()]}
    assert answer.json() == {"id": "ana", **body, "queues": [], "presence": "available", "email": None, "team": None,
                             "shifts": None}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("agents/ana", {}),
        ("agents/ana", {"name": "Ana", "languages": []}),
        ("agents/ana", {"name": "A\x00na", "languages": ["en"]}),
        ("agents/ana", {"name": "Ana", "languages": ["en"], "capacity": -1}),
        ("agents/ana", {"name": "Ana", "languages": ["en"], "capacity": 10**30}),
        ("agents/ana", {"name": "Ana", "languages": ["en"], "nickname": "A"}),
        ("agents/ana", []),
        ("agents/a%00na", {"name": "Ana", "languages": ["en"]}),
        ("agents/" + "a" * 65, {"name": "Ana", "languages": ["en"]}),
        ("queues/service", {"title": "Service", "hours": {"time_zone": "../../etc/passwd"}}),
        ("queues/service", {"title": "Service", "hours": {"opens": "25:00"}}),
        ("queues/service", {"title": "Service", "hours": {"opens": "08:00+02:00"}}),
        ("queues/service", {"title": "Service", "hours": {"weekdays": [7]}}),
        ("queues/service", {"title": "Service", "target_minutes": {"high": 0}}),
        ("queues/service", {"title": "Service", "region": "usa"}),
    ],
)
def test_what_is_no_agent_or_queue_is_refused(untouched: Door, path: str, body: Any) -> None:
    with untouched.client() as client:
        answer = client.put(f"/api/v1/{path}", json=body)
        assert answer.status_code == 422
        assert answer.json()["problems"]
        assert client.get("/api/v1/agents").json() == {"items": []}
        assert client.get("/api/v1/queues").json() == {"items": []}


def test_skills_are_those_of_agents_and_queues_together(door: Door) -> None:
    with door.client() as client:
        for name, skills in (("ana", ["billing", "sales"]), ("ben", ["billing"])):
            body = {"name": name, "languages": ["en"], "skills": skills}
            client.put(f"/api/v1/agents/{name}", json=body).raise_for_status()
        client.put(
            "/api/v1/queues/service", json={"title": "Service", "skills": ["claims", "sales"]}
        ).raise_for_status()
        assert client.get("/api/v1/skills").json() == {
            "items": [
                {"skill": "billing", "agents": 2, "queues": 0},
                {"skill": "claims", "agents": 0, "queues": 1},
                {"skill": "sales", "agents": 1, "queues": 1},
            ]
        }


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"name": "\\ud800", "languages": ["en"]}', b"\xff"])
def test_a_body_that_is_no_json_is_refused(untouched: Door, body: bytes) -> None:
    answer = untouched.client().put("/api/v1/agents/ana", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_a_queue_keeps_its_hours_and_targets(door: Door) -> None:
    body = {
        "title": "Service",
        "language": "hu",
        "region": "HU",
        "hours": {"time_zone": "Europe/Budapest", "opens": "08:00", "closes": "18:30", "weekdays": [0, 5],
                  "closed_days": ["2026-12-25"]},
        "target_minutes": {"high": 15},
    }  # fmt: skip
    with door.client() as client:
        answer = client.put("/api/v1/queues/service", json=body)
        assert answer.status_code == 200
        assert client.get("/api/v1/queues").json() == {"items": [answer.json()]}
    with door.services.open_view() as unit:
        queue = unit.queues.find("service")
    assert (queue.hours.time_zone, queue.hours.opens.isoformat()) == ("Europe/Budapest", "08:00:00")
    assert dict(queue.target_minutes) == {Urgency.HIGH: 15, Urgency.NORMAL: 240, Urgency.LOW: 480}


# --- tokens ----------------------------------------------------------------------------------------


def test_a_tokens_secret_is_shown_once_and_works(door: Door) -> None:
    with door.client() as admin, door.client(None) as newcomer:
        made = admin.post("/api/v1/tokens", json={"name": "reviewer", "role": "qa"})
        assert made.status_code == 201
        newcomer.headers["Authorization"] = f"Bearer {made.json()['secret']}"
        assert newcomer.get("/api/v1/recordings").status_code == 200
        listed = admin.get("/api/v1/tokens")
    assert made.json()["secret"] not in listed.text
    assert "sha256" not in listed.text
    assert made.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "x", "role": "agent"}, 422),
        ({"name": "x", "role": "qa", "agent_id": "ana"}, 422),
        ({"name": "x", "role": "agent", "agent_id": "nobody"}, 404),
        ({"name": "x", "role": "king"}, 422),
        ({"name": "token of admin", "role": "qa"}, 409),
    ],
)
def test_a_token_that_cannot_be_is_refused(door: Door, body: dict[str, str], status: int) -> None:
    with door.client() as client:
        assert client.post("/api/v1/tokens", json=body).status_code == status
        assert len(client.get("/api/v1/tokens").json()["items"]) == 1
