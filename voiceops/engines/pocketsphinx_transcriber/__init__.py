"""Runs pocketsphinx with the English model inside its wheel: for trying the system only.

It hears clear, slow, wideband English fairly and real telephone calls hardly at all. It is here
so that everything can be tried without a download; use `whisper` for work.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from voiceops.analysis.pack_speech import join_near, pack_speech
from voiceops.domain.second_look import WordingFit
from voiceops.domain.transcript import Segment, Span, Word
from voiceops.engines.pocketsphinx_transcriber.scoring import PocketsphinxScoring
from voiceops.errors import BadInput, EngineFailed, MissingPart
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, Transcription

# Pauses shorter than this stay inside one utterance; measured on the samples, 0.2 and 1.5 are worse.
_GAP_SECONDS = 0.5
_LONGEST_SECONDS = 30.0
_FRAMES_PER_SECOND = 100
_CAREFUL_BEAMS = {"beam": 1e-60, "pbeam": 1e-60, "wbeam": 1e-40}
_VARIANT = re.compile(r"\(\d+\)$")  # "a(2)" is the second pronunciation of "a".


class PocketsphinxTranscriber:
    """Satisfies `SecondEar` for English. Words carry the decoder's posterior probability.

    `careful` follows more guesses at once, which takes longer.
    """

    name = "pocketsphinx"

    def __init__(self, *, careful: bool = False) -> None:
        self._beams = _CAREFUL_BEAMS if careful else {}
        self._decoder: Any = None
        self._scoring: PocketsphinxScoring | None = None

    def check(self) -> None:
        """Raise MissingPart if the package is not installed."""
        _import()

    def transcribe(
        self,
        channels: Sequence[SpeechChannel],
        *,
        language: str | None,
        hints: Sequence[str] = (),  # noqa: ARG002  it takes none
    ) -> Transcription:
        """Transcribe English; `language` None counts as English. Loads the model once."""
        if language is not None and _code(language) != "en":
            raise BadInput(
                f"The trial engine pocketsphinx knows English only, not {language!r}.",
                record="transcriber",
                next_step="Choose the engine whisper, or the language en.",
            )
        if self._decoder is None:
            self._decoder = _import().Decoder(samprate=float(SIGNAL_RATE_HZ), loglevel="FATAL", **self._beams)
        # It adapts to the line while it hears; what it heard of another recording must not count in this one.
        self._decoder.reinit_feat()
        return Transcription("en", tuple(tuple(self._segments(channel)) for channel in channels))

    def score(self, signal: Signal, wordings: Sequence[str], *, language: str) -> tuple[WordingFit | None, ...]:
        """Score English wordings; the unit is a logarithm of likelihood for a hundredth of a second."""
        if _code(language) != "en":
            return (None,) * len(wordings)
        try:
            self._scoring = self._scoring or PocketsphinxScoring(_import())
            return self._scoring.score(signal, wordings)
        except RuntimeError as error:
            self._scoring = None
            raise _gave_up(error) from error

    def _segments(self, channel: SpeechChannel) -> Iterator[Segment]:
        for span in join_near(channel.speech, gap_seconds=_GAP_SECONDS):
            for window in pack_speech((span,), window_seconds=_LONGEST_SECONDS):
                words = tuple(self._words(channel.signal, window.pieces[0].span))
                if words:
                    yield Segment(words[0].start, words[-1].end, " ".join(word.text for word in words), words)

    def _words(self, signal: Signal, span: Span) -> Iterator[Word]:
        samples = signal[int(span.start * SIGNAL_RATE_HZ) : int(span.end * SIGNAL_RATE_HZ)]
        try:
            self._decoder.start_utt()
            # A whole utterance at once lets the decoder normalise its level over all of it.
            self._decoder.process_raw(samples.tobytes(), full_utt=True)
            self._decoder.end_utt()
            heard = list(self._decoder.seg() or ())
        except RuntimeError as error:
            self._decoder = None
            raise _gave_up(error) from error
        for piece in heard:
            if piece.word[0] in "<[+":  # Silence and noises: <sil>, [NOISE], ++BREATH++.
                continue
            start = span.start + piece.start_frame / _FRAMES_PER_SECOND
            end = min(span.end, span.start + (piece.end_frame + 1) / _FRAMES_PER_SECOND)
            yield Word(_VARIANT.sub("", piece.word), start, max(start, end), min(1.0, piece.prob))


def _code(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()


def _gave_up(error: RuntimeError) -> EngineFailed:
    return EngineFailed(f"pocketsphinx gave up: {error}.", record="transcriber", next_step="Try the recording again.")


def _import() -> Any:
    try:
        import pocketsphinx
    except ImportError as error:
        raise MissingPart(
            "The engine pocketsphinx is not installed.",
            record="transcriber",
            next_step="Run: pip install 'voiceops[embedded]'",
        ) from error
    return pocketsphinx
