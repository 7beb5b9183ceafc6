"""The API answers as its description says, whatever is sent: schemathesis against a real server, signed in and not."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.api_door import Door
from tests.builders import a_recording
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingKind

LEAST_CASES = 2000
SECONDS = 500
# All checks that schemathesis has, and where one cannot hold, why.
CONFIG = Path(__file__).with_name("schemathesis.toml")


def cases_sent(door: Door, folder: Path, *arguments: str) -> int:
    """How many requests were made; fails with schemathesis' own words if a check does not hold."""
    run = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", f"{door.url}/openapi.json"]
    folder.mkdir()
    done = subprocess.run([*run, *arguments], cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    generated = re.search(r"(\d+) generated", done.stdout)
    assert generated is not None, done.stdout[-2000:]
    return int(generated[1])


@pytest.mark.timeout(SECONDS + 20)
def test_no_request_breaks_the_api_or_its_description(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    door.stores_agent("ana", queues=("service",))
    door.stores_task(a_recording("voicemail", kind=RecordingKind.VOICEMAIL), agent_id="ana", queue="service")
    # Made on the first request, which may take longer than schemathesis waits.
    door.client(None).get("/openapi.json").raise_for_status()
    token = f"Authorization: Bearer {door.secret(Role.ADMIN)}"
    with ThreadPoolExecutor() as pool:
        signed_in = pool.submit(cases_sent, door, tmp_path / "in", "-H", token, "--phases", "coverage,fuzzing")
        stranger = pool.submit(cases_sent, door, tmp_path / "out", "--phases", "coverage", "--mode", "positive")
        sent = signed_in.result(), stranger.result()
    with capsys.disabled():
        sys.stdout.write(f"\n{sent[0]} cases signed in and {sent[1]} without: every check held.\n")
    assert sum(sent) >= LEAST_CASES
