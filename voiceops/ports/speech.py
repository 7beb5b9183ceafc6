"""Ports to sound: decoding, finding speech, transcribing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.choices import Choices
from voiceops.analysis.voices import Voiceprints, VoiceScale
from voiceops.domain.private import Silenced
from voiceops.domain.second_look import FitBorders, WordingFit
from voiceops.domain.transcript import Segment, Span

# One channel of a recording: 16-bit samples at 16 kHz, possibly a memory map of a file.
Signal = NDArray[np.int16]
SIGNAL_RATE_HZ = 16_000


@dataclass(frozen=True)
class AudioFacts:
    """What a recording's container says and what decoding it showed. `notes` are sentences
    for people, such as that the file is cut short.
    """

    duration: float
    channels: int
    sample_rate_hz: int
    codec: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecodedAudio:
    """All channels as signals of equal length, and the facts."""

    facts: AudioFacts
    signals: tuple[Signal, ...]


class AudioDecoder(Protocol):
    """Turns a recording's file into signals. The content decides the format, not the name.

    Raw sound has no mark to go by, so there `hint` decides: the name of a `RawFormat`, or the file's
    name as it was sent, of which the extension counts. None takes the name of `path`.
    """

    def probe(self, path: Path, *, hint: str | None = None) -> AudioFacts:
        """Facts from the header and a first stretch of audio; cheap enough for the API.

        `duration` is the container's own claim, or counted where it makes none.
        Raises UnreadableAudio if nothing can be decoded, TooLarge where it counts past its limit.
        """
        ...

    def decode(self, path: Path, workspace: Path, *, hint: str | None = None) -> DecodedAudio:
        """Decode everything to one 16 kHz signal per channel, resampled without aliasing.

        Signals may be memory maps of files made in the folder `workspace`, which the caller
        removes. A truncated file yields what is there and a note. Raises UnreadableAudio if
        nothing can be decoded.
        """
        ...

    def cut(self, sound: BinaryIO, start: float, end: float, *, hint: str | None = None) -> tuple[Signal, ...]:
        """The stretch from `start` to `end` seconds of every channel, without reading or decoding the whole.

        `sound` is a file that can be sought in. Within a millisecond of where `decode` has it, and all but the
        same samples; shorter, or empty, where the recording ends before. Raises UnreadableAudio.
        """
        ...

    def silence(self, path: Path, target: Path, stretches: Sequence[Silenced], *, hint: str | None = None) -> float:
        """Write the recording to the file `target` with these stretches silent; how many seconds it lasts.

        Decoding it gives what decoding `path` gives, sample by sample and with as many channels, but for the
        stretches. Memory does not grow with its length. Raises UnreadableAudio, or StorageFull.
        """
        ...


class VoiceActivityDetector(Protocol):
    """Finds where somebody speaks."""

    def detect(self, signal: Signal) -> tuple[Span, ...]:
        """Stretches with speech, in order, not overlapping, inside the signal. Silence: ()."""
        ...


@dataclass(frozen=True)
class SpeechChannel:
    """One channel as an engine gets it: the whole signal and where in it somebody speaks."""

    signal: Signal
    speech: tuple[Span, ...]


@dataclass(frozen=True)
class Transcription:
    """What an engine heard: for each channel given, its segments in order, in recording time.

    `dropped_words` were left out because they lay beside speech, went round in a loop, or are known inventions.
    """

    language: str | None
    channels: tuple[tuple[Segment, ...], ...]
    dropped_words: int = 0


class Transcriber(Protocol):
    """A speech recogniser. Load once, use for many recordings; not thread-safe."""

    name: str

    def check(self) -> None:
        """Raise MissingPart, with the command that mends it, if package or model is not here."""
        ...

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        """Transcribe the speech of all channels; every segment has timed words.

        Nothing outside the speech stretches is transcribed; no speech gives no segments.
        `language` None lets the engine detect it. `hints` are names that may be said; an engine may leave
        them aside. Raises EngineFailed, or BadInput for a
        language that the engine does not have.
        """
        ...


class SpeakerEmbedder(Protocol):
    """Tells how a voice sounds. Load once, use for many recordings; not thread-safe.

    `window_seconds` is the length of speech that it judges best, `scale` how far apart it puts voices.
    """

    name: str
    window_seconds: float
    scale: VoiceScale

    def check(self) -> None:
        """Raise MissingPart, with the command that mends it, if package or model is not here."""
        ...

    def embed(self, signal: Signal, windows: Sequence[Span]) -> Voiceprints:
        """One row of length 1 for each window, all of one dimension; shorter windows are judged less surely.

        Reads no more of the signal at a time than some windows.
        """
        ...

    def overlaps(self, signal: Signal) -> tuple[Span, ...]:
        """Where two voices speak at once, in order; () where that was not found or cannot be told."""
        ...


class WordingScorer(Protocol):
    """Scores how well a given wording fits a stretch of sound, by forced alignment.

    It recognises nothing and tells no recogniser what to listen for: what it finds is a figure beside a transcript.
    """

    name: str

    def score(self, signal: Signal, wordings: Sequence[str], *, language: str) -> tuple[WordingFit | None, ...]:
        """For each wording the place where it fits best, in seconds from the signal's beginning.

        None for a wording that the engine cannot score: too short, with words it does not know, in a language it does
        not have, or fitting nowhere at all. Raises EngineFailed.
        """
        ...


class SecondEar(Transcriber, WordingScorer, Protocol):
    """An engine that hears a stretch once more and scores wordings against it, with one model in memory."""


@dataclass(frozen=True)
class SecondHearing:
    """What the settings choose for second looks: an engine, what it is called, and the borders of its scores."""

    ear: Callable[[], SecondEar]
    name: str
    borders: FitBorders


class Ears(Protocol):
    """What it takes to hear a file: `Services` has it, and so has a command that needs no database."""

    @property
    def decoder(self) -> AudioDecoder:
        """Decodes."""
        ...

    @property
    def detector(self) -> Callable[[], VoiceActivityDetector]:
        """Makes the detector on first use."""
        ...

    @property
    def transcriber(self) -> Callable[[], Transcriber]:
        """Loads the engine on first use."""
        ...

    @property
    def embedders(self) -> Choices[Callable[[], SpeakerEmbedder] | None]:
        """What separates mono calls, by queue and language; None where they are left as they are."""
        ...

    @property
    def engines(self) -> Choices[Callable[[], Transcriber]]:
        """Those chosen for certain queues and languages instead."""
        ...
