"""`voiceops up` as operators run it: started twice, stopped, misconfigured."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api_door import soon
from tests.spoken import a_spoken_wav

pytestmark = pytest.mark.timeout(600)


@contextmanager
def up(folder: Path, settings: dict[str, str], *options: str) -> Iterator["subprocess.Popen[str]"]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VOICEOPS_")}
    with subprocess.Popen(
        [sys.executable, "-m", "voiceops", "up", "--data-dir", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment | settings,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until_logs(process: "subprocess.Popen[str]") -> tuple[str, list[str]]:
    """The address, and the lines up to the one that names the logs."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if line.startswith("Logs: "):
            break
    return lines[0].split()[3], lines


def living(parts: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after a moment to end; one that waits to be reaped by a lazy init has ended."""
    _, left = psutil.wait_procs(parts, timeout=10)
    return [part for part in left if part.is_running() and part.status() != psutil.STATUS_ZOMBIE]


def test_it_serves_alone_prints_the_first_password_and_token_once_and_stops_cleanly(tmp_path: Path) -> None:
    scripted = {"VOICEOPS_TRANSCRIBER": "scripted", "VOICEOPS_TRANSCRIBE_WORKERS": "1"}
    left_by_a_killed_worker = tmp_path / "tmp" / "voiceops-x" / "0.s16"
    left_by_a_killed_worker.parent.mkdir(parents=True)
    left_by_a_killed_worker.touch()
    with up(tmp_path, scripted, "--port", "0") as process:
        address, lines = lines_until_logs(process)
        assert process.stdout is not None
        sign_in = {"name": "admin", "password": process.stdout.readline().split()[-1]}
        token = process.stdout.readline().split()[-1]
        assert httpx.post(f"{address}/api/v1/session", json=sign_in, trust_env=False).json()["must_change_password"]
        answer = httpx.get(f"{address}/api/v1/jobs", headers={"Authorization": f"Bearer {token}"}, trust_env=False)
        assert answer.status_code == httpx.codes.OK
        assert httpx.get(f"{address}/api/v1/jobs", trust_env=False).status_code == httpx.codes.UNAUTHORIZED
        assert lines[1] == f"Logs: {tmp_path / 'logs'}"
        with up(tmp_path, scripted, "--port", "0") as second:
            _, complaint = second.communicate()
            assert second.returncode == 2
            assert "Another VoiceOps" in complaint
        assert not left_by_a_killed_worker.exists()
        parts = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        assert len(parts) >= 5
        assert living(parts) == []
    with up(tmp_path, scripted, "--port", "0") as process:
        lines_until_logs(process)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate()
        assert process.returncode == 0
        assert "oken" not in rest


def test_a_missing_model_ends_it_with_a_sentence_and_status_2(tmp_path: Path) -> None:
    missing = {"VOICEOPS_TRANSCRIBER": "whisper", "VOICEOPS_MODEL": str(tmp_path / "no-such-model.pt")}
    with up(tmp_path, missing, "--port", "0") as process:
        _, complaint = process.communicate()
    assert process.returncode == 2
    assert "no-such-model.pt" in complaint
    assert "Traceback" not in complaint


def test_a_port_in_use_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with up(tmp_path, {}, "--port", str(port)) as process:
            _, complaint = process.communicate()
    assert process.returncode == 2
    assert f"127.0.0.1:{port}" in complaint
    assert list(tmp_path.iterdir()) == []


def test_several_processes_answer_on_one_port_and_one_that_dies_takes_nothing_along(tmp_path: Path) -> None:
    settings = {
        "VOICEOPS_TRANSCRIBER": "scripted",
        "VOICEOPS_TRANSCRIBE_WORKERS": "1",
        "VOICEOPS_REANALYSE_WORKERS": "1",
        "VOICEOPS_API_PROCESSES": "2",
    }
    with up(tmp_path, settings, "--port", "0") as process:
        address, _ = lines_until_logs(process)
        for victim in two_doors(process):
            victim.kill()
            victim.wait(10)
            answers = [httpx.get(f"{address}/livez", trust_env=False).status_code for _ in range(20)]
            assert answers == [httpx.codes.OK] * 20
            two_doors(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0


def two_doors(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """The processes that listen, as soon as there are two."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        parts = psutil.Process(process.pid).children(recursive=True)
        listening = [one for one in parts if one.is_running() and _listens(one)]
        if len(listening) == 2:
            return listening
        time.sleep(0.2)
    pytest.fail("No two processes of the API listen.")


def _listens(part: psutil.Process) -> bool:
    try:
        return any(one.status == psutil.CONN_LISTEN for one in part.net_connections("tcp"))
    except psutil.Error:
        return False


def test_what_is_in_work_when_it_is_told_to_stop_is_finished_after_the_next_start(
    tmp_path: Path,
) -> None:
    settings = {
        "VOICEOPS_TRANSCRIBER": "scripted",
        "VOICEOPS_SCRIPTED_DELAY_SECONDS": "30",
        "VOICEOPS_TRANSCRIBE_WORKERS": "2",
        "VOICEOPS_REANALYSE_WORKERS": "1",
    }
    with up(tmp_path, settings, "--port", "0") as process:
        address, _ = lines_until_logs(process)
        assert process.stdout is not None
        process.stdout.readline()
        headers = {"Authorization": f"Bearer {process.stdout.readline().split()[-1]}"}
        with httpx.Client(base_url=f"{address}/api/v1", headers=headers, trust_env=False) as client:
            for number in range(6):
                sent = {"file": (f"{number}.wav", a_spoken_wav(seed=number))}
                fields = {"kind": "voicemail", "caller_number": f"+1212555010{number}"}
                client.post("/recordings", data=fields, files=sent).raise_for_status()
            assert soon(lambda: "transcribing" in states(client), seconds=120)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    with up(tmp_path, {**settings, "VOICEOPS_SCRIPTED_DELAY_SECONDS": "0"}, "--port", "0") as process:
        address, _ = lines_until_logs(process)
        with httpx.Client(base_url=f"{address}/api/v1", headers=headers, trust_env=False) as client:
            assert soon(lambda: states(client) == ["analysed"] * 6, seconds=120)
            assert len(client.get("/tasks").json()["items"]) == 6
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0


def states(client: httpx.Client) -> list[str]:
    return [one["state"] for one in client.get("/recordings").raise_for_status().json()["items"]]
