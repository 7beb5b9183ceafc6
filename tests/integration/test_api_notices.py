"""Notices and subscriptions through the web door and on the command line; no secret ever comes out again."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from tests.api_door import Door, serving
from tests.builders import NOON, a_recording
from tests.receivers import WebReceiver
from voiceops.bootstrap import build_notifier
from voiceops.cli import main
from voiceops.domain.callback_task import TaskState
from voiceops.domain.notice import EventType, NoticeState, OutgoingNotice
from voiceops.domain.people import Role
from voiceops.settings import Settings
from voiceops.usecases.deliver_notice import deliver_notice

SUBSCRIPTIONS, NOTICES = "/api/v1/subscriptions", "/api/v1/notices"


@contextmanager
def telling(door: Door, *, allow_private: bool) -> Iterator[Door]:
    """The same door with real notifiers."""
    settings = Settings(allow_private_addresses=allow_private)
    services = replace(door.services, notifier=build_notifier(settings))
    with serving(services) as port:
        yield replace(door, services=services, port=port)


def a_failed_notice(door: Door) -> OutgoingNotice:
    notice = OutgoingNotice(
        id="msg_1", type=EventType.OFFERED, recipient="anna", subject="Call back", text="Heard: a secret",
        made_at=NOON, next_try_at=NOON, task_id="t", state=NoticeState.FAILED, attempts=9,
        last_error="It is down. Start it.", ended_at=NOON,
    )  # fmt: skip
    with door.services.open_unit() as unit:
        unit.notices.add(notice)
        unit.commit()
    return notice


def test_a_webhook_is_added_tried_listed_told_and_removed(door: Door, web_receiver: WebReceiver) -> None:
    with telling(door, allow_private=True) as real:
        client = real.client(Role.SUPERVISOR)
        made = client.post(SUBSCRIPTIONS, json={"owner": "webhook", "url": web_receiver.url, "types": ["task.raised"]})
        assert made.status_code == 201
        secret, subscription_id = made.json()["secret"], made.json()["id"]
        one = f"{SUBSCRIPTIONS}/{subscription_id}"
        assert client.post(f"{one}/test").status_code == 200
        task = real.stores_task(a_recording("r"), agent_id=None, state=TaskState.OPEN)
        (waiting,) = client.get(NOTICES, params={"state": "waiting"}).json()["items"]
        deliver_notice(real.services, waiting["id"])
        (tried, told) = [Webhook(secret).verify(body, headers) for headers, body in web_receiver.received]
        assert tried["type"] == "test"
        assert (told["type"], told["data"]["task_id"]) == ("task.raised", task.id)
        shown = [client.get(SUBSCRIPTIONS).text, client.get(one).text, client.get(NOTICES).text]
        assert client.delete(one).status_code == 204
        assert (
            client.get(one).status_code
            == client.delete(one).status_code
            == client.post(f"{one}/test").status_code
            == 404
        )
    assert "http://127.0.0.1/…" in shown[0]
    assert not any(hidden in text for text in (*shown, made.text) for hidden in ("not-for-logs", "/hook"))
    assert not any(secret in text for text in shown)


def test_a_webhook_inside_our_network_is_refused_unless_the_settings_allow_it(
    door: Door, web_receiver: WebReceiver
) -> None:
    with telling(door, allow_private=False) as real:
        answer = real.client(Role.SUPERVISOR).post(SUBSCRIPTIONS, json={"owner": "webhook", "url": web_receiver.url})
    assert answer.status_code == 422
    assert "VOICEOPS_ALLOW_PRIVATE_ADDRESSES" in answer.json()["next_step"]
    assert "not-for-logs" not in answer.text


def test_a_try_that_does_not_arrive_says_why(door: Door, web_receiver: WebReceiver) -> None:
    web_receiver.statuses = [500]
    with telling(door, allow_private=True) as real:
        client = real.client(Role.ADMIN)
        made = client.post(SUBSCRIPTIONS, json={"owner": "webhook", "url": web_receiver.url}).json()
        answer = client.post(f"{SUBSCRIPTIONS}/{made['id']}/test")
    assert answer.status_code == 503
    assert "500" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"owner": "nobody", "url": "https://x.example"},
        {"owner": "agent:", "url": "tgram://x"},
        {"owner": "webhook", "url": ""},
        {"owner": "webhook", "url": "https://x.example", "types": ["task.eaten"]},
        {"owner": "webhook", "url": "nonsense-secret"},
    ],
    ids=str,
)
def test_a_wish_that_breaks_its_form_is_refused_without_quoting_the_address(door: Door, body: dict[str, Any]) -> None:
    with telling(door, allow_private=True) as real:
        answer = real.client(Role.ADMIN).post(SUBSCRIPTIONS, json=body)
    assert answer.status_code == 422
    assert "nonsense-secret" not in answer.text


def test_failed_notices_are_listed_without_their_text_and_tried_again(door: Door) -> None:
    client = door.client(Role.SUPERVISOR)
    a_failed_notice(door)
    (failed,) = client.get(NOTICES, params={"state": "failed"}).json()["items"]
    assert (failed["id"], failed["last_error"], failed["attempts"]) == ("msg_1", "It is down. Start it.", 9)
    assert "a secret" not in json.dumps(failed)
    again = client.post(f"{NOTICES}/msg_1/retry")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    assert client.post(f"{NOTICES}/msg_1/retry").status_code == 409
    assert client.post(f"{NOTICES}/none/retry").status_code == 404


def test_notices_come_in_pages(door: Door) -> None:
    for number in range(5):
        with door.services.open_unit() as unit:
            unit.notices.add(OutgoingNotice(f"n{number}", EventType.TEST, "x", "s", "t", NOON, NOON))
            unit.commit()
    client = door.client(Role.SUPERVISOR)
    first = client.get(NOTICES, params={"limit": 3}).json()
    rest = client.get(NOTICES, params={"limit": 3, "cursor": first["next"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == ["n4", "n3", "n2", "n1", "n0"]
    assert rest["next"] is None


def test_agents_and_qa_see_neither_notices_nor_addresses(door: Door) -> None:
    for who in ("anna", Role.QA, Role.INGEST):
        client = door.client(who)
        assert client.get(NOTICES).status_code == client.get(SUBSCRIPTIONS).status_code == 403


# --- on the command line --------------------------------------------------------------------------------


def voiceops(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ending:
        main(words)
    return int(ending.value.code or 0), out.getvalue(), err.getvalue()


@pytest.fixture
def commands(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Commands on the door's database that may tell this machine."""
    values = {
        "DATA_DIR": tmp_path,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'voiceops.db'}",
        "REDIS_URL": door.services.jobs.__dict__["_url"],
        "ALLOW_PRIVATE_ADDRESSES": "true",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"VOICEOPS_{name}", str(value))
    return door


def test_the_commands_add_try_list_and_remove_a_webhook(commands: Door, web_receiver: WebReceiver) -> None:
    status, out, err = voiceops(
        "notices", "subscribe", web_receiver.url, "--owner", "webhook", "--type", "task.done", "--json"
    )
    assert (status, err) == (0, "")
    made = json.loads(out)
    assert made["secret"].startswith("whsec_")
    assert voiceops("notices", "test", made["id"])[0] == 0
    assert len(web_receiver.received) == 1
    _, listed, _ = voiceops("notices", "subscriptions", "--json")
    assert json.loads(listed) == [{name: value for name, value in made.items() if name != "secret"}]
    assert "not-for-logs" not in out + listed + voiceops("notices", "subscriptions")[1]
    assert voiceops("notices", "unsubscribe", made["id"])[0] == 0
    assert voiceops("notices", "unsubscribe", made["id"])[0] == 2
    with commands.services.open_view() as unit:
        assert unit.subscriptions.list() == []


def test_the_commands_show_failed_notices_and_doctor_says_so(commands: Door) -> None:
    a_failed_notice(commands)
    (failed,) = json.loads(voiceops("notices", "list", "--failed", "--json")[1])
    assert (failed["id"], failed["last_error"]) == ("msg_1", "It is down. Start it.")
    assert "a secret" not in voiceops("notices", "list")[1]
    checks = {check["name"]: check for check in json.loads(voiceops("doctor", "--json")[1])}
    assert "1 notice" in checks["notices"]["fault"]
    assert voiceops("notices", "retry", "msg_1")[0] == 0
    assert json.loads(voiceops("notices", "list", "--failed", "--json")[1]) == []
    checks = {check["name"]: check for check in json.loads(voiceops("doctor", "--json")[1])}
    assert checks["notices"]["fault"] is None
