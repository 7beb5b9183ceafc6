"""What stands in for time, ears and voices on a simulated day: a clock, a detector, an engine and messages."""

import io
import random
import struct
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from voiceops.domain.transcript import Span
from voiceops.engines.scripted_transcriber import ScriptedTranscriber
from voiceops.errors import EngineFailed
from voiceops.ports import Signal, SpeechChannel, Transcription

MIDNIGHT = datetime(2026, 3, 4, tzinfo=UTC)  # a Wednesday
SENTENCES = (
    "hello this is john baker please call me back about my bill",
    "my internet is down it is urgent please call me back today",
    "i would like to ask about a new contract thank you",
)
SAMPLE_HZ = 8000


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = MIDNIGHT

    def now(self) -> datetime:
        """The simulated instant."""
        return self.time


class AllSpeech:
    """A detector that takes the whole recording for speech."""

    def detect(self, signal: Signal) -> tuple[Span, ...]:
        """One stretch."""
        return (Span(0.0, len(signal) / 16_000),)


@dataclass
class DayTranscriber:
    """Hears one of a few sentences; what it was told to be unable to do, it fails each time."""

    failing: bool = False
    sentence: str = SENTENCES[0]
    name: str = "day"

    def check(self) -> None:
        """Nothing can be missing."""

    def transcribe(
        self,
        channels: Sequence[SpeechChannel],
        *,
        language: str | None,
        hints: Sequence[str] = (),  # noqa: ARG002  it takes none
    ) -> Transcription:
        """The sentence of the moment."""
        if self.failing:
            raise EngineFailed("The simulated engine failed.", record="transcriber", next_step="Try again.")
        return ScriptedTranscriber([self.sentence]).transcribe(channels, language=language)


def a_message(number: int) -> bytes:
    """A short recording that is like no other."""
    noise = random.Random(number)  # noqa: S311 - repeatable bytes, no secret
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_HZ)
        out.writeframes(b"".join(struct.pack("<h", noise.randint(-3000, 3000)) for _ in range(SAMPLE_HZ // 10)))
    return buffer.getvalue()
