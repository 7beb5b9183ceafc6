"""The web door's outside: health, headers, problems, its description and what it logs."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import structlog
from fastapi import FastAPI

from api.app import create_app
from api.edge import Edge
from api.open_routes import PUBLIC
from tests.api_door import Door, a_wav, serving, soon, upload
from voiceops.bootstrap import SystemClock
from voiceops.delivery.rq_job_queue import RqJobQueue
from voiceops.domain.people import Role
from voiceops.storage.database import open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork


def test_it_lives_and_is_ready(untouched: Door) -> None:
    with untouched.client(None) as client:
        assert client.get("/livez").json() == {"status": "alive"}
        assert client.get("/readyz").json() == {"status": "ready", "parts": ["database", "redis"]}


def test_it_is_not_ready_without_redis_and_says_so(door: Door, tmp_path: Path) -> None:
    services = replace(door.services, jobs=RqJobQueue(f"unix://{tmp_path}/nobody.sock?db=0"))
    with serving(services) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        answer = client.get("/readyz")
        assert client.get("/livez").status_code == 200
        jobs = client.get("/api/v1/jobs", headers={"Authorization": door.client().headers["Authorization"]})
    assert answer.status_code == jobs.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert [place["where"] for place in answer.json()["problems"]] == ["redis"]


def test_an_upload_is_kept_while_redis_is_away(door: Door, tmp_path: Path, sqlite_url: str) -> None:
    """The database is the truth: the sweep sends again what was not sent."""
    engine = open_database(sqlite_url)
    jobs = RqJobQueue(f"unix://{tmp_path}/nobody.sock?db=0")
    services = replace(door.services, open_unit=lambda: SqlUnitOfWork(engine, jobs=jobs, clock=SystemClock()))
    with serving(services) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        client.headers["Authorization"] = f"Bearer {door.secret(Role.INGEST)}"
        assert upload(client, a_wav()).status_code == 201
    assert len(door.recordings()) == len(door.files()) == 1
    engine.dispose()


ANSWERS = [
    ("GET", "/", 401),
    ("GET", "/livez", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/docs", 200),
    ("GET", "/docs/swagger-ui-bundle.js", 200),
    ("GET", "/docs/swagger-ui.css", 200),
    ("GET", "/docs/nothing", 404),
    ("GET", "/nothing", 404),
    ("DELETE", "/livez", 405),
    ("OPTIONS", "/api/v1/tasks", 405),
    ("GET", "/api/v1/tasks", 401),
    ("POST", "/api/v1/session", 422),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS, ids=str)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_answer_carries_the_safe_headers(
    untouched: Door, method: str, path: str, status: int, scheme: str
) -> None:
    sent = {"X-Forwarded-Proto": scheme, "Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    answer = untouched.client(None).request(method, path, headers=sent)
    headers = answer.headers
    assert answer.status_code == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("public, max-age=3600" if "swagger" in path else "no-store")
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy.partition("style-src")[0]
    assert not [name for name in headers if name.startswith("access-control-")]
    assert ("strict-transport-security" in headers) == (scheme == "https")
    assert "server" not in headers
    assert headers["x-request-id"]


def test_a_request_keeps_a_decent_id_and_gets_a_new_one_for_another(untouched: Door) -> None:
    with untouched.client(None) as client:
        assert client.get("/livez", headers={"X-Request-ID": "abc-12345"}).headers["x-request-id"] == "abc-12345"
        assert client.get("/livez", headers={"X-Request-ID": "a b"}).headers["x-request-id"] != "a b"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("GET", "/livez/", 404), ("PUT", "/livez", 405)]
)
def test_the_routers_own_refusals_are_problems_too(untouched: Door, method: str, path: str, status: int) -> None:
    answer = untouched.client(None).request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "next_step", "request_id"} <= answer.json().keys()


def test_a_wrong_method_is_told_all_right_ones(untouched: Door) -> None:
    assert untouched.client(None).delete("/api/v1/recordings").headers["allow"] == "GET, POST"


def test_the_pages_load_nothing_from_elsewhere(untouched: Door) -> None:
    with untouched.client(None) as client:
        for path in ("/sign-in", "/docs"):
            page = client.get(path).text
            assert "://" not in page
            assert "<script>" not in page
        for asset in ("start.js", "swagger-ui-bundle.js", "swagger-ui.css"):
            assert client.get(f"/docs/{asset}").status_code == 200
        assert client.get("/docs/other.js").status_code == 404


def test_the_description_is_openapi_3_1_and_tells_every_operation(untouched: Door) -> None:
    document = untouched.client(None).get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert operation["operationId"], (method, path)
            public = operation["operationId"] in PUBLIC
            assert operation["security"] == ([] if public else [{"bearer": []}, {"session": []}])
            if not public:
                assert {"401", "403", "422"} <= operation["responses"].keys(), (method, path)
    names = {reference for reference in references(document) if reference.startswith("#/components/schemas/")}
    assert {name.rpartition("/")[2] for name in names} <= document["components"]["schemas"].keys()


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from references(child)


# --- what is logged ----------------------------------------------------------------------------------


def test_the_log_has_the_route_and_neither_query_nor_token_nor_text(door: Door) -> None:
    with structlog.testing.capture_logs() as lines, door.client() as client:
        client.get("/api/v1/tasks", params={"queue": "secret-queue"})
        client.get("/api/v1/recordings/no-such-recording")
        upload(
            client, b"a secret text", file_name="secret-name.wav", fields={"kind": "call", "caller_number": "5550100"}
        )
        assert soon(lambda: len([line for line in lines if line["event"] == "request"]) == 3)
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in requests] == [
        ("/api/v1/tasks", 200),
        ("/api/v1/recordings/{recording_id}", 404),
        ("/api/v1/recordings", 422),
    ]
    assert all(line["who"] for line in requests)
    text = repr(lines)
    for secret in ("secret", "5550100", "Bearer", *door.secrets.values()):
        assert secret not in text


def test_a_fault_of_our_own_is_a_problem_without_its_words() -> None:
    app = FastAPI()
    app.add_middleware(Edge)

    @app.get("/fault")
    def fault() -> None:
        raise ValueError("what the caller said")

    with structlog.testing.capture_logs() as lines:
        answer = ask_app(app, "/fault")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "the caller said" not in answer.text + repr(lines)
    [line] = [line for line in lines if line["event"] == "unexpected fault"]
    assert (line["kind"], line["request_id"]) == ("ValueError", answer.json()["request_id"])
    assert any("test_api_edge.py" in place for place in line["places"])


def ask_app(app: FastAPI, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://voiceops") as client:
            return await client.get(path)

    # In a thread of its own: a browser that another test of this process opened has a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, ask).result()


# --- the program ---------------------------------------------------------------------------------------


def test_the_program_serves_and_stops_when_told(tmp_path: Path, sqlite_url: str, redis_url: str) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "VOICEOPS_DATA_DIR": str(tmp_path),
        "VOICEOPS_DATABASE_URL": sqlite_url,
        "VOICEOPS_REDIS_URL": redis_url,
        "VOICEOPS_PORT": str(port),
        "VOICEOPS_LOG_FORMAT": "json",
    }
    log = tmp_path / "api.log"
    with log.open("w") as target:
        program = subprocess.Popen([sys.executable, "-m", "api.serve"], env=environment, stderr=target)
    try:
        assert soon(lambda: answers(port))
    finally:
        program.send_signal(signal.SIGTERM)
        status = program.wait(30)
    assert status in {0, -signal.SIGTERM}
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert any(line["event"] == "request" and line["route"] == "/livez" for line in lines)
    assert "Traceback" not in log.read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/livez", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def test_the_app_can_be_made_without_services() -> None:
    assert create_app().openapi()["info"]["title"] == "VoiceOps"
