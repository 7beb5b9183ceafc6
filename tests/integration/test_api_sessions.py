"""Signing in over the web door: cookies, forged requests, narrowed tokens, and the access log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi.routing import APIRoute

from api.app import create_app
from api.credentials import COOKIE, COOKIE_OVER_TLS
from tests.api_door import Door, a_wav, upload
from tests.builders import NOON, a_recording, a_transcript, an_opening_set
from voiceops.domain.finding import Evaluation, Evidence, Finding, Outcome
from voiceops.domain.people import Role
from voiceops.domain.recording import Party
from voiceops.domain.user import EVERY_TEAM
from voiceops.domain.waveform import ChannelPeaks, Waveform
from voiceops.usecases.create_user import create_user

GOOD = "lantern orbit velvet mosaic"
OURS = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def a_browser(door: Door, role: Role = Role.SUPERVISOR, *, own_password: bool = True) -> Iterator[httpx.Client]:
    """A browser in which somebody signed in."""
    teams = (EVERY_TEAM,) if role is Role.SUPERVISOR else ()
    _, given = create_user(door.services, name="vera", role=role, teams=teams, actor="admin")
    with door.client(None) as browser:
        answer = browser.post("/api/v1/session", json={"name": "vera", "password": given}, headers=OURS)
        assert answer.status_code == 200
        assert answer.json()["must_change_password"]
        if own_password:
            change = {"old": given, "new": GOOD}
            assert browser.put("/api/v1/session/password", json=change, headers=OURS).status_code == 204
            browser.post("/api/v1/session", json={"name": "vera", "password": GOOD}, headers=OURS).raise_for_status()
        yield browser


def test_a_session_works_where_the_role_works_and_ends_at_sign_out(door: Door) -> None:
    with a_browser(door) as browser:
        assert browser.get("/api/v1/recordings").status_code == 200
        assert browser.get("/api/v1/tokens").status_code == 403
        me = browser.get("/api/v1/session").json()
        assert me == {
            "name": "vera",
            "role": "supervisor",
            "agent_id": None,
            "teams": ["*"],
            "must_change_password": False,
        }
        kept = dict(browser.cookies)
        assert browser.delete("/api/v1/session", headers=OURS).status_code == 204
        assert COOKIE not in browser.cookies
        browser.cookies.update(kept)
        assert browser.get("/api/v1/recordings").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(door: Door) -> None:
    _, given = create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with door.client(None) as browser:
        answer = browser.post("/api/v1/session", json={"name": "vera", "password": given})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_over_tls_the_cookie_is_bound_to_the_host(door: Door) -> None:
    _, given = create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with door.client(None) as browser:
        headers = {"X-Forwarded-Proto": "https"}
        answer = browser.post("/api/v1/session", json={"name": "vera", "password": given}, headers=headers)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE_OVER_TLS}=")
    assert "Secure" in cookie
    assert "strict-transport-security" in answer.headers


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
    ids=str,
)
def test_a_request_that_another_site_may_have_forged_changes_nothing(door: Door, headers: dict[str, str]) -> None:
    with a_browser(door) as browser:
        answer = browser.put("/api/v1/queues/service", json={"title": "Service"}, headers=headers)
        assert answer.status_code == 403
        assert browser.get("/api/v1/queues").json()["items"] == []


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_our_own_pages_may_change_things(door: Door, site: str | None) -> None:
    with a_browser(door) as browser:
        headers = {"Sec-Fetch-Site": site} if site else {"Origin": door.url}
        answer = browser.put("/api/v1/queues/service", json={"title": "Service"}, headers=headers)
        assert answer.status_code == 200


def test_another_site_cannot_sign_a_browser_in(door: Door) -> None:
    _, given = create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with door.client(None) as browser:
        headers = {"Sec-Fetch-Site": "cross-site"}
        answer = browser.post("/api/v1/session", json={"name": "vera", "password": given}, headers=headers)
    assert answer.status_code == 403


def test_with_a_given_password_nothing_works_but_changing_it(door: Door) -> None:
    with a_browser(door, own_password=False) as browser:
        assert browser.get("/api/v1/session").status_code == 200
        refusal = browser.get("/api/v1/recordings")
        assert refusal.status_code == 403
        assert "password" in refusal.json()["next_step"]


def test_too_many_wrong_passwords_are_answered_with_a_wait(door: Door) -> None:
    create_user(door.services, name="vera", role=Role.QA, actor="admin")
    with door.client(None) as browser:
        tries = [browser.post("/api/v1/session", json={"name": "vera", "password": "wrong"}) for _ in range(6)]
    assert [answer.status_code for answer in tries] == [401] * 5 + [429]
    assert 0 < int(tries[-1].headers["retry-after"]) <= 30
    assert tries[-1].json()["type"] == "urn:voiceops:problem:too-many-attempts"


def test_an_admin_keeps_users(door: Door) -> None:
    with door.client(Role.ADMIN) as admin:
        made = admin.post("/api/v1/users", json={"name": "vera", "role": "qa"})
        assert made.status_code == 201
        user = made.json()
        given = user.pop("password")
        assert admin.get("/api/v1/users").json()["items"] == [user]
        with door.client(None) as browser:
            browser.post("/api/v1/session", json={"name": "vera", "password": given}).raise_for_status()
            assert admin.delete(f"/api/v1/users/{user['id']}/sessions").status_code == 204
            assert browser.get("/api/v1/session").status_code == 401
        changed = admin.put(
            f"/api/v1/users/{user['id']}", json={"role": "supervisor", "teams": ["north"], "disabled": True}
        )
        # The token is no user, so without another administrator among the users this one would be none either.
        assert changed.status_code == 409
        admin.post("/api/v1/users", json={"name": "boss", "role": "admin"}).raise_for_status()
        changed = admin.put(
            f"/api/v1/users/{user['id']}", json={"role": "supervisor", "teams": ["north"], "disabled": True}
        )
        assert (changed.status_code, changed.json()["disabled"]) == (200, True)
        renewed = admin.post(f"/api/v1/users/{user['id']}/password")
        assert renewed.json()["password"] != given


def test_a_token_has_neither_a_session_nor_a_password(door: Door) -> None:
    with door.client(Role.QA) as client:
        assert client.delete("/api/v1/session").status_code == 409
        assert client.put("/api/v1/session/password", json={"old": "a", "new": "b"}).status_code == 409


def test_a_narrowed_token_does_only_what_its_scopes_say(door: Door) -> None:
    with door.client(Role.ADMIN) as admin, door.client(None) as narrowed:
        wish = {"name": "dialler", "role": "supervisor", "teams": ["*"], "scopes": ["recordings:write"]}
        made = admin.post("/api/v1/tokens", json=wish).json()
        assert made["scopes"] == ["recordings:write"]
        narrowed.headers["Authorization"] = f"Bearer {made['secret']}"
        assert upload(narrowed, a_wav()).status_code == 201
        refusal = narrowed.get("/api/v1/recordings")
        assert refusal.status_code == 403
        assert "recordings:read" in refusal.json()["detail"]


def test_a_token_ends_by_itself_and_cannot_be_made_ended(door: Door) -> None:
    with door.client(Role.ADMIN) as admin:
        wish = {"name": "for today", "role": "qa"}
        past = (datetime.now(UTC) - timedelta(seconds=5)).isoformat()
        assert admin.post("/api/v1/tokens", json={**wish, "expires_at": past}).status_code == 422
        future = datetime.now(UTC) + timedelta(days=1)
        made = admin.post("/api/v1/tokens", json={**wish, "expires_at": future.isoformat()}).json()
        assert made["expires_at"].startswith(f"{future:%Y-%m-%dT%H:%M}")


def test_every_look_at_words_or_voice_is_logged_with_the_customer(door: Door) -> None:
    recording = door.stores(replace(a_recording("call-1"), caller_number="+36301234567"))
    with door.services.open_unit() as unit:
        unit.transcripts.put(recording.id, a_transcript("agent: hello"))
        unit.commit()
    with door.client(Role.QA) as qa, door.client(Role.ADMIN) as admin:
        qa.get("/api/v1/recordings/call-1/transcript").raise_for_status()
        qa.get("/api/v1/recordings/call-1/audio")
        for form in ("txt", "vtt"):
            qa.get(f"/api/v1/recordings/call-1/transcript.{form}").raise_for_status()
        qa.get("/api/v1/recordings/call-1")
        found = admin.get("/api/v1/access-log", params={"customer": "+36301234567"}).json()
        assert [(line["actor"], line["action"], line["record"]) for line in found["items"]] == [
            ("token of qa", "exported", "call-1"),
            ("token of qa", "exported", "call-1"),
            ("token of qa", "heard_audio", "call-1"),
            ("token of qa", "read_transcript", "call-1"),
        ]
        assert qa.get("/api/v1/access-log").status_code == 403


def test_the_access_log_comes_in_pages(door: Door) -> None:
    with door.client(Role.ADMIN) as admin:
        for name in ("a", "b", "c"):
            admin.post("/api/v1/tokens", json={"name": name, "role": "qa"}).raise_for_status()
        params: dict[str, str | int] = {"action": "changed_rights", "limit": 2}
        first = admin.get("/api/v1/access-log", params=params).json()
        second = admin.get("/api/v1/access-log", params={**params, "cursor": first["next"]}).json()
        records = [line["record"] for page in (first, second) for line in page["items"]]
        assert records == ["c", "b", "a", "token of admin"]
        assert second["next"] is None


LOOKS = {
    "call_page",
    "call_report_page",
    "get_transcript",
    "get_transcript_text",
    "get_subtitles",
    "get_findings",
    "get_audio",
    "get_clip",
    "get_finding_clip",
}


def test_no_route_shows_words_or_voice_without_a_line_in_the_log(door: Door) -> None:
    """Every reading route of a recording is asked; those that answer with words or voice have left a line."""
    data = a_wav()
    with door.client(Role.QA) as qa, door.client(Role.ADMIN) as admin:
        recording = upload(admin, data).json()["id"]
        notice = an_opening_set(1, "this call is recorded")
        assert admin.post("/api/v1/keyword-sets", content=notice).status_code == 201
        evidence = Evidence(words="hello", start=0.0, end=0.5, party=Party.AGENT, similarity=100.0)
        finding = Finding("notice", Outcome.MET, "It was said.", evidence)
        with door.services.open_unit() as unit:
            unit.transcripts.put(recording, a_transcript("agent: hello"))
            unit.evaluations.put(recording, Evaluation("opening-en", 1, 100.0, passed=True, findings=(finding,)), NOON)
            unit.waveforms.put(recording, Waveform(1.0, (ChannelPeaks(Party.AGENT, (-1,), (1,)),)))
            unit.commit()
        for route in create_app().routes:
            if not isinstance(route, APIRoute) or "{recording_id}" not in route.path or route.methods != {"GET"}:
                continue
            before = len(admin.get("/api/v1/access-log", params={"record": recording}).json()["items"])
            path = route.path.format(recording_id=recording, keyword_set_id="opening-en", rule_id="notice")
            answer = qa.get(path, params={"start": 0, "end": 0.5})
            answer.raise_for_status()
            logged = admin.get("/api/v1/access-log", params={"record": recording}).json()["items"]
            shows = b"hello" in answer.content or answer.headers["content-type"].startswith("audio/")
            assert shows == (route.name in LOOKS), route.name
            assert len(logged) == before + shows, route.name


def test_the_log_is_searched_by_either_way_in_which_a_customer_is_known(door: Door) -> None:
    recording = door.stores(replace(a_recording("call-1"), caller_number="+36301234567", customer="A-17"))
    with door.services.open_unit() as unit:
        unit.transcripts.put(recording.id, a_transcript("agent: hello"))
        unit.commit()
    with door.client(Role.QA) as qa, door.client(Role.ADMIN) as admin:
        qa.get("/api/v1/recordings/call-1/transcript").raise_for_status()
        for customer, count in (("+36301234567", 1), ("A-17", 1), ("A-18", 0)):
            found = admin.get("/api/v1/access-log", params={"customer": customer}).json()["items"]
            assert len(found) == count, customer


def test_who_an_agent_and_a_queue_belong_to_is_a_right_and_its_change_is_logged(door: Door) -> None:
    agent = {"name": "Ana", "languages": ["en"], "team": "north", "queues": ["service"]}
    with door.client(Role.ADMIN) as admin:
        for path, body in (
            ("agents/ana", agent),
            ("agents/ana", {**agent, "capacity": 9}),  # no change of rights
            ("queues/service", {"title": "Service", "team": "north"}),
            ("queues/service", {"title": "Service"}),
        ):
            assert admin.put(f"/api/v1/{path}", json=body).status_code == 200
        params = {"actor": "token of admin", "action": "changed_rights"}
        found = admin.get("/api/v1/access-log", params=params).json()["items"]
    assert [(line["record"], line["detail"]) for line in found] == [
        ("service", "Queue of team none."),
        ("service", "Queue of team north."),
        ("ana", "Team north; queues service."),
    ]


def test_people_sign_out_everywhere_by_themselves(door: Door) -> None:
    with a_browser(door) as here, door.client(None) as there:
        sign_in = {"name": "vera", "password": GOOD}
        there.post("/api/v1/session", json=sign_in, headers=OURS).raise_for_status()
        assert here.delete("/api/v1/session", headers=OURS).status_code == 204
        assert there.get("/api/v1/session").status_code == 200
        here.post("/api/v1/session", json=sign_in, headers=OURS).raise_for_status()
        assert here.delete("/api/v1/session", params={"everywhere": "true"}, headers=OURS).status_code == 204
        assert there.get("/api/v1/session").status_code == 401
