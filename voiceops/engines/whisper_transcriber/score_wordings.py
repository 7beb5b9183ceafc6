"""Scores wordings against sound with Whisper's own probabilities: what they would have, beside what was heard.

The stretch is encoded once and decoded freely. Then the wording is put in the place of what follows after each word
heard, and the decoder says how probable its tokens are there. The difference to the tokens that it chose itself in
that place is the score; the place with the most probable wording counts. Nothing of this reaches a transcript.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from voiceops.domain.second_look import WordingFit
from voiceops.domain.transcript import Word
from voiceops.ports import SIGNAL_RATE_HZ, Signal

_WINDOW_SECONDS, _STEP_SECONDS = 29.0, 20.0
_AT_ONCE = 16
# A wording of one token fits nearly anywhere.
_LEAST_TOKENS = 2


def score_wordings(
    whisper: Any, model: Any, signal: Signal, wordings: Sequence[str], *, language: str
) -> tuple[WordingFit | None, ...]:
    """See the port. A long stretch is scored in windows that overlap, and the best one counts."""
    found = [_Window(whisper, model, signal, start, language).fits(wordings) for start in _starts(len(signal))]
    best = []
    for fits in zip(*found, strict=True):
        known = [fit for fit in fits if fit is not None]
        best.append(max(known, key=lambda fit: fit.score) if known else None)
    return tuple(best) or (None,) * len(wordings)


def _starts(samples: int) -> Iterator[float]:
    if samples:
        yield 0.0
    at = _STEP_SECONDS
    while at + _WINDOW_SECONDS - _STEP_SECONDS < samples / SIGNAL_RATE_HZ:
        yield at
        at += _STEP_SECONDS


@dataclass(frozen=True)
class _Place:
    """The wording's tokens after so many tokens of what was heard, and how probable they are there."""

    prefix: int
    tokens: list[int]
    mean: float
    score: float


class _Window:
    """Up to half a minute of sound, encoded, with what the model hears in it by itself."""

    def __init__(self, whisper: Any, model: Any, signal: Signal, start: float, language: str) -> None:
        first = round(start * SIGNAL_RATE_HZ)
        sound = signal[first : first + round(_WINDOW_SECONDS * SIGNAL_RATE_HZ)].astype(np.float32) / 32768
        self._whisper, self._model, self._start = whisper, model, start
        self._seconds = len(sound) / SIGNAL_RATE_HZ
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(sound), model.dims.n_mels).to(model.device)
        half = model.device.type == "cuda"
        self._mel = mel.half() if half else mel
        options = whisper.DecodingOptions(language=language, without_timestamps=True, temperature=0.0, fp16=half)
        self._tokenizer = whisper.tokenizer.get_tokenizer(
            model.is_multilingual, num_languages=model.num_languages, language=language, task="transcribe"
        )
        self._features = model.embed_audio(self._mel[None])
        self._free = list(whisper.decode(model, self._features[0], options).tokens)
        self._begin = list(self._tokenizer.sot_sequence_including_notimestamps)

    def fits(self, wordings: Sequence[str]) -> list[WordingFit | None]:
        """One for each wording."""
        chosen = self._probabilities([self._free], [0])[0]
        return [self._fit(wording, chosen) for wording in wordings]

    def _fit(self, wording: str, chosen: Sequence[float]) -> WordingFit | None:
        ways = [
            self._tokenizer.encode(" " + text) for text in dict.fromkeys((wording, wording[:1].upper() + wording[1:]))
        ]
        places = [place for way in ways if len(way) >= _LEAST_TOKENS for place in self._places(way, chosen)]
        if not places:
            return None
        best = max(places, key=lambda place: place.mean)
        words = self._timed(best)
        if not words:
            return None
        return WordingFit(wording, words[0].start, words[-1].end, round(best.score, 3), words)

    def _places(self, tokens: list[int], chosen: Sequence[float]) -> Iterator[_Place]:
        """The wording after each word heard. `chosen` has the probabilities of the model's own tokens."""
        _, own = self._tokenizer.split_to_word_tokens([*self._free, self._tokenizer.eot])
        prefixes = [0, *np.cumsum([len(word) for word in own])[:-1].tolist()] if self._free else [0]
        sequences = [[*self._free[:prefix], *tokens] for prefix in prefixes]
        for prefix, probabilities in zip(prefixes, self._probabilities(sequences, prefixes), strict=True):
            mean = sum(probabilities) / len(probabilities)
            rival = chosen[prefix : prefix + len(tokens)] or [0.0]
            yield _Place(prefix, tokens, mean, mean - sum(rival) / len(rival))

    def _probabilities(self, sequences: Sequence[list[int]], prefixes: Sequence[int]) -> list[list[float]]:
        """Natural logarithms for each token of each sequence after its prefix, given all before it."""
        import torch

        found = []
        for first in range(0, len(sequences), _AT_ONCE):
            some = sequences[first : first + _AT_ONCE]
            longest = max(map(len, some))
            padding = self._tokenizer.eot
            rows = [[*self._begin, *one, *[padding] * (longest - len(one))] for one in some]
            batch = torch.tensor(rows, device=self._model.device)
            with torch.no_grad():
                logits = self._model.logits(batch, self._features.expand(len(some), -1, -1))
            logs = logits.float().log_softmax(dim=-1)
            for row, one in enumerate(some):
                prefix = prefixes[first + row]
                places = range(len(self._begin) + prefix, len(self._begin) + len(one))
                found.append([float(logs[row, at - 1, rows[row][at]]) for at in places])
        return found

    def _timed(self, place: _Place) -> tuple[Word, ...]:
        """The wording's words with the times that the model's attention tells, in the signal's time."""
        heard = self._free[: place.prefix]
        frames = max(2, round(self._seconds * 100))
        timed = self._whisper.timing.find_alignment(
            self._model, self._tokenizer, [*heard, *place.tokens], self._mel, frames
        )
        own, seen = [], 0
        for word in timed:
            if seen >= len(heard) and word.tokens:
                own.append(word)
            seen += len(word.tokens)
        return tuple(
            Word(word.word.strip(), self._start + float(word.start), self._start + float(word.end), _likely(word))
            for word in own
        )


def _likely(word: Any) -> float:
    probability = float(word.probability)
    return 0.0 if math.isnan(probability) else probability
