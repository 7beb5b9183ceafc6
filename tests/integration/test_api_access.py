"""Who may do what: every route with every role, on own records and on somebody else's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from api.access import ACCESS
from api.app import create_app
from api.open_routes import PUBLIC
from api.role_groups import Reach
from tests.api_door import Door, open_door
from tests.builders import NOON, a_recording
from voiceops.domain.callback_task import TaskState
from voiceops.domain.people import AccessToken, Queue, Role
from voiceops.domain.recording import RecordingKind
from voiceops.usecases.create_token import hash_of
from voiceops.usecases.set_owner import set_owner

ROUTES = [route for route in create_app().routes if isinstance(route, APIRoute)]
GUARDED = [route for route in ROUTES if route.name not in PUBLIC]
ANA, BEN = "ana", "ben"
NORTH, SOUTH = "north", "south"
BODIES: dict[str, Any] = {
    "upload_reference": {"url": "http://unknown.test/a.wav", "kind": "call"},
    "upload_references": {"items": [{"url": "http://unknown.test/a.wav", "kind": "call"}]},
    "activate_keyword_set": {"version": 1},
    "start_reanalysis": {"version": 1, "purpose": "what_if"},
    "review_finding": {"keyword_set": "no-such-set", "rule": "notice"},
    "dispute_finding": {"keyword_set": "no-such-set", "rule": "notice", "reason": "I said it."},
    "answer_dispute": {"answer": "rejected", "note": "Not heard."},
    "log_attempt": {"result": "busy"},
    "snooze_task": {"until": "2026-03-05T14:00:00Z", "why": "on a plane"},
    "complete_task": {"disposition": "called_back"},
    "release_task": {"why": "shift ends"},
    "hand_over_task": {"to_agent_id": "ben", "why": "speaks Hungarian"},
    "send_to_queue": {"queue": "no-such-queue", "why": "an invoice"},
    "correct_number": {"number": "+14155550123"},
    "cancel_task": {"why": "called again"},
    "put_agent": {"name": "Zoe", "languages": ["en"], "team": NORTH},
    "put_queue": {"title": "Service", "team": NORTH},
    "set_presence": {"presence": "away"},
    "set_owner": {"agent_id": ANA},
    "draw_sample": {"per_agent": 1},
    "erase_person": {"number": "+36 30 999 8877"},
    "hold_recording": {"reason": "Dispute 17"},
    "create_token": {"name": "a new token", "role": "qa"},
    "create_user": {"name": "a new user", "role": "qa"},
    "change_user": {"role": "qa"},
    "change_password": {"old": "old", "new": "new"},
}
HOURS = {"time_zone": "UTC", "hours": "mon-fri 09:00-17:00", "offer_minutes": "15"}
# The same for the forms of pages.
FORMS: dict[str, dict[str, str]] = {
    "change_password_by_form": {"old": "old", "new": "new", "again": "new"},
    "set_presence_by_form": {"presence": "away"},
    "draw_sample_by_form": {"per_agent": "1"},
    "accept_task_by_form": {"version": "1"},
    "log_attempt_by_form": {"version": "1", "result": "busy"},
    "complete_task_by_form": {"version": "1", "disposition": "called_back"},
    "release_task_by_form": {"version": "1", "why": "shift ends"},
    "correct_number_by_form": {"version": "1", "number": "+14155550123"},
    "snooze_task_by_form": {"version": "1", "own": "2026-03-05T14:00"},
    "hand_over_task_by_form": {"version": "1", "to": "ben", "why": "speaks Hungarian"},
    "send_to_queue_by_form": {"version": "1", "to": "billing", "why": "an invoice"},
    "add_user_by_form": {"name": "another new user", "role": "qa"},
    "change_user_by_form": {"seen": "x", "role": "qa"},
    "add_queue_by_form": {"id": "a-new-queue", "title": "New", "language": "en", "team": NORTH},
    "change_queue_by_form": {"title": "Service", "language": "en", "team": NORTH, **HOURS},
    "add_agent_by_form": {"id": "a-new-agent", "name": "Zoe", "languages": "en", "capacity": "5", "team": NORTH},
    "change_agent_by_form": {"name": "Zoe", "languages": "en", "capacity": "5", "team": NORTH},
    "add_token_by_form": {"name": "another new token", "role": "qa"},
    "dispute_finding_by_form": {"keyword_set": "no-such-set", "version": "1", "rule": "notice", "reason": "I said it."},
    "answer_dispute_by_form": {"answer": "rejected", "note": "Not heard."},
    "review_finding_by_form": {"keyword_set": "no-such-set", "version": "1", "rule": "notice", "seen": "0"},
    "hand_over_on_board": {"version": "1", "to_agent_id": BEN},
    "release_on_board": {"version": "1"},
    "cancel_on_board": {"version": "1", "why": "called again"},
    "start_what_if_by_form": {"version": "1"},
    "activate_keyword_set_by_form": {"version": "1"},
}


@pytest.fixture
def door(tmp_path: Path, sqlite_url: str, redis_url: str) -> Iterator[Door]:
    with open_door(tmp_path, database_url=sqlite_url, redis_url=redis_url) as door:
        for agent_id, team in ((ANA, NORTH), (BEN, SOUTH)):
            door.stores_agent(agent_id, team=team)
            door.stores(replace(a_recording(f"call-of-{agent_id}"), agent_id=agent_id))
            voicemail = a_recording(f"voicemail-of-{agent_id}", kind=RecordingKind.VOICEMAIL)
            door.stores_task(voicemail, agent_id=agent_id, queue=f"queue-of-{agent_id}")
            with door.services.open_unit() as unit:
                unit.queues.put(Queue(f"queue-of-{agent_id}", "Queue", team=team))
                unit.commit()
            set_owner(door.services, f"customer-of-{agent_id}", agent_id, actor="admin")
        yield door


def ask(client: httpx.Client, route: APIRoute, owner: str, *, recording: str = "call") -> httpx.Response:
    """Call a route for the records of an agent."""
    path = route.path.format(
        recording_id=f"{recording}-of-{owner}",
        task_id=f"task-of-voicemail-of-{owner}",
        agent_id=owner,
        queue_id=f"queue-of-{owner}",
        token_id="no-such-token",
        keyword_set_id="no-such-set",
        reanalysis_id="no-such-reanalysis",
        notice_id="no-such-notice",
        subscription_id="no-such-subscription",
        user_id="no-such-user",
        erasure_id="no-such-erasure",
        sample_id="no-such-sample",
        customer=f"customer-of-{owner}",
        rule_id="notice",
        dispute_id="no-such-dispute",
    ) if "{" in route.path else route.path  # fmt: skip
    method = min(route.methods or {"none"})
    # The body is not waited for: the live stream's has no end.
    with client.stream(method, path, json=BODIES.get(route.name), data=FORMS.get(route.name)) as answer:
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


def test_a_supervisor_reaches_what_is_their_teams_and_nothing_of_another_team(door: Door) -> None:
    with door.leader(NORTH) as client:
        for route in GUARDED:
            if ACCESS[route.name].get(Role.SUPERVISOR) is Reach.TEAMS and "{" in route.path:
                assert ask(client, route, BEN).status_code == 403, route.name
                assert ask(client, route, ANA).status_code not in {401, 403}, route.name


def test_a_supervisor_of_some_teams_does_nothing_that_is_about_the_whole_house(door: Door) -> None:
    with door.leader(NORTH, SOUTH) as client:
        for route in GUARDED:
            if ACCESS[route.name].get(Role.SUPERVISOR) is Reach.EVERY_TEAM:
                assert ask(client, route, ANA).status_code == 403, route.name


def test_qa_hears_calls_and_no_voicemails(door: Door) -> None:
    with door.client(Role.QA) as client:
        for route in GUARDED:
            if ACCESS[route.name].get(Role.QA) is Reach.CALLS and "{" in route.path:
                assert ask(client, route, ANA, recording="voicemail").status_code == 403, route.name
        kinds = {one["kind"] for one in client.get("/api/v1/recordings").json()["items"]}
        assert kinds == {"call"}
        assert client.get("/api/v1/recordings", params={"kind": "voicemail"}).status_code == 403


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_what_belongs_to_somebody_is_out_of_reach_of_who_it_does_not_belong_to(route: APIRoute) -> None:
    """A new route with somebody's record in its address cannot be open to every supervisor and agent by mistake."""
    somebodys = {"{recording_id}", "{task_id}", "{agent_id}", "{customer}"} & set(route.path.split("/"))
    names_only = {"get_agent"}  # a directory: supervisors hand tasks over to colleagues of other teams
    if somebodys and route.name not in names_only:
        reaches = ACCESS[route.name]
        assert reaches.get(Role.SUPERVISOR) in {Reach.TEAMS, None}
        assert reaches.get(Role.AGENT) in {Reach.OWN, None}
        assert reaches.get(Role.INGEST) is None


def test_lists_hold_what_is_the_supervisors_teams_only(door: Door) -> None:
    for queue, agent_id in (("queue-of-ana", BEN), ("queue-of-ben", ANA), ("queue-of-ben", None), ("no-queue", None)):
        door.stores(replace(a_recording(f"call-{agent_id}-{queue}"), agent_id=agent_id, queue=queue))
        voicemail = a_recording(f"voicemail-{agent_id}-{queue}", kind=RecordingKind.VOICEMAIL)
        state = TaskState.OFFERED if agent_id else TaskState.OPEN
        door.stores_task(voicemail, agent_id=agent_id, queue=queue, state=state)
    with door.leader(NORTH) as north, door.leader("east") as east, door.leader("*") as whole:
        expected = {"call-of-ana", "call-ben-queue-of-ana", "call-ana-queue-of-ben"}
        calls = {"kind": "call", "limit": "200"}
        assert ids(north, "/api/v1/recordings", calls) == expected
        assert ids(north, "/api/v1/tasks") == {f"task-of-{one.replace('call', 'voicemail')}" for one in expected}
        owners = north.get("/api/v1/customers/owners").json()["items"]
        assert [one["agent_id"] for one in owners] == [ANA]
        assert not ids(east, "/api/v1/recordings") | ids(east, "/api/v1/tasks")
        assert len(ids(whole, "/api/v1/recordings", calls)) == 6


def ids(client: httpx.Client, path: str, params: dict[str, str] | None = None) -> set[str]:
    answer = client.get(path, params=params)
    answer.raise_for_status()
    return {one["id"] for one in answer.json()["items"]}


def test_a_supervisor_hears_the_voicemail_of_a_task_in_their_teams_hands(door: Door) -> None:
    with door.leader(NORTH) as north:
        assert north.get("/api/v1/recordings/voicemail-of-ana").status_code == 200
        assert north.get("/api/v1/recordings/voicemail-of-ben").status_code == 403


def test_nobody_takes_an_agent_or_a_queue_of_another_team_into_their_own(door: Door) -> None:
    with door.leader(NORTH) as north:
        agent = {"name": "Ben", "languages": ["en"], "team": NORTH}
        for path, body in (("agents/ben", agent), ("queues/queue-of-ben", {"title": "Q", "team": NORTH})):
            assert north.put(f"/api/v1/{path}", json=body).status_code == 403
        assert north.put("/api/v1/agents/new", json={**agent, "team": SOUTH}).status_code == 403
        assert north.put("/api/v1/agents/new", json={"name": "New", "languages": ["en"]}).status_code == 403
        assert north.put("/api/v1/agents/new", json=agent).status_code == 200


@pytest.mark.parametrize(("role", "teams"), [("supervisor", []), ("qa", ["north"]), ("agent", ["north"])], ids=str)
def test_a_supervisor_names_the_teams_they_lead_and_nobody_else_does(door: Door, role: str, teams: list[str]) -> None:
    wish = {"name": "x", "role": role, "teams": teams, "agent_id": ANA if role == "agent" else None}
    with door.client() as admin:
        for path in ("tokens", "users"):
            answer = admin.post(f"/api/v1/{path}", json=wish)
            assert answer.status_code == 422
            assert "names the teams it leads" in answer.json()["detail"]


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
