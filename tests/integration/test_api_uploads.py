"""Uploads through the web door: what is taken, what is refused, and that nothing is half-stored."""

import io
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import av
import httpx
import numpy as np
import pytest

from api.routes.uploads import UPLOADS_AT_ONCE
from tests.api_door import UPLOAD_LIMIT_BYTES, Door, a_wav, serving, soon, upload
from voiceops.analysis.file_names import parse_file_names
from voiceops.domain.people import Role

MULTIPART = "multipart/form-data; boundary=BB"
FORM_HEAD = (
    b'--BB\r\nContent-Disposition: form-data; name="kind"\r\n\r\ncall\r\n'
    b'--BB\r\nContent-Disposition: form-data; name="file"; filename="x.wav"\r\n\r\n'
)
FORM_END = b"\r\n--BB--\r\n"


def an_mp3(seconds: float = 2.0) -> bytes:
    target = io.BytesIO()
    rate = 16_000
    with av.open(target, "w", format="mp3") as container:
        stream = container.add_stream("mp3", rate=rate, layout="mono")
        samples = (8000 * np.sin(np.arange(round(rate * seconds)) / 5)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return target.getvalue()


def field(name: str, value: bytes) -> bytes:
    return b'--BB\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value


def test_a_recording_is_stored_and_its_transcription_asked_for(door: Door) -> None:
    fields = {
        "kind": "call",
        "parties": "customer,agent",
        "language": "en",
        "queue": "service",
        "agent_id": "ana",
        "caller_number": "+1 415 555 0100",
        "labels": '{"campaign": "spring"}',
    }
    answer = upload(door.client(Role.INGEST), a_wav(), fields=fields)
    assert answer.status_code == 201
    body = answer.json()
    assert answer.headers["location"] == f"/api/v1/recordings/{body['id']}"
    assert (body["state"], body["parties"], body["agent_id"]) == ("received", ["customer", "agent"], "ana")
    assert (body["labels"], body["duration_seconds"]) == ({"campaign": "spring"}, 1.0)
    assert len(door.files()) == 1
    assert {"lane": "transcribe", "waiting": 1} in door.client().get("/api/v1/jobs").json()["lanes"]


def test_a_voicemail_becomes_a_task_at_once(door: Door) -> None:
    recording_id = upload(door.client(), a_wav(channels=1), fields={"kind": "voicemail"}).json()["id"]
    tasks = door.client().get("/api/v1/tasks").json()["items"]
    assert [task["recording_id"] for task in tasks] == [recording_id]


def test_the_same_bytes_give_the_recording_that_is_there(door: Door) -> None:
    first = upload(door.client(), a_wav())
    second = upload(door.client(), a_wav(), file_name="another-name.wav")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert len(door.files()) == 1


@pytest.mark.parametrize(
    ("file_name", "label"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\calls\\monday.wav", "monday.wav"),
        ("/", "recording"),
        ("..", ".."),
        ("a\tb\u202ec.wav", "abc.wav"),
        ("l" * 5000 + ".wav", "l" * 200),
        ("hívás \u06f1.wav", "hívás \u06f1.wav"),
    ],
)
def test_a_file_name_is_a_label_and_never_a_path(door: Door, file_name: str, label: str) -> None:
    quoted = file_name.replace("\\", "\\\\").encode()
    head = FORM_HEAD.replace(b"x.wav", quoted) if len(quoted) < 4000 else FORM_HEAD.replace(b"x.wav", quoted[:3000])
    answer = door.client().post(
        "/api/v1/recordings", content=head + a_wav() + FORM_END, headers={"Content-Type": MULTIPART}
    )
    assert answer.status_code == 201
    assert answer.json()["file_name"] == label
    [stored] = door.files()
    assert stored.parent.parent == door.folder / "recordings"


@pytest.mark.parametrize(
    ("data", "file_name"),
    [
        pytest.param(b"", "empty.wav", id="an empty file"),
        pytest.param(b"x", "one.wav", id="one byte"),
        pytest.param(b"Dear diary, nobody called today.\n" * 50, "text.wav", id="text renamed .wav"),
        pytest.param(a_wav(0), "silent.wav", id="audio of no length"),
        pytest.param(an_mp3()[:40], "cut.mp3", id="an MP3 cut in its first frame"),
        pytest.param(a_wav()[:30], "header.wav", id="half a header"),
        pytest.param(b"RIFF" + bytes(5000), "zeros.wav", id="a format's sign and nothing else"),
    ],
)
def test_what_is_no_recording_is_refused_and_leaves_nothing(untouched: Door, data: bytes, file_name: str) -> None:
    answer = upload(untouched.client(), data, file_name=file_name)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["record"] == file_name
    assert problem["detail"]
    assert problem["next_step"]
    assert untouched.holds_nothing()
    assert untouched.client(None).get("/livez").status_code == 200


def test_a_truncated_mp3_is_taken_as_far_as_it_goes(door: Door) -> None:
    whole = an_mp3(4.0)
    answer = upload(door.client(), whole[: len(whole) // 2], file_name="cut.mp3", fields={"kind": "voicemail"})
    assert answer.status_code == 201
    assert 1.0 < answer.json()["duration_seconds"] < 4.1


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({}, "kind"),
        ({"kind": "letter"}, "kind"),
        ({"kind": "call", "colour": "red"}, "colour"),
        ({"kind": "call", "parties": "agent,ghost"}, "parties"),
        ({"kind": "call", "labels": "[1]"}, "labels"),
        ({"kind": "call", "labels": "not json"}, "labels"),
        ({"kind": "call", "queue": "../x"}, "queue"),
        ({"kind": "call", "caller_number": "1\x002"}, "caller_number"),
        ({"kind": "call", "language": "english"}, "language"),
    ],
)
def test_fields_are_checked_before_the_file_is_stored(untouched: Door, fields: dict[str, str], complaint: str) -> None:
    answer = upload(untouched.client(), a_wav(), fields=fields)
    assert answer.status_code == 422
    assert complaint in answer.json()["problems"][0]["sentence"]
    assert untouched.holds_nothing()


def test_more_parties_than_channels_are_refused(untouched: Door) -> None:
    answer = upload(untouched.client(), a_wav(channels=1), fields={"kind": "call", "parties": "agent,customer"})
    assert answer.status_code == 422
    assert untouched.holds_nothing()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(FORM_HEAD + a_wav(), id="without its last boundary"),
        pytest.param(FORM_HEAD + a_wav() + b"\r\n" + field("queue", b"q") + FORM_END, id="with a field after the file"),
        pytest.param(FORM_HEAD.replace(b'"file"', b'"audio"') + a_wav() + FORM_END, id="with another file field"),
        pytest.param(b"--BB\r\nContent-Disposition: form-data\r\n\r\nx" + FORM_END, id="with a nameless part"),
        pytest.param(b"nonsense", id="that is none"),
        pytest.param(b"", id="that is empty"),
        pytest.param(field("kind", b"call") + FORM_END, id="without a file"),
        pytest.param((field("a", b"x") + b"\r\n") * 60 + FORM_END, id="with many fields"),
        pytest.param(field("a", b"x" * 70_000) + FORM_END, id="with a very long field"),
    ],
)
def test_a_broken_form_leaves_nothing(untouched: Door, body: bytes) -> None:
    answer = untouched.client().post("/api/v1/recordings", content=body, headers={"Content-Type": MULTIPART})
    assert answer.status_code == 422
    assert answer.json()["next_step"]
    assert untouched.holds_nothing()


def test_another_content_type_is_refused(untouched: Door) -> None:
    answer = untouched.client().post("/api/v1/recordings", content=a_wav(), headers={"Content-Type": "audio/wav"})
    assert answer.status_code == 422


# --- limits --------------------------------------------------------------------------------------


def pieces(size: int) -> Iterator[bytes]:
    yield FORM_HEAD
    for _ in range(size // 65536):
        yield bytes(65536)
    yield FORM_END


def request_head(door: Door, *more: str) -> bytes:
    lines = (
        "POST /api/v1/recordings HTTP/1.1",
        "Host: voiceops",
        f"Authorization: Bearer {door.secret(Role.INGEST)}",
        f"Content-Type: {MULTIPART}",
        *more,
    )
    return "\r\n".join((*lines, "", "")).encode()


def test_five_announced_gigabytes_are_refused_before_one_is_sent(untouched: Door) -> None:
    with socket.create_connection(("127.0.0.1", untouched.port), timeout=60) as connection:
        connection.sendall(request_head(untouched, f"Content-Length: {5 * 1024**3}"))
        # Nothing of the body is ever sent, so an answer can only come from the announcement.
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer
    assert untouched.soon_holds_nothing()


def test_a_client_that_waits_for_leave_is_refused_without_sending(untouched: Door) -> None:
    with socket.create_connection(("127.0.0.1", untouched.port), timeout=60) as connection:
        connection.sendall(request_head(untouched, f"Content-Length: {5 * 1024**3}", "Expect: 100-continue"))
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_client_that_sends_five_gigabytes_can_read_why_it_was_refused(untouched: Door) -> None:
    size = 5 * 1024**3
    headers = {"Content-Type": MULTIPART, "Content-Length": str(len(FORM_HEAD) + size + len(FORM_END))}
    answer = untouched.client().post("/api/v1/recordings", content=pieces(size), headers=headers)
    assert answer.status_code == 413
    assert "VOICEOPS_UPLOAD_LIMIT_MB" in answer.json()["next_step"]
    assert untouched.soon_holds_nothing()


def test_a_body_without_a_length_is_counted_as_it_streams(untouched: Door) -> None:
    answer = untouched.client().post(
        "/api/v1/recordings", content=pieces(5 * 1024**3), headers={"Content-Type": MULTIPART}
    )
    assert answer.status_code == 413
    assert untouched.soon_holds_nothing()


def test_a_file_just_over_the_limit_is_refused(untouched: Door) -> None:
    sound = a_wav(UPLOAD_LIMIT_BYTES / 32_000)
    assert len(sound) > UPLOAD_LIMIT_BYTES
    assert upload(untouched.client(), sound).status_code == 413
    assert untouched.holds_nothing()


def test_a_file_just_within_the_limit_is_taken(door: Door) -> None:
    sound = a_wav(UPLOAD_LIMIT_BYTES / 32_000 - 0.01)
    assert UPLOAD_LIMIT_BYTES - 1000 < len(sound) <= UPLOAD_LIMIT_BYTES
    assert upload(door.client(), sound).status_code == 201


def test_nobody_uploads_without_a_token_and_the_body_is_not_read(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=60) as connection:
        head = request_head(door, "Content-Length: 1000000").replace(b"Bearer ", b"Bearer wrong")
        connection.sendall(head)
        assert connection.recv(65536).startswith(b"HTTP/1.1 401 ")


# --- clients that go away --------------------------------------------------------------------------


def test_nothing_is_kept_of_an_upload_whose_client_goes_away(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=60) as connection:
        connection.sendall(request_head(door, "Content-Length: 2000000") + FORM_HEAD + a_wav(20)[:300_000])
        assert soon(lambda: bool(door.files()))
    assert door.soon_holds_nothing()
    assert upload(door.client(), a_wav()).status_code == 201


def test_nothing_is_kept_of_a_chunked_upload_that_stops_half_way(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=60) as connection:
        piece = FORM_HEAD + a_wav(2)
        connection.sendall(request_head(door, "Transfer-Encoding: chunked") + f"{len(piece):x}\r\n".encode() + piece)
        assert soon(lambda: bool(door.files()))
    assert door.soon_holds_nothing()


def test_slow_senders_leave_room_for_everybody_else(door: Door) -> None:
    with ExitStack() as slow:
        for _ in range(UPLOADS_AT_ONCE):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", door.port), timeout=60))
            connection.sendall(request_head(door, "Content-Length: 2000000") + FORM_HEAD + a_wav(2))
        assert soon(lambda: len(door.files()) == UPLOADS_AT_ONCE)
        answer = upload(door.client(), a_wav())
        assert (answer.status_code, door.client().get("/api/v1/tasks").status_code) == (503, 200)
        assert int(answer.headers["retry-after"]) > 0
    assert door.soon_holds_nothing()
    assert upload(door.client(), a_wav()).status_code == 201


def test_a_stopping_server_breaks_an_upload_off_and_keeps_nothing_of_it(door: Door) -> None:
    with serving(door.services) as port:
        connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        connection.sendall(request_head(door, "Content-Length: 2000000") + FORM_HEAD + a_wav(2))
        assert soon(lambda: bool(door.files()))
    with connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 503 ")
    assert door.holds_nothing()


def test_the_form_may_arrive_in_pieces_of_any_size(door: Door) -> None:
    body = FORM_HEAD + a_wav(0.2) + FORM_END
    answer = door.client().post(
        "/api/v1/recordings",
        content=(body[at : at + 7] for at in range(0, len(body), 7)),
        headers={"Content-Type": MULTIPART},
    )
    assert answer.status_code == 201


FREEPBX = "{direction:in,q}-{queue}-{caller}-{date}-{time}-{*} || {kind}_{caller}_{label_site}"


@pytest.fixture
def reading_names(door: Door) -> Iterator[httpx.Client]:
    """A client of a server that reads names."""
    policy = replace(door.services.policy, file_names=parse_file_names(FREEPBX, time_zone="Europe/Budapest"))
    with serving(replace(door.services, policy=policy)) as port, httpx.Client(trust_env=False) as client:
        client.base_url = httpx.URL(f"http://127.0.0.1:{port}")
        client.headers["Authorization"] = f"Bearer {door.secret(Role.ADMIN)}"
        yield client


def test_what_the_form_does_not_say_is_read_from_the_name(reading_names: httpx.Client) -> None:
    name = "q-service-4155550100-20260302-091500-1772442900.17.wav"
    body = upload(reading_names, a_wav(), file_name=name, fields={"kind": "call", "caller_number": "+1 415"}).json()
    assert (body["queue"], body["direction"], body["caller_number"]) == ("service", "inbound", "+1 415")
    assert body["started_at"] == "2026-03-02T08:15:00.000Z"


def test_a_kind_and_labels_may_stand_in_the_name_alone(reading_names: httpx.Client) -> None:
    fields = {"labels": '{"campaign": "spring"}'}
    body = upload(reading_names, a_wav(channels=1), file_name="voicemail_415_berlin.wav", fields=fields).json()
    assert (body["kind"], body["labels"]) == ("voicemail", {"site": "berlin", "campaign": "spring"})


def test_without_any_kind_an_upload_is_refused_and_says_how_to_give_one(reading_names: httpx.Client) -> None:
    answer = upload(reading_names, a_wav(), file_name="monday.wav", fields={"language": "en"})
    assert answer.status_code == 422
    assert "VOICEOPS_FILENAME_PATTERN" in answer.json()["next_step"]


def test_everything_that_is_said_of_a_recording_comes_back_with_it(door: Door) -> None:
    fields = {
        "kind": "call",
        "customer": "A-1701",
        "direction": "outbound",
        "started_at": "2026-03-02T10:15:00+01:00",
        "parties": "customer,agent",
        "language": "hu",
        "agent_id": "ana",
        "labels": '{"campaign": "spring"}',
    }
    client = door.client()
    body = upload(client, a_wav(), fields=fields).json()
    assert client.get(f"/api/v1/recordings/{body['id']}").json() == body
    assert (body["customer"], body["direction"], body["started_at"]) == (
        "A-1701",
        "outbound",
        "2026-03-02T09:15:00.000Z",
    )
    found = client.get("/api/v1/recordings", params={"customer": "A-1701"}).json()["items"]
    assert [one["id"] for one in found] == [body["id"]]
    assert client.get("/api/v1/recordings", params={"customer": "A-1"}).json()["items"] == []
