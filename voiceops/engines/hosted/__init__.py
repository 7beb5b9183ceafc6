"""Runs any engine in one long-lived child process, which can be killed when it hangs.

A signal interrupts no long native call, and a kernel out of memory kills a whole process: here
that process is the engine's alone. The model stays loaded from one recording to the next.
"""

import multiprocessing
import os
import signal as signals
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import cast

from voiceops.analysis.voices import Voiceprints
from voiceops.domain.second_look import WordingFit
from voiceops.domain.transcript import Span
from voiceops.engines import load_embedder
from voiceops.engines.hosted.child import serve
from voiceops.engines.hosted.travelling import EmbedderVerb, Failure, Request, as_files, rebuilt
from voiceops.errors import EngineFailed
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, Transcription

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
        self._ask(Request("check"), self._limit.base_seconds)

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        """As the engine does. Raises EngineFailed where its process died or was stopped."""
        with as_files(channels) as names:
            speech = (channel.speech for channel in channels)
            request = Request("transcribe", tuple(zip(names, speech, strict=True)), language, tuple(hints))
            result = self._ask(request, self._limit.of(channels))
        if not isinstance(result, Transcription):
            raise self._failed("answered with something that is not a transcription")
        return result

    def score(self, signal: Signal, wordings: Sequence[str], *, language: str) -> tuple[WordingFit | None, ...]:
        """As the engine does. Raises EngineFailed as `transcribe`, within its time for each wording."""
        channel = SpeechChannel(signal, ())
        with as_files([channel]) as names:
            request = Request("score", ((names[0], ()),), language, wordings=tuple(wordings))
            result = self._ask(request, self._limit.of([channel] * max(1, len(wordings))))
        return cast(tuple[WordingFit | None, ...], result)

    def ask_embedder(
        self, name: str, options: Mapping[str, object], verb: EmbedderVerb, channel: SpeechChannel
    ) -> object:
        """What the embedder of that name answers in the same child. Raises as `transcribe` does."""
        with as_files([channel]) as (file_name,):
            channels = ((file_name, channel.speech),)
            request = Request(verb, channels, embedder=name, embedder_options=options)
            return self._ask(request, self._limit.of([channel]))

    def close(self) -> None:
        """Stop the child; the next call would start another."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = None

    def _ask(self, request: Request, limit_seconds: float) -> object:
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
        if isinstance(answer, Failure):
            raise rebuilt(answer)
        return answer

    def _running(self) -> tuple[SpawnProcess, Connection]:
        if self._child is None or self._pipe is None or not self._child.is_alive():
            self.close()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._child = context.Process(
                target=serve, args=(theirs, self.name, self._options, os.getpid()), daemon=True, name="transcriber"
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
        if code == -signals.SIGKILL:
            return self._failed("was killed, most often because the machine ran out of memory")
        return self._failed(f"ended with status {code} in the middle of its work")

    def _failed(self, what: str) -> EngineFailed:
        return EngineFailed(
            f"The process of the engine {self.name} {what}.",
            record="transcriber",
            next_step="The recording can be tried again; if it keeps happening, choose a smaller model.",
        )


class HostedEmbedder:
    """Satisfies `SpeakerEmbedder` by the one of that name in the process of a transcriber.

    A second process would hold torch a second time.
    """

    def __init__(self, name: str, options: Mapping[str, object], host: HostedTranscriber) -> None:
        self._here = load_embedder(name, options)
        self.name = name
        self._options = dict(options)
        self.window_seconds = self._here.window_seconds
        self.scale = self._here.scale
        self._host = host

    def check(self) -> None:
        """The embedder's own check, which loads nothing."""
        self._here.check()

    def embed(self, signal: Signal, windows: Sequence[Span]) -> Voiceprints:
        """As the embedder does. Raises EngineFailed where its process died or was stopped."""
        return cast(Voiceprints, self._asked("embed", SpeechChannel(signal, tuple(windows))))

    def overlaps(self, signal: Signal) -> tuple[Span, ...]:
        """As the embedder does, and fails as `embed` does."""
        return cast(tuple[Span, ...], self._asked("overlaps", SpeechChannel(signal, ())))

    def _asked(self, verb: EmbedderVerb, channel: SpeechChannel) -> object:
        return self._host.ask_embedder(self.name, self._options, verb, channel)
