"""The API answers as its description says, whatever is sent: schemathesis against a real server."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api_door import Door
from tests.builders import a_recording
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingKind

LEAST_CASES = 2000
SECONDS = 280
# Not among them: whether exactly what the description allows is taken. Keyword sets, passwords and recordings
# have duties beyond any schema, and are refused with a sentence.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,unsupported_method,ignored_auth"
)


def cases_sent(door: Door, folder: Path, *arguments: str) -> int:
    """How many requests were made; fails with schemathesis' own words if a check does not hold."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{door.url}/openapi.json", "--checks", CHECKS]
    # The live stream has no end, so it has tests of its own; so has the deed that would end our own sign-in.
    left_out = ["/api/v1/events", "/api/v1/tokens/{token_id}"]
    options = ["--phases", "examples,coverage,fuzzing", "--generation-deterministic", "--no-color"]
    options += [part for path in left_out for part in ("--exclude-path", path)]
    done = subprocess.run(
        [*command, *options, *arguments], cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    generated = re.search(r"(\d+) generated", done.stdout)
    assert generated is not None, done.stdout[-2000:]
    return int(generated[1])


@pytest.mark.timeout(2 * SECONDS)
def test_no_request_breaks_the_api_or_its_description(door: Door, tmp_path: Path) -> None:
    door.stores_agent("ana", queues=("service",))
    door.stores_task(a_recording("voicemail", kind=RecordingKind.VOICEMAIL), agent_id="ana", queue="service")
    known = ("-H", f"Authorization: Bearer {door.secret(Role.ADMIN)}")
    with_token = cases_sent(door, tmp_path, *known, "-n", "8")
    without = cases_sent(door, tmp_path, "-n", "1")
    assert with_token + without >= LEAST_CASES
