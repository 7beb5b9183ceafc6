"""The supervisor with real child processes: order, restarts, wrong configuration, stopping, sudden death."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from voiceops.cli.supervise import Part, Supervisor
from voiceops.errors import MissingPart, Unavailable

LIVE = "import time; time.sleep(600)"


def a_part(name: str, program: str = LIVE, **more: object) -> Part:
    return Part(name, [sys.executable, "-c", program], **more)  # type: ignore[arg-type]


@contextmanager
def running(supervisor: Supervisor) -> Iterator[Supervisor]:
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()
        thread.join()


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that must come; the suite's own time limit ends a wait in vain."""
    while not holds():
        time.sleep(0.02)


@pytest.fixture
def said() -> list[str]:
    return []


def supervise(parts: list[Part], folder: Path, said: list[str]) -> Supervisor:
    return Supervisor(parts, log_folder=folder / "logs", say=said.append)


def test_a_part_starts_only_when_the_one_before_it_is_ready(tmp_path: Path, said: list[str]) -> None:
    mark = tmp_path / "ready"
    first = a_part("first", f"import time, pathlib; time.sleep(0.3); pathlib.Path({str(mark)!r}).touch(); {LIVE}")
    second = a_part("second", f"import pathlib; print(pathlib.Path({str(mark)!r}).exists(), flush=True); {LIVE}")
    first = Part(first.name, first.command, ready=mark.exists)
    with running(supervise([first, second], tmp_path, said)) as supervisor:
        supervisor.wait_until_ready()
        log = tmp_path / "logs" / "second.log"
        until(lambda: log.read_text() != "")
        assert log.read_text() == "True\n"


def test_a_part_that_was_killed_is_started_again_and_people_are_told(tmp_path: Path, said: list[str]) -> None:
    with running(supervise([a_part("worker 1")], tmp_path, said)) as supervisor:
        supervisor.wait_until_ready()
        first = supervisor.pids()["worker 1"]
        os.kill(first, signal.SIGKILL)
        until(lambda: supervisor.pids()["worker 1"] != first)
    assert "worker 1 was killed (SIGKILL)" in said[0]
    assert str(tmp_path / "logs" / "worker-1.log") in said[0]


def test_a_wrong_configuration_ends_everything_with_its_sentence(tmp_path: Path, said: list[str]) -> None:
    broken = a_part("broken", "import sys; print('The model is not here.', file=sys.stderr); sys.exit(2)")
    supervisor = supervise([a_part("healthy"), broken], tmp_path, said)
    supervisor.run()
    assert isinstance(supervisor.fault, MissingPart)
    assert "The model is not here." in str(supervisor.fault)
    assert not psutil.pid_exists(supervisor.pids()["healthy"])
    with pytest.raises(MissingPart):
        supervisor.wait_until_ready()


def test_a_part_that_never_becomes_ready_ends_everything_with_its_name(tmp_path: Path, said: list[str]) -> None:
    supervisor = supervise([Part("slow", [sys.executable, "-c", LIVE], ready=lambda: False)], tmp_path, said)
    supervisor.run(patience_seconds=0.3)
    assert isinstance(supervisor.fault, Unavailable)
    assert "slow" in str(supervisor.fault)


def test_a_part_that_dies_again_and_again_before_it_is_ready_ends_everything_with_its_last_words(
    tmp_path: Path, said: list[str]
) -> None:
    program = "import sys; sys.exit('No such module.')"
    supervisor = supervise([Part("api", [sys.executable, "-c", program], ready=lambda: False)], tmp_path, said)
    supervisor.run()
    assert "No such module." in str(supervisor.fault)


def test_stopping_ends_those_who_serve_others_last(tmp_path: Path, said: list[str]) -> None:
    order = tmp_path / "order"
    program = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        "    time.sleep(float(sys.argv[2])); open(sys.argv[1], 'a').write(sys.argv[3] + '\\n'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end); print('up', flush=True)\n"
        "time.sleep(600)\n"
    )

    def part(name: str, *, slow: float, serves: bool) -> Part:
        command = [sys.executable, "-c", program, str(order), str(slow), name]
        log = tmp_path / "logs" / f"{name}.log"
        return Part(name, command, ready=lambda: "up" in log.read_text(), serves_others=serves)

    parts = [part("redis", slow=0, serves=True), part("worker", slow=0.5, serves=False)]
    with running(supervise(parts, tmp_path, said)) as supervisor:
        supervisor.wait_until_ready()
    assert order.read_text().split() == ["worker", "redis"]


def test_no_part_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time, threading, pathlib\n"
        "from voiceops.cli.supervise import Part, Supervisor\n"
        f"parts = [Part(name, [sys.executable, '-c', {LIVE!r}]) for name in ('a', 'b')]\n"
        "supervisor = Supervisor(parts, log_folder=pathlib.Path(sys.argv[1]), say=print)\n"
        "threading.Thread(target=supervisor.run, daemon=True).start()\n"
        "supervisor.wait_until_ready()\n"
        "print(*supervisor.pids().values(), flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        parent.kill()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert len(children) == 2
    assert all(child.status() == psutil.STATUS_ZOMBIE for child in alive)


def test_a_folder_in_use_by_another_one_is_said_so(tmp_path: Path, said: list[str]) -> None:
    lock = tmp_path / "lock"
    log = tmp_path / "logs" / "redis.log"
    program = f"print('up', flush=True); {LIVE}"
    holder = Part("redis", [sys.executable, "-c", program], lock=lock, ready=lambda: "up" in log.read_text())
    with running(supervise([holder], tmp_path, said)) as first:
        first.wait_until_ready()
        second = supervise([Part("redis", holder.command, lock=lock, ready=lambda: False)], tmp_path / "b", said)
        second.run()
    assert "Another VoiceOps" in str(second.fault)
