"""The demo as people run it, with a part of every kind killed under it, until Ctrl-C.

It listens to ten minutes of audio, so it runs once; the tables that it prints are looked for by `.ci/run`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import httpx
import psutil
import pytest

pytestmark = [
    pytest.mark.timeout(1200),  # a real recogniser listens to ten minutes of audio, perhaps beside other tests
    pytest.mark.skipif(find_spec("pocketsphinx") is None, reason="the embedded recogniser is not installed"),
]

DEMO = [sys.executable, "-m", "voiceops", "demo"]
FINAL = {"analysed", "failed"}
FIRST_PAGES = {"/board", "/calls", "/inbox"}


@contextmanager
def demo(*options: str, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The demo as a process of its own; whatever happens here, nothing of it stays behind."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VOICEOPS_")}
    with (folder / "stdout").open("w") as stdout:
        process = subprocess.Popen(
            [*DEMO, *options], stdout=stdout, stderr=subprocess.PIPE, text=True, cwd=folder, env=environment
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def lines(process: "subprocess.Popen[str]") -> Iterator[str]:
    assert process.stderr is not None
    return iter(process.stderr)


def children(process: "subprocess.Popen[str]", *words: str) -> list[psutil.Process]:
    """The direct children that run a command with all these words, oldest first."""
    found = []
    for child in psutil.Process(process.pid).children():
        try:
            command = " ".join(child.cmdline())
        except psutil.NoSuchProcess:
            continue
        if all(word in command for word in words):
            found.append(child)
    return sorted(found, key=lambda child: child.create_time())


def kill(find: Callable[[], Sequence[psutil.Process]]) -> int:
    """Kill the first one that there is, as soon as there is one; its process id."""
    while not (found := find()):
        time.sleep(0.05)
    found[0].kill()
    return found[0].pid


def living(parts: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after a moment to end; one that waits to be reaped by a lazy init has ended."""
    _, left = psutil.wait_procs(parts, timeout=10)
    return [part for part in left if part.is_running() and part.status() != psutil.STATUS_ZOMBIE]


def first_page(address: str, sign_in: Mapping[str, str]) -> str:
    """Where somebody stands who signed in with what the demo printed."""
    form = {"name": sign_in["name"], "password": sign_in["password"]}
    headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=address, headers=headers, follow_redirects=True, trust_env=False) as browser:
        return browser.post("/sign-in", data=form).raise_for_status().url.path


def transcriber_children(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """The processes in which the recogniser itself runs."""
    workers = children(process, "workers.run", "transcribe")
    return [child for worker in workers for child in worker.children() if "spawn_main" in " ".join(child.cmdline())]


def test_with_a_part_of_every_kind_killed_all_comes_out_as_expected_and_ctrl_c_ends_every_part(tmp_path: Path) -> None:
    with demo("--json", folder=tmp_path) as process:
        victims = [
            lambda: transcriber_children(process),
            lambda: children(process, "workers.run", "transcribe"),
            lambda: children(process, "redis-server"),
            lambda: children(process, "api.serve"),
            lambda: children(process, "workers.run", "analyse"),
            lambda: children(process, "workers.sweep"),
        ]
        said, killed = [], []
        for line in lines(process):
            said.append(line)
            if victims and line.rstrip().endswith((": transcribing", ": analysed")):
                killed.append(kill(victims.pop(0)))
            if "Ctrl-C stops it" in line:
                break
        document = json.loads((tmp_path / "stdout").read_text())
        first_pages = [first_page(document["address"], one) for one in document["sign_ins"] if one["name"]]
        parts = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        status = process.wait()
    told = "".join(said)
    assert victims == [], told
    assert len(set(killed)) == 6
    for part in ("transcribe", "redis", "api", "analyse", "sweep"):
        assert any(line.startswith(part) and "was killed (SIGKILL)" in line for line in said), told
    assert {sample["recording"]["state"] for sample in document["samples"]} <= FINAL
    assert [fault for sample in document["samples"] for fault in sample["differences"] if not sample["cannot"]] == []
    voicemails = [sample for sample in document["samples"] if sample["recording"]["kind"] == "voicemail"]
    joined = [sample for sample in voicemails if sample["joined_to"]]
    assert [Path(sample["sample"]).stem.split(".")[0] for sample in joined] == ["06-same-caller-again"]
    assert len({sample["task"]["id"] for sample in voicemails}) == len(voicemails) - len(joined)
    assert document["as_expected"]
    assert set(first_pages) <= FIRST_PAGES
    assert [one["role"] for one in document["sign_ins"]] == ["admin", "supervisor", "qa", "ingest", "agent"]
    assert status == 0, told
    assert len(parts) >= 5
    assert living(parts) == []
    logs = next(line for line in said if line.startswith("Logs: ")).removeprefix("Logs: ").strip()
    assert not Path(logs).parent.exists()
