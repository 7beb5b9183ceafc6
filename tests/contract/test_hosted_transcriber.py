"""An engine in its own process: killed, stuck, orphaned, and loaded once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from voiceops.domain.transcript import Span
from voiceops.engines import load_embedder
from voiceops.engines.hosted import HostedEmbedder, HostedTranscriber, TimeLimit
from voiceops.errors import BadInput, EngineFailed, MissingPart
from voiceops.ports import SIGNAL_RATE_HZ, SpeechChannel

_CHANNEL = SpeechChannel(np.zeros(3 * SIGNAL_RATE_HZ, np.int16), (Span(0.0, 2.0),))
_FOREVER = {"delay_seconds": 300.0, "delay_holds_interpreter": True}


@pytest.fixture
def hosted() -> Iterator[Callable[..., HostedTranscriber]]:
    made: list[HostedTranscriber] = []

    def make(options: dict[str, object], *, name: str = "scripted", seconds: float = 60.0) -> HostedTranscriber:
        made.append(HostedTranscriber(name, options, limit=TimeLimit(seconds, 0.0)))
        return made[-1]

    yield make
    for transcriber in made:
        transcriber.close()


def test_two_calls_are_answered_by_one_process(hosted: Callable[..., HostedTranscriber]) -> None:
    transcriber = hosted({"sentences": ["good morning"]})
    first = transcriber.transcribe([_CHANNEL], language="en")
    child = transcriber.child_pid
    assert transcriber.transcribe([_CHANNEL], language="en") == first
    assert transcriber.child_pid == child
    assert child not in {None, os.getpid()}


def test_the_engine_keeps_its_state_between_calls(hosted: Callable[..., HostedTranscriber]) -> None:
    # The engine's chance is drawn from one generator: were it built anew, each call would fare the same.
    transcriber = hosted({"failure_rate": 0.5, "seed": 1})
    assert len({_fails(transcriber) for _ in range(10)}) == 2


def test_a_process_killed_in_the_middle_is_an_error_and_the_next_call_works(
    hosted: Callable[..., HostedTranscriber],
) -> None:
    transcriber = hosted({"delay_seconds": 1.5})
    transcriber.check()
    killed = transcriber.child_pid
    assert killed is not None
    threading.Timer(0.3, os.kill, (killed, signal.SIGKILL)).start()
    with pytest.raises(EngineFailed, match="was killed") as caught:
        transcriber.transcribe([_CHANNEL], language="en")
    assert caught.value.retryable
    assert transcriber.transcribe([_CHANNEL], language="en").channels[0]
    assert transcriber.child_pid != killed


def test_a_process_killed_between_two_calls_is_replaced(hosted: Callable[..., HostedTranscriber]) -> None:
    transcriber = hosted({})
    transcriber.check()
    child = transcriber._child
    assert child is not None
    child.kill()
    child.join()
    assert transcriber.transcribe([_CHANNEL], language="en").channels[0]


def test_a_native_call_that_lets_no_python_run_is_stopped_at_its_time_limit(
    hosted: Callable[..., HostedTranscriber],
) -> None:
    transcriber = hosted(_FOREVER, seconds=4.0)
    transcriber.check()
    stuck = transcriber.child_pid
    assert stuck is not None
    with pytest.raises(EngineFailed, match="time limit of 4 seconds"):
        transcriber.transcribe([_CHANNEL], language="en")
    assert not psutil.pid_exists(stuck)
    assert transcriber.child_pid is None


def test_the_time_limit_follows_the_audio_of_all_channels() -> None:
    assert TimeLimit(base_seconds=100, per_audio_second=2).of([_CHANNEL, _CHANNEL]) == 112


def test_an_interrupted_wait_leaves_no_stale_answer_behind(hosted: Callable[..., HostedTranscriber]) -> None:
    class Interrupted(Exception):  # as a job queue's timeout, it is no error of ours
        pass

    def interrupt(_signal: int, _frame: object) -> None:
        raise Interrupted

    transcriber = hosted({"sentences": ["one", "two"], "delay_seconds": 2.0})
    transcriber.check()
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(Interrupted):
            transcriber.transcribe([_CHANNEL], language="en")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert transcriber.transcribe([], language="hu").channels == ()


def test_errors_of_the_engine_arrive_as_they_were_raised(hosted: Callable[..., HostedTranscriber]) -> None:
    with pytest.raises(BadInput, match="English only"):
        hosted({}, name="pocketsphinx").transcribe([_CHANNEL], language="hu")
    with pytest.raises(BadInput, match="whisper, faster-whisper, pocketsphinx, remote, scripted"):
        hosted({}, name="parrot").check()
    with pytest.raises(MissingPart, match="no such Whisper model"):
        hosted({"model": "enormous"}, name="whisper").check()


def test_a_memory_map_a_part_of_one_and_an_array_are_all_heard(
    hosted: Callable[..., HostedTranscriber], tmp_path: Path
) -> None:
    _CHANNEL.signal.tofile(tmp_path / "signal.s16")
    mapped = np.memmap(tmp_path / "signal.s16", np.int16, "r")
    signals = [mapped, mapped[::2], mapped[:0], _CHANNEL.signal]
    channels = [SpeechChannel(signal, (Span(0.0, 0.5),)) for signal in signals]
    assert all(hosted({}).transcribe(channels, language="en").channels)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child inside a native call with its parent")
def test_the_process_dies_with_its_parent_even_inside_a_native_call() -> None:
    script = (
        "import sys; import numpy as np\n"
        "from voiceops.domain.transcript import Span\n"
        "from voiceops.engines.hosted import HostedTranscriber\n"
        "from voiceops.ports import SpeechChannel\n"
        f"hosted = HostedTranscriber('scripted', {_FOREVER!r})\n"
        "hosted.check()\n"
        "print(hosted.child_pid, flush=True)\n"
        "hosted.transcribe([SpeechChannel(np.zeros(16000, np.int16), (Span(0.0, 1.0),))], language='en')\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        time.sleep(0.3)  # The call has begun by then; were it not, the child would end all the sooner.
        parent.kill()
    gone, _ = psutil.wait_procs([child], timeout=10)
    assert gone == [child]


def _fails(transcriber: HostedTranscriber) -> bool:
    try:
        transcriber.transcribe([_CHANNEL], language="en")
    except EngineFailed:
        return True
    return False


def test_an_embedder_answers_in_the_transcribers_process_as_it_does_here(
    hosted: Callable[..., HostedTranscriber],
) -> None:
    transcriber = hosted({})
    transcriber.check()
    child = transcriber.child_pid
    signal_of_noise = np.random.default_rng(1).integers(-3_000, 3_000, 3 * SIGNAL_RATE_HZ).astype(np.int16)
    windows = (Span(0.0, 1.5), Span(1.5, 3.0))
    embedder = HostedEmbedder("timbre", {}, transcriber)
    embedder.check()
    there = embedder.embed(signal_of_noise, windows)
    assert np.allclose(there, load_embedder("timbre").embed(signal_of_noise, windows))
    assert transcriber.child_pid == child
