"""The process of the engines: answers requests until its parent goes away."""

import ctypes
import os
import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from voiceops.engines import load_embedder, load_transcriber
from voiceops.engines.hosted.travelling import Failure, Request, mapped
from voiceops.errors import VoiceOpsError
from voiceops.ports import SpeakerEmbedder, SpeechChannel

_PR_SET_PDEATHSIG = 1


def serve(pipe: Connection, name: str, options: Mapping[str, object], parent_pid: int) -> None:
    """Answer requests until the parent goes away."""
    _die_with_parent(parent_pid)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle.
    engine: Any = None
    with suppress(EOFError, OSError):
        while True:
            request: Request = pipe.recv()
            try:
                engine = engine or load_transcriber(name, options)
                pipe.send(_answer(engine, request))
            except VoiceOpsError as error:
                pipe.send(Failure(type(error).__name__, error.what, error.record, error.next_step))
            except Exception as error:  # noqa: BLE001  # whatever an engine raises is its failure
                what = f"The engine {name} failed with {type(error).__name__}."
                pipe.send(Failure("EngineFailed", what, "transcriber", "Try the recording again."))


def _answer(engine: Any, request: Request) -> object:
    if request.verb == "check":
        engine.check()
        return True
    channels = [SpeechChannel(mapped(name), speech) for name, speech in request.channels]
    if request.verb == "score":
        return engine.score(channels[0].signal, request.wordings, language=request.language)
    if request.embedder:
        (channel,) = channels
        embedder = _embedder(request.embedder, **request.embedder_options)
        return (
            embedder.embed(channel.signal, channel.speech)
            if request.verb == "embed"
            else embedder.overlaps(channel.signal)
        )
    return engine.transcribe(channels, language=request.language, hints=request.hints)


@cache
def _embedder(name: str, **options: object) -> SpeakerEmbedder:
    return load_embedder(name, options)


def _die_with_parent(parent_pid: int) -> None:
    with suppress(AttributeError, OSError):
        # On Linux the kernel ends this process with its parent, even inside a native call.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = parent_process()
    if parent is None or os.getppid() != parent_pid:
        os._exit(1)
    threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: Any) -> None:
    wait([sentinel])
    os._exit(1)
