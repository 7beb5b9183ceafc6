"""Recordings that come in by an address, and many in one request."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.api_door import UPLOAD_LIMIT_BYTES, Door, a_wav
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.web_references import WebReferences
from voiceops.domain.people import Role
from voiceops.errors import BadInput

ONE, MANY = "/api/v1/recordings/by-reference", "/api/v1/recordings/by-reference/batch"


class Files(BaseHTTPRequestHandler):
    """Serves a few files, redirects and failures by their path."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", f"http://{path.removeprefix('/to/')}" if "." in path else path[3:])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = {"/call.wav": a_wav(), "/b.wav": a_wav(value=2), "/notes.wav": b"just text"}.get(path)
        if path == "/huge.wav":
            body = bytes(UPLOAD_LIMIT_BYTES + 1)
        self.send_response(200 if body is not None else 404)
        missing = 1000 if self.path.endswith("?cut") else 0
        self.send_header("Content-Length", str(len(body or b"") + missing))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the server's own name
        """Say nothing."""


@contextmanager
def file_server() -> Iterator[int]:
    """Its port, for the length of the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def files() -> Iterator[str]:
    with file_server() as port:
        yield f"http://files.test:{port}"


def test_a_recording_is_fetched_and_stored_as_if_it_were_uploaded(door: Door, files: str) -> None:
    client = door.client(Role.INGEST)
    known = {"kind": "call", "parties": ["customer", "agent"], "labels": {"a": "b"}}
    wanted = {"url": f"{files}/call.wav?sig=secret", **known}
    first, second = client.post(ONE, json=wanted), client.post(ONE, json=wanted)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.headers["location"] == f"/api/v1/recordings/{first.json()['id']}"
    body = first.json()
    assert (body["file_name"], body["parties"], body["labels"]) == ("call.wav", ["customer", "agent"], {"a": "b"})
    assert "secret" not in first.text


def test_a_redirect_is_followed_by_its_name(door: Door, files: str) -> None:
    answer = door.client().post(ONE, json={"url": f"{files}/to/call", "kind": "call"})
    assert answer.status_code == 422  # /call is not there, but the redirect was understood
    assert "404" in answer.json()["detail"]
    there = files.removeprefix("http://")
    assert door.client().post(ONE, json={"url": f"{files}/to/{there}/b.wav", "kind": "call"}).status_code == 201


@pytest.mark.parametrize(
    ("path", "status", "complaint"),
    [
        ("/missing.wav", 422, "404"),
        ("/notes.wav", 422, "text"),
        ("/huge.wav", 413, "limit"),
        ("/notes.wav?cut", 422, "fetched"),
        ("/to/unknown.test/x.wav", 422, "Nobody knows"),
        ("/to/files.test:1/x.wav", 422, "fetched"),
    ],
)
def test_what_cannot_be_fetched_says_why_and_leaves_nothing(
    door: Door, files: str, path: str, status: int, complaint: str
) -> None:
    answer = door.client().post(ONE, json={"url": f"{files}{path}", "kind": "call"})
    assert (answer.status_code, complaint in answer.json()["detail"]) == (status, True), answer.text
    assert door.holds_nothing()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://files.test/x.wav", "http://", "call.wav", "http://a b/c"])
def test_what_is_no_address_on_the_web_is_refused(untouched: Door, url: str) -> None:
    assert untouched.client().post(ONE, json={"url": url, "kind": "call"}).status_code == 422


def test_inner_addresses_are_not_asked_also_behind_a_redirect_or_a_changed_name(files: str) -> None:
    port = files.rpartition(":")[2]
    asked: list[str] = []

    def turns_inward(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["93.184.215.14"]

    with (
        pytest.raises(BadInput, match="private network"),
        WebReferences(AddressGuard(resolver=turns_inward)).open(f"http://name.test:{port}/call.wav"),
    ):
        pass
    assert asked == ["name.test"]

    class OnlyTheFirst(AddressGuard):
        def addresses(self, host: str) -> list[str]:
            return ["127.0.0.1"] if host == "outer.test" else list(super().addresses(host))

    outer = WebReferences(OnlyTheFirst(resolver=lambda _: ["127.0.0.1"]))
    with (
        pytest.raises(BadInput, match=r"inner\.test: This address lies inside a private network"),
        outer.open(f"http://outer.test:{port}/to/inner.test:{port}/call.wav"),
    ):
        pass


def test_a_server_that_takes_too_long_for_the_whole_is_given_up(files: str) -> None:
    guard = AddressGuard(allow_private=True, resolver=lambda _: ["127.0.0.1"])
    with WebReferences(guard, whole_seconds=0).open(f"{files}/call.wav") as file, pytest.raises(BadInput, match="long"):
        file.source.read()


def test_each_of_many_references_has_its_own_outcome(door: Door, files: str) -> None:
    items = [{"url": f"{files}/{name}", "kind": "call"} for name in ("call.wav", "missing.wav", "call.wav", "b.wav")]
    outcomes = door.client().post(MANY, json={"items": items}).json()["items"]
    assert [one["status"] for one in outcomes] == [201, 422, 200, 201]
    assert outcomes[0]["recording"]["id"] == outcomes[2]["recording"]["id"]
    assert outcomes[1]["problem"]["next_step"]
    assert len(door.recordings()) == 2


def test_each_of_many_files_has_its_own_outcome_and_the_fields_before_it(door: Door) -> None:
    parts: list[tuple[str, tuple[str | None, bytes]]] = [
        ("kind", (None, b"call")),
        ("language", (None, b"en")),
        ("file", ("a.wav", a_wav())),
        ("file", ("notes.wav", b"just text")),
        ("language", (None, b"hu")),
        ("file", ("b.wav", a_wav(value=2))),
        ("file", ("a-again.wav", a_wav())),
    ]
    answer = door.client(Role.INGEST).post("/api/v1/recordings/batch", files=parts)
    assert answer.status_code == 200, answer.text
    outcomes = answer.json()["items"]
    assert [(one["file_name"], one["status"]) for one in outcomes] == [
        ("a.wav", 201),
        ("notes.wav", 422),
        ("b.wav", 201),
        ("a-again.wav", 200),
    ]
    assert [outcomes[place]["recording"]["language"] for place in (0, 2)] == ["en", "hu"]


def test_a_field_after_the_last_file_is_no_silent_loss_and_the_batch_can_be_sent_again(door: Door) -> None:
    client = door.client()
    language, file = ("language", (None, b"hu")), ("file", ("a.wav", a_wav()))
    answer = client.post("/api/v1/recordings/batch", files=[("kind", (None, b"call")), file, language])
    assert (answer.status_code, "`language`" in answer.json()["detail"]) == (422, True), answer.text
    again = client.post("/api/v1/recordings/batch", files=[("kind", (None, b"call")), language, file])
    assert [one["status"] for one in again.json()["items"]] == [200]


def test_a_batch_without_a_file_or_with_another_kind_of_file_field_is_refused(door: Door) -> None:
    client = door.client()
    assert client.post("/api/v1/recordings/batch", files={"kind": (None, b"call")}).status_code == 422
    assert client.post("/api/v1/recordings/batch", files={"sound": ("a.wav", a_wav())}).status_code == 422
    assert client.post(MANY, json={"items": []}).status_code == 422
    assert door.holds_nothing()
