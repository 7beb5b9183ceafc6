"""A collector gets a span for each request and each job, and nothing that anybody said."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.e2e.test_up import lines_until_logs, up
from tests.spoken import a_spoken_wav

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
WANTED = {"POST /api/v1/recordings", "job transcribe", "job analyse"}
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """An address, and the bodies that were sent to it."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if self.path == "/v1/traces" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the server's own name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", bodies
        server.shutdown()
        thread.join()


def spans(bodies: list[bytes]) -> dict[str, Span]:
    """By their names."""
    found: dict[str, Span] = {}
    for body in bodies:
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            found |= {span.name: span for scope in resource.scope_spans for span in scope.spans}
    return found


def test_a_request_and_the_jobs_that_come_of_it_are_told_by_ids_without_words(
    tmp_path: Path, collector: tuple[str, list[bytes]]
) -> None:
    url, bodies = collector
    settings = {
        "VOICEOPS_TRANSCRIBER": "scripted",
        "VOICEOPS_TRANSCRIBE_WORKERS": "1",
        "VOICEOPS_REANALYSE_WORKERS": "1",
        "VOICEOPS_TRACES_URL": url,
    }
    with up(tmp_path, settings, "--port", "0") as process:
        address, _ = lines_until_logs(process)
        assert process.stdout is not None
        token = [process.stdout.readline() for _ in range(2)][-1].split()[-1]
        answer = httpx.post(
            f"{address}/api/v1/recordings",
            data={"kind": "call"},
            files={"file": ("secret-name.wav", a_spoken_wav(seed=1))},
            headers={"Authorization": f"Bearer {token}", "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"},
            trust_env=False,
        )
        recording_id = answer.raise_for_status().json()["id"]
        deadline = time.monotonic() + 120
        while not spans(bodies).keys() >= WANTED and time.monotonic() < deadline:
            time.sleep(0.2)
        process.terminate()
        process.wait()
    found = spans(bodies)
    assert found.keys() >= WANTED
    assert found["POST /api/v1/recordings"].trace_id.hex() == TRACE
    attributes = {one.key: one.value.string_value for one in found["job analyse"].attributes}
    assert attributes["voiceops.record_id"] == recording_id
    assert not any(token.encode() in body or b"secret-name" in body for body in bodies)
