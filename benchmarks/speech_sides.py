"""Who is compared in bench_speech: a worker as it stands, the `whisper` command, and faster-whisper's own library.

All get the same checkpoint, sound and number of threads.
"""

import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.spoken import a_voice
from voiceops.analysis.pack_speech import pack_speech
from voiceops.analysis.window_sound import window_sound
from voiceops.domain.recording import Party, RecordingKind
from voiceops.domain.transcript import Span
from voiceops.ears import FileEars
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.ports import SpeechChannel, Transcriber
from voiceops.usecases.transcribe_file import Sound, transcribe_file

_PARTIES = (Party.AGENT, Party.CUSTOMER)
_COMMAND = (
    "--language en --word_timestamps True --fp16 False --beam_size None --best_of None --output_format json "
    "--condition_on_previous_text False"
)


@dataclass(frozen=True)
class Took:
    """What a run cost: by the clock, of the processor, and the peak of its process so far in MiB."""

    seconds: float
    processor_seconds: float
    peak_mib: float


class Worker:
    """A process that has its engine loaded, as a worker has, and hears one file after the other."""

    def __init__(self, engine: str, options: Mapping[str, object]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, other = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(other, engine, dict(options)), daemon=True)
        self._process.start()
        self._pipe.recv()

    def begin(self, path: Path, *, channels: int = 2) -> None:
        """Let it hear a file without waiting for it."""
        self._pipe.send((path, channels))

    def took(self) -> Took:
        """What the file that was begun has cost."""
        answer: Took = self._pipe.recv()
        return answer

    def hear(self, path: Path, *, channels: int = 2) -> Took:
        """The whole path: decode, listen, transcribe, assemble, measure."""
        self.begin(path, channels=channels)
        return self.took()

    def close(self) -> None:
        """End the process."""
        self._pipe.send(None)
        self._process.join()


def timed(work: Callable[[], object]) -> Took:
    """One run in this process."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    seconds, processor = time.perf_counter() - begun, time.process_time() - used
    return Took(seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def by_command(model: Path, paths: Sequence[Path], threads: int) -> Took:
    """The `whisper` command, once per channel: greedy, with word times, no window conditioned on the one before."""
    command = [sys.executable, "-m", "whisper", "--model", str(model), "--threads", str(threads), *_COMMAND.split()]
    # Its word times give OpenMP all cores otherwise, whatever --threads says.
    env = os.environ | {"PYTHONWARNINGS": "ignore", "NUMBA_NUM_THREADS": str(threads)}
    runs = [_run([*command, "--output_dir", str(path.parent), str(path)], env) for path in paths]
    return Took(
        sum(run.seconds for run in runs), sum(run.processor_seconds for run in runs), max(run.peak_mib for run in runs)
    )


def by_library(folder: Path, channels: Sequence[SpeechChannel], threads: int) -> Callable[[], object]:
    """faster-whisper itself on the same windows of speech."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
    options = {"word_timestamps": True, "condition_on_previous_text": False, "hallucination_silence_threshold": 2.0}
    return lambda: [list(model.transcribe(audio, language="en", **options)[0]) for audio in windows_of(channels)]


def windows_of(channels: Sequence[SpeechChannel]) -> Iterator[NDArray[np.float32]]:
    """The speech packed as the engines pack it."""
    for channel in channels:
        for window in pack_speech(channel.speech, window_seconds=29.0, join_seconds=0.6):
            yield window_sound(channel.signal, window)


def _run(command: Sequence[str], env: Mapping[str, str]) -> Took:
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the whisper command ended with {process.returncode}")
    return Took(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _serve(pipe: Connection, engine: str, options: Mapping[str, Any]) -> None:
    transcriber, detector = load_transcriber(engine, options), load_detector()
    ears = FileEars(load_decoder(), lambda: detector, lambda: transcriber)
    _warm_up(transcriber)
    pipe.send(None)
    while order := pipe.recv():
        path, channels = order
        sound = Sound(path, RecordingKind.CALL, _PARTIES[:channels], "en")
        pipe.send(timed(lambda sound=sound: transcribe_file(ears, sound)))  # type: ignore[misc]  # mypy knows no default


def _warm_up(transcriber: Transcriber) -> None:
    transcriber.transcribe([SpeechChannel(a_voice(), (Span(0.0, 3.0),))], language="en")
