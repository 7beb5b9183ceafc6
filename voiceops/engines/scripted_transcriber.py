"""A stand-in engine that hears the sentences it was given: for load tests, chaos tests and rehearsals.

It recognises nothing; it behaves like an engine that takes its time, fails, or hangs.
"""

import ctypes
import random
import time
from collections.abc import Iterator, Sequence
from itertools import cycle

from voiceops.domain.second_look import WordingFit
from voiceops.domain.transcript import Segment, Span, Word
from voiceops.errors import EngineFailed
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, Transcription

_SENTENCES = (
    "thank you for calling this call is recorded how can i help you",
    "please call me back my number is two one two five five five zero one four seven",
)


class ScriptedTranscriber:
    """Satisfies `SecondEar`: each stretch of speech hears the next sentence, from the first again
    after the last, in every recording the same way.

    `delay_seconds` is how long a call takes, or with `delay_is_random` at most takes. With
    `delay_holds_interpreter` it is spent in native code that lets no Python run, like a decoder that
    hangs. A call fails with the probability `failure_rate`; which calls fail follows from `seed`.
    """

    name = "scripted"

    def __init__(  # noqa: PLR0913  each is one thing that engines do
        self,
        sentences: Sequence[str] = _SENTENCES,
        *,
        delay_seconds: float = 0.0,
        delay_is_random: bool = False,
        delay_holds_interpreter: bool = False,
        failure_rate: float = 0.0,
        seed: int = 0,
        careful: bool = False,  # noqa: ARG002  it hears no better for it
    ) -> None:
        self._sentences = tuple(sentences)
        self._delay_seconds = delay_seconds
        self._delay_is_random = delay_is_random
        self._delay_holds_interpreter = delay_holds_interpreter
        self._failure_rate = failure_rate
        self._chance = random.Random(seed)  # noqa: S311  # nosec B311  # repeatable failures, not secrets

    def check(self) -> None:
        """Nothing can be missing."""

    def transcribe(
        self,
        channels: Sequence[SpeechChannel],
        *,
        language: str | None,
        hints: Sequence[str] = (),  # noqa: ARG002  it takes none
    ) -> Transcription:
        """Hear the sentences on every channel's speech. Raises EngineFailed by chance."""
        self._wait()
        if self._chance.random() < self._failure_rate:
            raise EngineFailed("The stand-in engine failed by chance.", record="transcriber", next_step="Try again.")
        sentences = cycle(self._sentences)
        return Transcription(
            language or "en", tuple(tuple(_segments(channel.speech, sentences)) for channel in channels)
        )

    def score(
        self,
        signal: Signal,
        wordings: Sequence[str],
        *,
        language: str,  # noqa: ARG002  it knows as much of each
    ) -> tuple[WordingFit | None, ...]:
        """0 for what one of the sentences says, over the whole signal; None for everything else, and for silence."""
        if not signal.any():
            return (None,) * len(wordings)
        seconds = len(signal) / SIGNAL_RATE_HZ
        said = [f" {sentence} " for sentence in self._sentences]
        return tuple(
            WordingFit(wording, 0.0, seconds, 0.0, _spread(wording.lower().split(), Span(0.0, seconds)))
            if any(f" {wording.lower()} " in sentence for sentence in said)
            else None
            for wording in wordings
        )

    def _wait(self) -> None:
        seconds = self._delay_seconds * (self._chance.random() if self._delay_is_random else 1)
        if self._delay_holds_interpreter:
            ctypes.PyDLL(None).usleep(round(seconds * 1e6))
        elif seconds:
            time.sleep(seconds)


def _segments(speech: Sequence[Span], sentences: Iterator[str]) -> Iterator[Segment]:
    for span in speech:
        texts = next(sentences, "").split()
        if texts:
            yield Segment(span.start, span.end, " ".join(texts), _spread(texts, span))


def _spread(texts: Sequence[str], span: Span) -> tuple[Word, ...]:
    step = span.seconds / max(1, len(texts))
    return tuple(
        Word(text, span.start + number * step, span.start + (number + 1) * step, 1.0)
        for number, text in enumerate(texts)
    )
