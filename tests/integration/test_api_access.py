"""Who may do what: every route with every role, on own records and on somebody else's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from api.access import ACCESS, PUBLIC, Reach
from api.app import create_app
from tests.api_door import Door, open_door
from tests.builders import NOON, a_recording
from voiceops.domain.callback_task import TaskState
from voiceops.domain.people import AccessToken, Role
from voiceops.domain.recording import RecordingKind
from voiceops.usecases.create_token import hash_of

ROUTES = [route for route in create_app().routes if isinstance(route, APIRoute)]
GUARDED = [route for route in ROUTES if route.name not in PUBLIC]
ANA, BEN = "ana", "ben"
BODIES: dict[str, Any] = {
    "activate_keyword_set": {"version": 1},
    "start_reanalysis": {"version": 1, "purpose": "what_if"},
    "review_finding": {"keyword_set": "no-such-set", "rule": "notice"},
    "log_attempt": {"result": "busy"},
    "snooze_task": {"until": "2026-03-05T14:00:00Z", "why": "on a plane"},
    "complete_task": {"disposition": "called_back"},
    "release_task": {"why": "shift ends"},
    "hand_over_task": {"to_agent_id": "ben", "why": "speaks Hungarian"},
    "cancel_task": {"why": "called again"},
    "put_agent": {"name": "Zoe", "languages": ["en"]},
    "put_queue": {"title": "Service"},
    "set_presence": {"presence": "away"},
    "set_owner": {"agent_id": ANA},
    "create_token": {"name": "a new token", "role": "qa"},
    "create_user": {"name": "a new user", "role": "qa"},
    "change_user": {"role": "qa"},
    "change_password": {"old": "old", "new": "new"},
}


@pytest.fixture
def door(tmp_path: Path, sqlite_url: str, redis_url: str) -> Iterator[Door]:
    with open_door(tmp_path, database_url=sqlite_url, redis_url=redis_url) as door:
        for agent_id in (ANA, BEN):
            door.stores_agent(agent_id)
            door.stores(replace(a_recording(f"call-of-{agent_id}"), agent_id=agent_id))
            voicemail = a_recording(f"voicemail-of-{agent_id}", kind=RecordingKind.VOICEMAIL)
            door.stores_task(voicemail, agent_id=agent_id)
        yield door


def ask(client: httpx.Client, route: APIRoute, owner: str) -> httpx.Response:
    """Call a route for the records of an agent."""
    path = route.path.format(
        recording_id=f"call-of-{owner}",
        task_id=f"task-of-voicemail-of-{owner}",
        agent_id=owner,
        queue_id="service",
        token_id="no-such-token",
        keyword_set_id="no-such-set",
        reanalysis_id="no-such-reanalysis",
        notice_id="no-such-notice",
        subscription_id="no-such-subscription",
        user_id="no-such-user",
        customer="A-17",
    ) if "{" in route.path else route.path  # fmt: skip
    method = min(route.methods or {"none"})
    # The body is not waited for: the live stream's has no end.
    with client.stream(method, path, json=BODIES.get(route.name)) as answer:
        return answer


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    names = [route.name for route in ROUTES]
    assert len(names) == len(set(names))
    assert set(names) == set(ACCESS) | PUBLIC


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_nobody_enters_without_a_known_token(untouched: Door, route: APIRoute) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YWRtaW46YWRtaW4="}):
        with untouched.client(None) as client:
            client.headers.update(headers)
            answer = ask(client, route, ANA)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_enters_where_the_table_says_and_nowhere_else(door: Door, role: Role) -> None:
    with door.client(ANA if role is Role.AGENT else role) as client:
        for route in GUARDED:
            status = ask(client, route, ANA).status_code
            assert status < 500, route.name
            if role in ACCESS[route.name]:
                assert status not in {401, 403}, route.name
            else:
                assert status == 403, route.name


def test_an_agent_reaches_nothing_of_a_colleague(door: Door) -> None:
    with door.client(ANA) as client:
        for route in GUARDED:
            if ACCESS[route.name].get(Role.AGENT) is Reach.OWN and "{" in route.path:
                assert ask(client, route, BEN).status_code == 403, route.name


def test_an_agent_lists_own_calls_and_own_tasks_only(door: Door) -> None:
    with door.client(ANA) as client:
        calls = client.get("/api/v1/recordings").json()["items"]
        tasks = client.get("/api/v1/tasks").json()["items"]
        assert [call["id"] for call in calls] == ["call-of-ana"]
        assert [task["id"] for task in tasks] == ["task-of-voicemail-of-ana"]
        assert client.get("/api/v1/tasks", params={"agent": BEN}).status_code == 403


def test_an_agent_hears_the_voicemail_of_an_own_task_only(door: Door) -> None:
    with door.client(ANA) as client:
        assert client.get("/api/v1/recordings/voicemail-of-ana").status_code == 200
        assert client.get("/api/v1/recordings/voicemail-of-ben").status_code == 403


def test_an_agents_token_without_an_agent_reaches_nothing(door: Door) -> None:
    with door.services.open_unit() as unit:
        unit.tokens.add(AccessToken("lost", "lost", Role.AGENT, hash_of("vo_lost"), NOON))
        unit.commit()
    with door.client(None) as client:
        client.headers["Authorization"] = "Bearer vo_lost"
        assert client.get("/api/v1/tasks").status_code == 403
        assert client.get("/api/v1/recordings").status_code == 403


def test_an_expired_token_is_no_token(door: Door) -> None:
    with door.services.open_unit() as unit:
        unit.tokens.add(AccessToken("old", "old", Role.ADMIN, hash_of("vo_old"), NOON, expires_at=NOON))
        unit.commit()
    with door.client(None) as client:
        client.headers["Authorization"] = "Bearer vo_old"
        assert client.get("/api/v1/tokens").status_code == 401


def test_a_removed_token_is_refused_from_then_on(door: Door) -> None:
    with door.client() as admin, door.client(Role.QA) as qa:
        assert qa.get("/api/v1/recordings").status_code == 200
        [token] = [one for one in admin.get("/api/v1/tokens").json()["items"] if one["role"] == "qa"]
        assert admin.delete(f"/api/v1/tokens/{token['id']}").status_code == 204
        assert qa.get("/api/v1/recordings").status_code == 401


@pytest.mark.parametrize(("queues", "status"), [((), 200), (("service",), 200), (("sales",), 403)])
def test_a_task_of_the_pool_is_claimed_by_who_works_its_queue(door: Door, queues: tuple[str, ...], status: int) -> None:
    with door.client("cleo") as client:
        door.stores_agent("cleo", queues=queues)
        task = door.stores_task(a_recording("pooled"), agent_id=None, state=TaskState.OPEN, queue="service")
        assert client.post(f"/api/v1/tasks/{task.id}/accept").status_code == status
