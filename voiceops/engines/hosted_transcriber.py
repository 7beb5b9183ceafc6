"""Runs any engine in one long-lived child process, which can be killed when it hangs.

A signal interrupts no long native call, and a kernel out of memory kills a whole process: here
that process is the engine's alone. The model stays loaded from one recording to the next.
"""

import ctypes
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from voiceops import errors
from voiceops.domain.second_look import WordingFit
from voiceops.domain.transcript import Span
from voiceops.engines import load_transcriber
from voiceops.errors import EngineFailed, VoiceOpsError
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, Transcription

_PR_SET_PDEATHSIG = 1
_GOODBYE_SECONDS = 5.0


@dataclass(frozen=True)
class TimeLimit:
    """How long a call may take: a base, in which the first call loads the model, and more for
    every second of audio in every channel.
    """

    base_seconds: float = 120.0
    per_audio_second: float = 10.0

    def of(self, channels: Sequence[SpeechChannel]) -> float:
        """The limit for these channels, in seconds."""
        audio_seconds = sum(len(channel.signal) for channel in channels) / SIGNAL_RATE_HZ
        return self.base_seconds + self.per_audio_second * audio_seconds


@dataclass(frozen=True)
class _Request:
    """What the child is asked; signals travel as files of 16-bit samples, never through the pipe."""

    verb: Literal["check", "transcribe", "score"]
    channels: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    language: str | None = None
    hints: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Failure:
    """An error of the child, in parts, because exceptions with several fields do not travel well."""

    kind: str
    what: str
    record: str
    next_step: str


class HostedTranscriber:
    """Satisfies `SecondEar` by the engine `name` built with `options` in a child process.

    The child starts with the first call and ends with `close()` or with this process, however
    that ends. After a call that died or ran past `limit` the next one starts a fresh child.
    """

    def __init__(self, name: str, options: Mapping[str, object], *, limit: TimeLimit | None = None) -> None:
        self.name = name
        self._options = dict(options)
        self._limit = limit or TimeLimit()
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None

    @property
    def child_pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._child.pid if self._child is not None else None

    def check(self) -> None:
        """The engine's own check, in the child."""
        self._ask(_Request("check"), self._limit.base_seconds)

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        """As the engine does. Raises EngineFailed where its process died or was stopped."""
        with _as_files(channels) as names:
            speech = (channel.speech for channel in channels)
            request = _Request("transcribe", tuple(zip(names, speech, strict=True)), language, tuple(hints))
            result = self._ask(request, self._limit.of(channels))
        if not isinstance(result, Transcription):
            raise self._failed("answered with something that is not a transcription")
        return result

    def score(self, signal: Signal, wordings: Sequence[str], *, language: str) -> tuple[WordingFit | None, ...]:
        """As the engine does. Raises EngineFailed as `transcribe`, within its time for each wording."""
        channel = SpeechChannel(signal, ())
        with _as_files([channel]) as names:
            request = _Request("score", ((names[0], ()),), language, wordings=tuple(wordings))
            result = self._ask(request, self._limit.of([channel] * max(1, len(wordings))))
        return cast(tuple[WordingFit | None, ...], result)

    def close(self) -> None:
        """Stop the child; the next call would start another."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = None

    def _ask(self, request: _Request, limit_seconds: float) -> object:
        child, pipe = self._running()
        try:
            pipe.send(request)
            ready = wait([pipe, child.sentinel], timeout=limit_seconds)
            answer = pipe.recv() if pipe in ready else None
        except (EOFError, OSError):
            ready, answer = [child.sentinel], None
        except BaseException:
            # A signal or a stop came in between: the answer would be taken for the next call's.
            self.close()
            raise
        if answer is None:
            raise self._ended(child, limit_seconds, timed_out=not ready)
        if isinstance(answer, _Failure):
            raise _rebuilt(answer)
        return answer

    def _running(self) -> tuple[SpawnProcess, Connection]:
        if self._child is None or self._pipe is None or not self._child.is_alive():
            self.close()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._child = context.Process(
                target=_serve, args=(theirs, self.name, self._options, os.getpid()), daemon=True, name="transcriber"
            )
            self._child.start()
            theirs.close()
        return self._child, self._pipe

    def _ended(self, child: SpawnProcess, limit_seconds: float, *, timed_out: bool) -> EngineFailed:
        if timed_out:
            self.close()
            return self._failed(f"ran past its time limit of {limit_seconds:.0f} seconds and was stopped")
        child.join(timeout=_GOODBYE_SECONDS)
        code = child.exitcode or 0
        self.close()
        if code == -signal.SIGKILL:
            return self._failed("was killed, most often because the machine ran out of memory")
        return self._failed(f"ended with status {code} in the middle of its work")

    def _failed(self, what: str) -> EngineFailed:
        return EngineFailed(
            f"The process of the engine {self.name} {what}.",
            record="transcriber",
            next_step="The recording can be tried again; if it keeps happening, choose a smaller model.",
        )


@contextmanager
def _as_files(channels: Sequence[SpeechChannel]) -> Iterator[list[str]]:
    """Paths of files with each channel's samples; memory maps of whole files are already there."""
    with tempfile.TemporaryDirectory(prefix="voiceops-signals-") as folder:
        names = []
        for number, channel in enumerate(channels):
            name = _file_of(channel.signal)
            if name is None:
                name = str(Path(folder) / f"{number}.s16")
                channel.signal.astype(np.int16, copy=False).tofile(name)
            names.append(name)
        yield names


def _file_of(samples: Signal) -> str | None:
    if not isinstance(samples, np.memmap) or samples.filename is None or not samples.flags.c_contiguous:
        return None
    path = Path(samples.filename)
    # A slice of a map still names the whole file, so the sizes tell whether it is all of it.
    return str(path) if path.exists() and path.stat().st_size == samples.nbytes else None


def _rebuilt(failure: _Failure) -> VoiceOpsError:
    kind = getattr(errors, failure.kind, EngineFailed)
    error: VoiceOpsError = kind(failure.what, record=failure.record, next_step=failure.next_step)
    return error


# --- in the child ------------------------------------------------------------------------------


def _serve(pipe: Connection, name: str, options: Mapping[str, object], parent_pid: int) -> None:
    """Answer requests until the parent goes away."""
    _die_with_parent(parent_pid)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle.
    engine: Any = None
    with suppress(EOFError, OSError):
        while True:
            request: _Request = pipe.recv()
            try:
                engine = engine or load_transcriber(name, options)
                pipe.send(_answer(engine, request))
            except VoiceOpsError as error:
                pipe.send(_Failure(type(error).__name__, error.what, error.record, error.next_step))
            except Exception as error:  # noqa: BLE001  # whatever an engine raises is its failure
                what = f"The engine {name} failed with {type(error).__name__}."
                pipe.send(_Failure("EngineFailed", what, "transcriber", "Try the recording again."))


def _answer(engine: Any, request: _Request) -> object:
    if request.verb == "check":
        engine.check()
        return True
    channels = [SpeechChannel(_mapped(name), speech) for name, speech in request.channels]
    if request.verb == "score":
        return engine.score(channels[0].signal, request.wordings, language=request.language)
    return engine.transcribe(channels, language=request.language, hints=request.hints)


def _mapped(name: str) -> Signal:
    if not Path(name).stat().st_size:
        return np.zeros(0, dtype=np.int16)
    return np.memmap(name, dtype=np.int16, mode="r")


def _die_with_parent(parent_pid: int) -> None:
    with suppress(AttributeError, OSError):
        # On Linux the kernel ends this process with its parent, even inside a native call.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is None or os.getppid() != parent_pid:
        os._exit(1)
    threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: Any) -> None:
    wait([sentinel])
    os._exit(1)
