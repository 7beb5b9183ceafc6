"""A client is generated from the served description, as the guide shows it, and talks to a live server."""

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api_door import Door, a_wav
from tests.builders import a_recording
from voiceops.domain.people import Role

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
CONFIG = re.search(r"```yaml\n(content_type_overrides:.*?)```", GUIDE, re.DOTALL)
PACKAGE = "voiceops_client"
SECONDS = 120


@pytest.fixture
def folder(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a package that was generated without a single complaint."""
    assert CONFIG is not None
    (tmp_path / "client.yaml").write_text(CONFIG[1], encoding="utf-8")
    (tmp_path / "openapi.json").write_text(door.client(None).get("/openapi.json").text, encoding="utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--meta", "none"]
    options = ["--config", "client.yaml", "--output-path", PACKAGE]
    done = subprocess.run(
        [*command, *options], cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower(), done.stdout
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in [one for one in sys.modules if one.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def part(name: str) -> Any:
    """A module of the generated package."""
    return importlib.import_module(f"{PACKAGE}.{name}")


@pytest.mark.timeout(2 * SECONDS)
@pytest.mark.usefixtures("folder")
def test_a_generated_client_uploads_lists_changes_and_reads_problems(door: Door) -> None:
    models, files = part("models"), part("types")
    with part("client").AuthenticatedClient(door.url, token=door.secret(Role.ADMIN)) as client:
        body = models.UploadRecordingBody(
            kind=models.UploadRecordingBodyKind.CALL, file=files.File(payload=a_wav(), file_name="call.wav")
        )
        sent = part("api.recordings.upload_recording").sync(client=client, body=body, idempotency_key="one-upload")
        found = part("api.recordings.get_recording").sync(sent.id, client=client)
        assert (found.id, found.state) == (sent.id, models.RecordingState.RECEIVED)
        page = part("api.recordings.list_recordings").sync(client=client, limit=10)
        assert [one.id for one in page.items] == [sent.id]
        queue = models.QueueIn(title="Service", hours=models.Hours(time_zone="Europe/Budapest"))
        put_queue = part("api.people.put_queue")
        stored = put_queue.sync("service", client=client, body=queue)
        assert (stored.id, stored.hours.time_zone) == ("service", "Europe/Budapest")
        problem = put_queue.sync("service", client=client, body=queue, if_match='"old"')
        assert isinstance(problem, models.Problem)
        assert (problem.status, problem.record) == (412, "service")
        clip = part("api.recordings.get_clip").sync(sent.id, client=client, start=0.0, end=0.5)
        assert clip.startswith(b"RIFF")


@pytest.mark.usefixtures("folder")
def test_the_guides_example_lists_tasks(door: Door) -> None:
    door.stores_task(a_recording("voicemail"), agent_id=None, queue="service")
    with part("client").AuthenticatedClient(door.url, token=door.secret(Role.ADMIN)) as client:
        page = part("api.tasks.list_tasks").sync(client=client, queue="service")
    assert [one.id for one in page.items] == ["task-of-voicemail"]
