"""Starts the parts of a system as child processes in order, restarts one that dies, and stops all of them.

A part that ends with status 2 says that its configuration is wrong: it is not restarted, its
sentence is shown, and everything stops. No part outlives the supervisor, not even its SIGKILL.
"""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voiceops.delivery.bound_child import IN_USE, bound_command
from voiceops.errors import MissingPart, Unavailable, VoiceOpsError

MISCONFIGURED = 2
LOOK_SECONDS = 0.1
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 10.0
GOOD_LIFE_SECONDS = 30.0  # who lived this long starts again without a pause
STOP_SECONDS = 6.0
LOG_LIMIT_BYTES = 10 * 1024**2
LINES_SHOWN = 5
EARLY_DEATHS_LIMIT = 5  # a part that dies so often before it was ever ready will not become ready


@dataclass(frozen=True)
class Part:
    """One child process. The next part is started once `ready` says yes.

    `environment` None is the supervisor's own. `serves_others` keeps the part until all others have
    stopped. `lock` is held while it lives.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None = None
    ready: Callable[[], bool] = lambda: True
    lock: Path | None = None
    serves_others: bool = False


@dataclass
class _Child:
    part: Part
    log: Path
    process: subprocess.Popen[bytes]
    started_at: float
    log_begins_at: int
    pause_seconds: float = FIRST_PAUSE_SECONDS
    deaths: int = 0
    start_again_at: float | None = None


class Supervisor:
    """Runs parts until told to stop. `run` belongs to one thread; everything else may be called from any."""

    def __init__(self, parts: Sequence[Part], *, log_folder: Path, say: Callable[[str], None]) -> None:
        self._parts = tuple(parts)
        self._log_folder = log_folder
        self._say = say
        self._children: dict[str, _Child] = {}
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._ended = threading.Event()
        self.fault: VoiceOpsError | None = None

    def run(self, *, patience_seconds: float = 120.0) -> None:
        """Start all parts, keep them running until `stop`, then stop them. A fault is kept in `fault`."""
        self._log_folder.mkdir(parents=True, exist_ok=True)
        try:
            self._start_all(patience_seconds)
            self._ready.set()
            while not self._stop.wait(LOOK_SECONDS):
                self._look_after_children()
        except VoiceOpsError as fault:
            self.fault = fault
        except OSError as fault:
            self.fault = Unavailable(
                f"A part could not be started ({fault.strerror}).",
                record="this machine",
                next_step="Look whether memory, processes or disk have run out.",
            )
        finally:
            self._stop_all()
            self._ended.set()
            self._ready.set()

    def stop(self) -> None:
        """Ask `run` to stop everything and return. Safe in a signal handler."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether the end was asked for, or a fault brought it."""
        return self._stop.is_set() or self.fault is not None

    def wait_until_ready(self) -> None:
        """Return once every part is ready. Raises what kept them from it."""
        self._ready.wait()
        if self.fault is not None:
            raise self.fault

    def wait_until_stopped(self) -> None:
        """Return once every part has stopped."""
        self._ended.wait()

    def pids(self) -> Mapping[str, int]:
        """The process of every part by its name."""
        return {name: child.process.pid for name, child in self._children.items()}

    def _start_all(self, patience_seconds: float) -> None:
        until = time.monotonic() + patience_seconds
        for part in self._parts:
            self._start(part)
            while not part.ready():
                if self._stop.wait(LOOK_SECONDS):
                    return
                self._look_after_children()
                child = self._children[part.name]
                if child.deaths >= EARLY_DEATHS_LIMIT or time.monotonic() > until:
                    raise Unavailable(
                        f"It did not become ready. Its last words: {_last_words(child, lines=1)}",
                        record=part.name,
                        next_step=f"Its log: {child.log}",
                    )

    def _start(self, part: Part) -> None:
        log = self._log_folder / f"{part.name.replace(' ', '-')}.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            begins_at = output.tell()
            process = subprocess.Popen(
                bound_command(part.command, lock=part.lock),
                env=part.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops its parts in order
            )
        before = self._children.get(part.name)
        child = _Child(part, log, process, time.monotonic(), begins_at)
        if before is not None:
            child.pause_seconds, child.deaths = before.pause_seconds, before.deaths
        self._children[part.name] = child

    def _look_after_children(self) -> None:
        now = time.monotonic()
        for child in list(self._children.values()):
            status = child.process.poll()
            if status is None:
                continue
            if child.start_again_at is None:
                self._plan_restart(child, status, now)
            elif now >= child.start_again_at:
                self._start(child.part)

    def _plan_restart(self, child: _Child, status: int, now: float) -> None:
        if status in {MISCONFIGURED, IN_USE}:
            raise _final(child, status)
        if now - child.started_at > GOOD_LIFE_SECONDS:
            child.pause_seconds = FIRST_PAUSE_SECONDS
        child.start_again_at = now + child.pause_seconds
        child.deaths += 1
        how = f"was killed ({signal.Signals(-status).name})" if status < 0 else f"ended with status {status}"
        self._say(f"{child.part.name} {how}; it is started again. Its log: {child.log}")
        child.pause_seconds = min(child.pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def _stop_all(self) -> None:
        """Those that serve others go last, so that workers can still give back what they hold."""
        until = time.monotonic() + STOP_SECONDS
        for last in (False, True):
            leaving = [child.process for child in self._children.values() if child.part.serves_others is last]
            for process in leaving:
                process.terminate()
            for process in leaving:
                _end(process, seconds=until - time.monotonic())


def _end(process: subprocess.Popen[bytes], *, seconds: float) -> None:
    try:
        process.wait(max(0.5, seconds))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _final(child: _Child, status: int) -> VoiceOpsError:
    if status == IN_USE:
        return Unavailable(
            "Another VoiceOps is running on this data folder.",
            record=child.part.name,
            next_step="Stop it first, or choose another data folder.",
        )
    return MissingPart(_last_words(child), record=child.part.name, next_step=f"Its log: {child.log}")


def _last_words(child: _Child, *, lines: int = LINES_SHOWN) -> str:
    """The last lines that it wrote since it was started."""
    with child.log.open("rb") as log:
        log.seek(child.log_begins_at)
        return " ".join(log.read().decode(errors="replace").strip().splitlines()[-lines:])
