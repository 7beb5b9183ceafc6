"""The pages for who runs the system: what their forms store, what they refuse beside which field, and for whom."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from tests.api_door import Door, serving
from tests.builders import a_recording, a_transcript
from voiceops.domain.people import Queue, Role
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.domain.retention import KeepDays, Retention
from voiceops.domain.user import User
from voiceops.settings import Settings, settings_in_effect
from voiceops.usecases.hold_recording import hold_recording


@pytest.fixture
def browser(door: Door) -> Iterator[httpx.Client]:
    """An administrator's."""
    with door.client(Role.ADMIN) as client:
        client.headers["Accept"] = "text/html"
        yield client


def the_user(door: Door, name: str) -> User:
    with door.services.open_view() as unit:
        user = unit.users.find(name)
    assert user is not None
    return user


def blamed(page: httpx.Response) -> list[str]:
    """The fields beside which something stands."""
    assert page.status_code == 422
    return re.findall(r'id="why-(\w+)"', page.text)


def test_a_user_gets_a_password_that_is_shown_once_and_opens_the_door(door: Door, browser: httpx.Client) -> None:
    answer = browser.post("/admin/users", data={"name": "rita", "role": "supervisor", "teams": "north, south"})
    [password] = re.findall(r'id="given">([^<]+)<', answer.text)
    assert answer.headers["cache-control"] == "no-store"
    assert password not in browser.get("/admin/users").text
    assert the_user(door, "rita").teams == ("north", "south")
    session = door.client(None).post("/api/v1/session", json={"name": "rita", "password": password})
    assert session.json()["must_change_password"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": "", "role": "qa"}, "name"),
        ({"name": "taken", "role": "qa"}, "name"),
        ({"name": "kim", "role": "agent"}, "agent_id"),
        ({"name": "kim", "role": "agent", "agent_id": "nobody"}, "agent_id"),
        ({"name": "kim", "role": "supervisor"}, "teams"),
        ({"name": "kim", "role": "supervisor", "teams": "no such <team>"}, "teams"),
    ],
)
def test_what_will_not_do_stands_beside_its_field_and_what_was_typed_stays(
    browser: httpx.Client, form: dict[str, str], field: str
) -> None:
    browser.post("/admin/users", data={"name": "taken", "role": "qa"})
    answer = browser.post("/admin/users", data=form)
    assert blamed(answer) == [field]
    assert f'name="name" type="text" value="{form["name"]}"' in answer.text
    assert f'<option value="{form["role"]}" selected>' in answer.text


def test_two_who_change_a_user_do_not_overwrite_each_other(door: Door, browser: httpx.Client) -> None:
    browser.post("/admin/users", data={"name": "boss", "role": "admin"})
    browser.post("/admin/users", data={"name": "rita", "role": "qa"})
    address = f"/admin/users/{the_user(door, 'rita').id}"
    [seen] = re.findall(r'name="seen" value="(\w+)"', browser.get(address).text)
    first = browser.post(address, data={"seen": seen, "role": "supervisor", "teams": "north"})
    assert first.headers["location"] == f"{address}?done=saved"
    second = browser.post(address, data={"seen": seen, "role": "qa", "disabled": "true"})
    assert second.status_code == 412
    assert "role is supervisor now; you sent qa" in second.text
    assert (the_user(door, "rita").role, the_user(door, "rita").disabled_at) == (Role.SUPERVISOR, None)


def test_the_last_administrator_cannot_be_shut_out(door: Door, browser: httpx.Client) -> None:
    browser.post("/admin/users", data={"name": "boss", "role": "admin"})
    address = f"/admin/users/{the_user(door, 'boss').id}"
    [seen] = re.findall(r'name="seen" value="(\w+)"', browser.get(address).text)
    answer = browser.post(address, data={"seen": seen, "role": "admin", "disabled": "true"})
    assert answer.status_code == 409
    assert "This is the last administrator who can sign in." in answer.text
    assert "checked> Shut out" in answer.text


def test_a_new_password_ends_the_old_one_and_sessions_end_by_a_press(door: Door, browser: httpx.Client) -> None:
    browser.post("/admin/users", data={"name": "rita", "role": "qa"})
    address = f"/admin/users/{the_user(door, 'rita').id}"
    [password] = re.findall(r'id="given">([^<]+)<', browser.post(f"{address}/password").text)
    guest = door.client(None)
    assert guest.post("/api/v1/session", json={"name": "rita", "password": password}).status_code == 200
    assert browser.post(f"{address}/sessions").headers["location"] == f"{address}?done=signed-out-everywhere"
    assert guest.get("/api/v1/session").status_code == 401


QUEUE = {
    "id": "service",
    "title": "Service",
    "language": "hu",
    "region": "HU",
    "skills": "billing, repairs",
    "time_zone": "Europe/Budapest",
    "hours": "mon-fri 09:00-12:00,13:00-17:00\r\nsat 09:00-12:00",
    "dates": "2026-12-24 closed",
    "holidays": "HU",
    "high": "30",
    "offer_minutes": "10",
    "escalation_minutes": "0, 60",
}


def test_a_queue_is_stored_as_it_was_typed_and_shown_so_again(browser: httpx.Client) -> None:
    assert browser.post("/admin/queues-new", data=QUEUE).headers["location"] == "/admin/queues?done=saved"
    stored = browser.get("/api/v1/queues/service").json()
    assert stored["target_minutes"] == {"high": 30, "normal": 240, "low": 480}
    assert stored["hours"]["by_date"] == {"2026-12-24": []}
    page = browser.get("/admin/queues/service").text
    assert "mon-fri 09:00-12:00,13:00-17:00\nsat 09:00-12:00" in page
    assert "sat 09:00-12:00" in browser.get("/admin/queues").text


def test_changing_a_queue_keeps_what_the_form_does_not_show_and_minds_what_was_seen(
    browser: httpx.Client,
) -> None:
    ways = {
        "title": "Service",
        "attempts": {"limit": 2, "after_minutes": [30]},
        "follow_up": {"after_minutes": 60},
        "retention": {"call": {"audio": 30}},
        "masking": {"voicemail": ["card"]},
        "dispositions": ["resolved", "not_reached"],
    }
    before = browser.put("/api/v1/queues/service", json=ways).raise_for_status().json()
    [seen] = re.findall(r'name="seen" value="(\w+)"', browser.get("/admin/queues/service").text)
    assert browser.post("/admin/queues/service", data={**QUEUE, "seen": seen}).status_code == 303
    after = browser.get("/api/v1/queues/service").json()
    shown = {"skills", "hours", "target_minutes", "offer_minutes", "escalation_minutes", "language", "region", "team"}
    assert {name for name in after if after[name] != before[name]} <= shown
    assert after["attempts"]["limit"] == 2
    late = browser.post("/admin/queues/service", data={**QUEUE, "title": "Mine", "seen": seen})
    assert late.status_code == 412
    assert "title is Service now; you sent Mine" in late.text
    assert 'value="Mine"' in late.text


WAYS = {
    "ways": "shown",
    "attempts_limit": "3",
    "attempts_after": "15, 60",
    "attempts_then": "supervisor",
    "follow_up_after": "60",
    "follow_up_question": "Did it help?",
    "dispositions": ["resolved", "not_reached"],
    "keep_call_audio": "30",
    "mask_own": "yes",
    "mask_voicemail": ["card"],
}


def test_how_callbacks_are_worked_and_what_is_kept_is_stored_as_it_was_typed_and_shown_so_again(
    browser: httpx.Client,
) -> None:
    assert browser.post("/admin/queues-new", data={**QUEUE, **WAYS}).status_code == 303
    stored = browser.get("/api/v1/queues/service").json()
    assert stored["attempts"] == {"limit": 3, "after_minutes": [15, 60], "then": "supervisor"}
    assert stored["follow_up"] == {"after_minutes": 60, "question": "Did it help?"}
    assert stored["dispositions"] == ["resolved", "not_reached"]
    assert stored["retention"]["call"] == {"audio": 30, "transcript": None, "result": None}
    assert stored["masking"] == {"call": [], "voicemail": ["card"], "sound": False}
    page = browser.get("/admin/queues/service").text
    shown = dict(re.findall(r'name="(\w+)" type="text" value="([^"]*)"', page))
    assert {name: shown[name] for name in WAYS if name in shown} == {
        name: value for name, value in WAYS.items() if name in shown
    }
    assert re.findall(r'name="(\w+)" value="(\w+)" checked', page) == [
        ("dispositions", "resolved"),
        ("dispositions", "not_reached"),
        ("keep_own", "yes"),
        ("mask_own", "yes"),
        ("mask_voicemail", "card"),
    ]
    nothing = {"ways": "shown", "attempts_limit": "1", "attempts_after": "5", "attempts_then": "not_reached"}
    [seen] = re.findall(r'name="seen" value="(\w+)"', page)
    sent = {**QUEUE, **nothing, "dispositions": ["resolved"], "seen": seen}
    assert browser.post("/admin/queues/service", data=sent).status_code == 303
    stored = browser.get("/api/v1/queues/service").json()
    assert [stored[name] for name in ("follow_up", "retention", "masking")] == [None, None, None]


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({**WAYS, "attempts_limit": "0"}, "attempts_limit"),
        ({**WAYS, "attempts_after": ""}, "attempts_after"),
        ({**WAYS, "dispositions": []}, "dispositions"),
        ({**WAYS, "follow_up_after": "1, 2"}, "follow_up_after"),
        ({**WAYS, "keep_voicemail_result": "0"}, "keep_voicemail_result"),
        ({"id": "no id"}, "id"),
        ({"title": ""}, "title"),
        ({"language": "Hungarian"}, "language"),
        ({"hours": "", "dates": ""}, "hours"),
        ({"hours": "weekdays 9-5"}, "hours"),
        ({"dates": "Christmas closed"}, "dates"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"holidays": "XX"}, "holidays"),
        ({"offer_minutes": "soon"}, "offer_minutes"),
    ],
)
def test_a_queue_that_will_not_do_says_so_beside_the_field(
    browser: httpx.Client, fault: dict[str, object], field: str
) -> None:
    answer = browser.post("/admin/queues-new", data={**QUEUE, **fault})
    assert blamed(answer) == [field]
    assert 'value="billing, repairs"' in answer.text


def test_an_agent_is_added_changed_and_not_added_twice(browser: httpx.Client) -> None:
    form = {"id": "zoe", "name": "Zoe", "languages": "EN, fa", "skills": "billing", "capacity": "3", "time_zone": "UTC"}
    assert browser.post("/admin/agents-new", data=form).status_code == 303
    assert blamed(browser.post("/admin/agents-new", data=form)) == ["id"]
    [seen] = re.findall(r'name="seen" value="(\w+)"', browser.get("/admin/agents/zoe").text)
    shifts = {"hours": "mon-fri 08:00-16:00", "seen": seen}
    assert browser.post("/admin/agents/zoe", data={**form, **shifts}).status_code == 303
    stored = browser.get("/api/v1/agents/zoe").json()
    assert (stored["languages"], stored["capacity"]) == (["en", "fa"], 3)
    assert stored["shifts"]["by_weekday"]["4"] == [{"opens": "08:00", "closes": "16:00"}]


def test_a_supervisor_changes_agents_of_their_teams_only(door: Door) -> None:
    door.stores_agent("ana", team="north")
    door.stores_agent("ben", team="south")
    lead = door.leader("north")
    page = lead.get("/admin/agents").text
    assert re.findall(r'href="/admin/agents/(\w+)"', page) == ["ana"]
    assert lead.get("/admin/agents/ben").status_code == 403


def test_a_token_is_narrowed_shown_once_and_removed(door: Door, browser: httpx.Client) -> None:
    form = {"name": "dialler", "role": "ingest", "until": "2999-12-31", "scopes": ["recordings:write"]}
    [secret] = re.findall(r'id="given">([^<]+)<', browser.post("/admin/tokens", data=form).text)
    page = browser.get("/admin/tokens").text
    assert secret not in page
    assert "2999-12-31" in page
    with door.services.open_view() as unit:
        [token] = [one for one in unit.tokens.list() if one.name == "dialler"]
    assert token.scopes == ("recordings:write",)
    past = browser.post("/admin/tokens", data={**form, "name": "late", "until": "2001-01-01"})
    assert blamed(past) == ["until"]
    assert 'value="recordings:write" checked' in past.text
    browser.post(f"/admin/tokens/{token.id}/remove")
    assert "dialler" not in browser.get("/admin/tokens").text


def test_what_failed_is_shown_with_its_reason_and_tried_again_by_a_press(door: Door, browser: httpx.Client) -> None:
    failed = replace(a_recording("bad"), state=RecordingState.FAILED, failure="The file holds no sound.")
    door.stores(failed)
    page = browser.get("/admin/work").text
    assert "The file holds no sound." in page
    assert "1 has failed" in page
    assert browser.post("/admin/work/recordings/bad").headers["location"] == "/admin/work?done=tried-again"
    with door.services.open_view() as unit:
        assert unit.recordings.get("bad").state is RecordingState.RECEIVED
    assert "Nothing has failed for good." in browser.get("/admin/work").text
    assert browser.post("/admin/work/all").status_code == 303


def test_the_ledger_counts_each_voicemail_and_names_one_that_has_no_task(door: Door, browser: httpx.Client) -> None:
    door.stores_task(a_recording("vm", kind=RecordingKind.VOICEMAIL), agent_id=None)
    assert "No caller is forgotten" in browser.get("/admin/ledger").text
    door.stores(a_recording("orphan", kind=RecordingKind.VOICEMAIL))
    page = browser.get("/admin/ledger").text
    assert "The voicemail has no task." in page
    assert "orphan" in page


def test_the_access_log_is_searched_by_person_customer_and_deed(door: Door, browser: httpx.Client) -> None:
    browser.post("/admin/users", data={"name": "rita", "role": "qa"})
    door.client(None).post("/api/v1/session", json={"name": "rita", "password": "wrong"})
    page = browser.get("/admin/access", params={"actor": "rita", "action": "sign_in_refused"}).text
    assert page.count('<th scope="row"') == 1
    nothing = browser.get("/admin/access", params={"customer": "+14155550199", "actor": "", "action": ""}).text
    assert "There is none." in nothing


def test_settings_are_shown_and_secrets_are_not(door: Door) -> None:
    settings = Settings(redis_url=SecretStr("redis://:hunter2@queue/0"), region="HU")
    with serving(replace(door.services, settings=settings_in_effect(settings))) as port:
        headers = {"Authorization": f"Bearer {door.secret(Role.ADMIN)}"}
        page = httpx.get(f"http://127.0.0.1:{port}/admin/settings", headers=headers, trust_env=False).text
    assert "VOICEOPS_REDIS_URL" in page
    assert "hunter2" not in page
    assert re.search(r"VOICEOPS_REGION</code></th><td><code>HU</code> <span class=\"tag\">set</span>", page)


def test_a_supervisor_sees_the_sections_that_are_theirs(door: Door) -> None:
    whole, some = door.client(Role.SUPERVISOR), door.leader("north")
    assert whole.get("/admin").headers["location"] == "/admin/queues"
    assert 'href="/admin/work"' in whole.get("/admin/ledger").text
    assert 'href="/admin/work"' not in some.get("/admin/ledger").text
    assert 'href="/admin/users"' not in some.get("/admin/ledger").text


def test_retention_shows_each_rule_with_what_is_due_and_a_hold_is_lifted_with_a_reason(
    door: Door, browser: httpx.Client
) -> None:
    assert "everything is kept for ever" in browser.get("/admin/retention").text
    with door.services.open_unit() as unit:
        unit.queues.put(Queue("service", "Service", retention=Retention(call=KeepDays(transcript=30))))
        unit.commit()
    for name in ("old", "held"):
        call = a_recording(name, state=RecordingState.ANALYSED)
        door.stores(replace(call, queue="service", received_at=door.services.clock.now() - timedelta(days=31)))
        with door.services.open_unit() as unit:
            unit.transcripts.put(name, a_transcript("agent: hello"))
            unit.commit()
    typed = {"recording_id": f"{browser.base_url}/calls/held", "reason": "Dispute 17/2026"}
    page = browser.post("/admin/retention/holds", data=typed, follow_redirects=True).text
    assert "nothing of it is removed" in page
    figures = [int(one) for one in re.findall(r'<td class="count">(\d+)</td>', page)]
    assert figures == [30, 1, 1, 0]
    assert "Dispute 17/2026" in page
    assert browser.post("/admin/retention/holds/held/lift", data={"reason": ""}).status_code == 422
    done = browser.post("/admin/retention/holds/held/lift", data={"reason": "It is settled."}, follow_redirects=True)
    assert "The hold is lifted" in done.text
    assert "Nothing is held." in done.text
    assert "It is settled." in browser.get("/admin/access").text


def test_a_hold_that_cannot_be_set_leaves_what_was_typed(door: Door, browser: httpx.Client) -> None:
    door.stores(a_recording("held"))
    hold_recording(door.services, "held", reason="Dispute 17/2026", actor="admin")
    for typed, status, why in (
        ({"recording_id": "held", "reason": "Again"}, 422, "It is held already, by admin"),
        ({"recording_id": "gone", "reason": "Dispute"}, 422, "There is no recording with this id."),
        ({"recording_id": "held", "reason": ""}, 422, "why-reason"),
    ):
        answer = browser.post("/admin/retention/holds", data=typed)
        assert (answer.status_code, why in answer.text) == (status, True), typed
        assert f'value="{typed["recording_id"]}"' in answer.text
