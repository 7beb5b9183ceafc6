"""A request that is sent twice with one key does its work once, whoever sends it and however it ends."""

import hashlib
import threading
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from api.idempotency import SHOWN_ONCE
from tests.api_door import Door, a_wav, upload
from tests.builders import a_recording
from voiceops.domain.callback_task import TaskState
from voiceops.domain.kept_reply import KeptReply
from voiceops.domain.people import Role
from voiceops.usecases.claim_key import claim_key
from voiceops.usecases.forget_replies import forget_replies

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
VERA = {"name": "vera", "role": "qa"}
BUSY = {"result": "busy"}


def accepted_task(door: Door) -> str:
    door.stores_agent("ana", queues=("service",))
    task = door.stores_task(a_recording("voicemail"), agent_id="ana", state=TaskState.ACCEPTED)
    return f"/api/v1/tasks/{task.id}/attempts"


def attempts(door: Door) -> int:
    with door.services.open_view() as unit:
        return len(unit.attempts.of_task("task-of-voicemail"))


def test_a_request_sent_again_gets_the_same_answer_and_does_nothing_twice(door: Door) -> None:
    path, ana = accepted_task(door), door.client("ana")
    first, second = (ana.post(path, json=BUSY, headers=KEY) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert attempts(door) == 1


def test_many_at_the_same_moment_do_it_once_and_all_get_the_answer(door: Door) -> None:
    path, ana = accepted_task(door), door.client("ana")
    answers: list[httpx.Response] = []
    threads = [
        threading.Thread(target=lambda: answers.append(ana.post(path, json=BUSY, headers=KEY))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert attempts(door) == 1


def test_a_used_key_is_refused_for_another_request(door: Door) -> None:
    path, ana = accepted_task(door), door.client("ana")
    assert ana.post(path, json=BUSY, headers=KEY).is_success
    for other in (
        ana.post(path, json={"result": "wrong_number"}, headers=KEY),
        ana.post(path, json=BUSY, params={"again": "yes"}, headers=KEY),
        ana.post("/api/v1/tasks/task-of-voicemail/release", json={"why": "ill"}, headers=KEY),
    ):
        assert other.status_code == 409
        assert other.json()["detail"] == "This key was used for another request."
    assert attempts(door) == 1


def test_the_same_key_of_somebody_else_is_another_key(door: Door) -> None:
    path, ana, lead = accepted_task(door), door.client("ana"), door.client(Role.SUPERVISOR)
    assert ana.post(path, json=BUSY, headers=KEY).is_success
    assert lead.post("/api/v1/tasks/task-of-voicemail/cancel", json={"why": "called again"}, headers=KEY).is_success


def test_a_refused_request_leaves_its_key_free(door: Door) -> None:
    path, ana = accepted_task(door), door.client("ana")
    assert ana.post(path, json={"result": "no such result"}, headers=KEY).status_code == 422
    assert ana.post(path.replace("task-of", "no"), json=BUSY, headers=KEY).status_code == 404
    assert ana.post(path, json=BUSY, headers=KEY).status_code == 200


@pytest.mark.parametrize("key", [b"", b"two words", b"x" * 256, b"schl\xfcssel"])
def test_a_key_that_is_none_is_refused_and_says_what_one_is(door: Door, key: bytes) -> None:
    path, ana = accepted_task(door), door.client("ana")
    answer = ana.post(path, json=BUSY, headers={b"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["record"]) == (422, "Idempotency-Key")
    assert attempts(door) == 0


def test_an_upload_sent_again_is_known_by_its_parts_whatever_its_boundary(door: Door) -> None:
    client = door.client()
    client.headers.update(KEY)
    first, second = upload(client, a_wav()), upload(client, a_wav())
    assert first.request.headers["content-type"] != second.request.headers["content-type"]
    assert (first.status_code, second.status_code) == (201, 201)
    assert (second.content, second.headers["location"]) == (first.content, first.headers["location"])
    for other in (
        upload(client, a_wav(value=2)),
        upload(client, a_wav(), file_name="other.wav"),
        upload(client, a_wav(), fields={"kind": "call", "language": "en"}),
    ):
        assert other.status_code == 409
    assert len(door.recordings()) == len(door.files()) == 1


@pytest.mark.parametrize("route", sorted(SHOWN_ONCE))
def test_a_secret_is_shown_once_and_never_kept(door: Door, route: str) -> None:
    admin = door.client()
    user = admin.post("/api/v1/users", json={"name": "otto", "role": "qa"}).json()["id"]
    path, body = {
        "create_token": ("/api/v1/tokens", {"name": "phone", "role": "ingest"}),
        "create_user": ("/api/v1/users", VERA),
        "reset_password": (f"/api/v1/users/{user}/password", None),
        "add_subscription": ("/api/v1/subscriptions", {"owner": "supervisor", "url": "json://127.0.0.1"}),
    }[route]
    first = admin.post(path, json=body, headers=KEY)
    assert first.is_success, first.text
    again = admin.post(path, json=body, headers=KEY)
    assert again.status_code == 409
    assert "shown once" in again.json()["detail"]
    assert {kept.reply.body for kept in kept_replies(door) if kept.reply} == {None}


def test_a_key_is_free_again_when_its_time_is_over(door: Door) -> None:
    path, ana = accepted_task(door), door.client("ana")
    assert ana.post(path, json=BUSY, headers=KEY).is_success
    [kept] = kept_replies(door)
    with door.services.open_unit() as unit:
        unit.replies.save(replace(kept, expires_at=door.services.clock.now() - timedelta(seconds=1)))
        unit.commit()
    assert forget_replies(door.services) == 1
    assert kept_replies(door) == []


def test_a_key_whose_request_died_on_the_way_is_taken_over(door: Door) -> None:
    kept, is_ours = claim_key(door.services, "phone", "ab" * 32)
    assert is_ours
    assert claim_key(door.services, "phone", "ab" * 32) == (kept, False)
    with door.services.open_unit() as unit:
        unit.replies.save(replace(kept, held_until=door.services.clock.now()))
        unit.commit()
    assert claim_key(door.services, "phone", "ab" * 32)[1]


def kept_replies(door: Door) -> list[KeptReply]:
    """All that is kept, whoever asked."""
    with door.services.open_view() as unit:
        principals = [token.id for token in unit.tokens.list()]
        key_sha256 = hashlib.sha256(KEY["Idempotency-Key"].encode()).hexdigest()
        found = [unit.replies.find(principal, key_sha256) for principal in principals]
    return [one for one in found if one is not None]
