"""Measures why the transcription lane keeps its engine in a process of its own.

Run: python -m benchmarks.bench_lanes
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.checkpoints import LIKE_TINY, write_checkpoint
from voiceops.domain.transcript import Span
from voiceops.engines import load_transcriber
from voiceops.engines.hosted import HostedTranscriber, TimeLimit
from voiceops.errors import EngineFailed
from voiceops.ports import SIGNAL_RATE_HZ, SpeechChannel

_LIMIT_SECONDS = 1.0
_KILL_SECONDS = 10.0  # The child's own start on a busy machine must fit in.


class _Interrupted(Exception):  # as RQ's own timeout, it is raised by a signal
    pass


def main() -> None:
    """Print load times, what a kill does, and how late a time limit is."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = write_checkpoint(Path(folder) / "like-tiny.pt", shape=LIKE_TINY)
        engines: dict[str, Mapping[str, object]] = {
            "pocketsphinx": {},
            "whisper": {"model": str(checkpoint), "device": "cpu"},
        }
        for name, options in engines.items():
            _load_times(name, options)
        _killed_in_the_middle()
        _limit_by_signal("pocketsphinx, one process_raw() of 10 s", _pocketsphinx_call())
        _limit_by_signal("one large matrix product", _matrix_call())
        _limit_by_killing()


def _load_times(name: str, options: Mapping[str, object]) -> None:
    """What the first call of a fresh interpreter costs more than the second: imports and the model."""
    code = (
        "import time; began = time.perf_counter(); import numpy as np\n"
        "from voiceops.engines import load_transcriber\n"
        "from voiceops.domain.transcript import Span; from voiceops.ports import SpeechChannel\n"
        f"engine = load_transcriber({name!r}, {dict(options)!r})\n"
        "channel = SpeechChannel(np.zeros(16000, np.int16), (Span(0.0, 0.2),))\n"
        "engine.transcribe([channel], language='en'); first = time.perf_counter()\n"
        "engine.transcribe([channel], language='en'); print(2 * first - began - time.perf_counter())\n"
    )
    loads = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    print(f"{name}: imports and loading, which a process for each job pays each time: {_shown(loads)}")


def _killed_in_the_middle() -> None:
    hosted = HostedTranscriber("scripted", {"delay_seconds": 5.0})
    hosted.check()
    child = hosted.child_pid or 0
    threading.Timer(1.0, os.kill, (child, signal.SIGKILL)).start()
    began = time.perf_counter()
    try:
        hosted.transcribe([_channel(1)], language="en")
    except EngineFailed as error:
        print(f"SIGKILL after 1.0 s: EngineFailed after {time.perf_counter() - began:.2f} s: {error.what}")
    again = _seconds(hosted.check)
    print(f"    a fresh child answered {again:.2f} s later; this process lived on")
    hosted.close()


def _limit_by_signal(what: str, call: Callable[[], object]) -> None:
    """How long after a SIGALRM, RQ's way to end a job, the call really ends."""

    def raise_it(_number: int, _frame: FrameType | None) -> None:
        raise _Interrupted

    signal.signal(signal.SIGALRM, raise_it)
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, _LIMIT_SECONDS)
    try:
        call()
        signal.setitimer(signal.ITIMER_REAL, 0)
        ended = "ended before the limit"
    except _Interrupted:
        ended = "the signal was seen"
    late = time.perf_counter() - began - _LIMIT_SECONDS
    print(f"SIGALRM at {_LIMIT_SECONDS:.0f} s, {what}: {ended}, {late:.2f} s late")


def _limit_by_killing() -> None:
    hosted = HostedTranscriber(
        "scripted",
        {"delay_seconds": 60.0, "delay_holds_interpreter": True},
        limit=TimeLimit(_KILL_SECONDS, 0.0),
    )
    hosted.check()
    began = time.perf_counter()
    try:
        hosted.transcribe([_channel(1)], language="en")
    except EngineFailed:
        late = time.perf_counter() - began - _KILL_SECONDS
        print(f"killing the child at {_KILL_SECONDS:.0f} s, a native sleep of 60 s: stopped, {late:.2f} s late")


def _pocketsphinx_call() -> Callable[[], object]:
    engine = load_transcriber("pocketsphinx", {})
    engine.transcribe([_channel(1)], language="en")
    noise = np.random.default_rng(0).normal(0, 2_000, 10 * SIGNAL_RATE_HZ).astype(np.int16)
    return lambda: engine.transcribe([SpeechChannel(noise, (Span(0.0, 10.0),))], language="en")


def _matrix_call() -> Callable[[], object]:
    matrix = np.random.default_rng(0).normal(size=(7_000, 7_000))
    return lambda: matrix @ matrix


def _channel(seconds: int) -> SpeechChannel:
    return SpeechChannel(np.zeros(seconds * SIGNAL_RATE_HZ, np.int16), (Span(0.0, float(seconds)),))


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _shown(seconds: list[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in sorted(seconds)) + " s"


if __name__ == "__main__":
    main()
