"""What travels between a worker and the process of its engines: requests, files of samples, and failures."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from voiceops import errors
from voiceops.domain.transcript import Span
from voiceops.errors import EngineFailed, VoiceOpsError
from voiceops.ports import Signal, SpeechChannel

EmbedderVerb = Literal["embed", "overlaps"]


@dataclass(frozen=True)
class Request:
    """What the child is asked; signals travel as files of 16-bit samples, never through the pipe.

    Of `embed` the one channel's stretches are the windows; `embedder` is named where one is asked.
    """

    verb: Literal["check", "transcribe", "score"] | EmbedderVerb
    channels: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    language: str | None = None
    hints: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    embedder: str = ""
    embedder_options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """An error of the child, in parts, because exceptions with several fields do not travel well."""

    kind: str
    what: str
    record: str
    next_step: str


@contextmanager
def as_files(channels: Sequence[SpeechChannel]) -> Iterator[list[str]]:
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


def rebuilt(failure: Failure) -> VoiceOpsError:
    """The error that a failure was."""
    kind = getattr(errors, failure.kind, EngineFailed)
    error: VoiceOpsError = kind(failure.what, record=failure.record, next_step=failure.next_step)
    return error


def mapped(name: str) -> Signal:
    """The samples of a file, which stay there until they are read."""
    if not Path(name).stat().st_size:
        return np.zeros(0, dtype=np.int16)
    return np.memmap(name, dtype=np.int16, mode="r")
