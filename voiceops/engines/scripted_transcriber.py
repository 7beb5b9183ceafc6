"""A stand-in that hears what it was told to: for load tests, chaos tests and trying operations out."""

import random
import time
from collections.abc import Sequence

from voiceops.domain.transcript import Segment, Span, Word
from voiceops.errors import EngineFailed
from voiceops.ports import SpeechChannel, Transcription

DEFAULT_SENTENCES = ("hello this call is recorded", "thank you for calling goodbye")


class ScriptedTranscriber:
    """Hears the same sentences in every channel with speech, spread evenly over that speech.

    `delay_seconds` is slept per recording; `failure_share` of recordings fail with EngineFailed, drawn with
    `seed`. Deterministic for the same order of calls.
    """

    name = "scripted"

    def __init__(
        self,
        sentences: Sequence[str] = DEFAULT_SENTENCES,
        *,
        delay_seconds: float = 0.0,
        failure_share: float = 0.0,
        seed: int = 0,
    ) -> None:
        self._words = [word for sentence in sentences for word in sentence.split()]
        self._delay_seconds = delay_seconds
        self._failure_share = failure_share
        self._chance = random.Random(seed)  # noqa: S311  a stand-in's failures guard nothing

    def check(self) -> None:
        """Everything it needs is here."""

    def transcribe(self, channels: Sequence[SpeechChannel], *, language: str | None) -> Transcription:
        """See ports.Transcriber."""
        time.sleep(self._delay_seconds)
        if self._chance.random() < self._failure_share:
            raise EngineFailed("The stand-in was told to fail now and then.", record=self.name, next_step="Try again.")
        return Transcription(language or "en", tuple(tuple(self._segments(one.speech)) for one in channels))

    def _segments(self, speech: Sequence[Span]) -> list[Segment]:
        """One segment for each stretch that got words, their number following its length."""
        total = sum(span.seconds for span in speech)
        segments, used, elapsed = [], 0, 0.0
        for span in speech:
            elapsed += span.seconds
            upto = round(len(self._words) * elapsed / total)
            words = _spread(self._words[used:upto], span)
            used = upto
            if words:
                segments.append(Segment(span.start, span.end, " ".join(word.text for word in words), words))
        return segments


def _spread(texts: Sequence[str], span: Span) -> tuple[Word, ...]:
    step = span.seconds / max(1, len(texts))
    return tuple(
        Word(text, span.start + number * step, span.start + (number + 1) * step, 0.99)
        for number, text in enumerate(texts)
    )
