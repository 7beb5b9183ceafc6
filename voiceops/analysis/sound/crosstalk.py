"""Finds where a channel only repeats another one more softly, so that nobody's words are heard as somebody else's."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples, give_back
from voiceops.analysis.sound import RATE_HZ
from voiceops.analysis.sound.likeness import BLOCK_SECONDS, Likeness, alike
from voiceops.domain.transcript import Span

# A copy of the other channel, so much alike and so much softer, is crosstalk.
_LIKENESS = 0.6
_GAIN_DB = -4.0
# To find its ends, shorter pieces are held against each other; those of two voices are alike by chance more often.
_PIECE_SECONDS, _STEP_SECONDS = 0.5, 0.1
_PIECE_LIKENESS = 0.75
# The shortest "yes" with the detector's padding is longer.
_LEAST_SECONDS = 0.4

Flags = NDArray[np.bool_]


def echoes(number: int, likenesses: Mapping[tuple[int, int], Likeness]) -> Flags:
    """For each second whether the channel of that number only repeats another more softly."""
    flags = [
        (likeness.correlation >= _LIKENESS) & ((1 if number == pair[1] else -1) * likeness.gain_db <= _GAIN_DB)
        for pair, likeness in likenesses.items()
        if number in pair
    ]
    return np.any(flags, axis=0) if flags else np.zeros(0, np.bool_)


def without_crosstalk(
    number: int, speech: Sequence[Span], signals: Sequence[Samples], likenesses: Mapping[tuple[int, int], Likeness]
) -> tuple[Span, ...]:
    """A channel's stretches of speech without what is another's; what a cut leaves is a voice if it is long enough."""
    suspected = echoes(number, likenesses)
    return tuple(
        part for span in speech for part in (_own(span, number, signals) if _touches(span, suspected) else (span,))
    )


def _touches(span: Span, suspected: Flags) -> bool:
    return bool(suspected[int(span.start / BLOCK_SECONDS) : int(span.end / BLOCK_SECONDS) + 1].any())


def _own(span: Span, number: int, signals: Sequence[Samples]) -> Iterator[Span]:
    """The parts of a stretch in which no piece repeats another channel."""
    steps = max(1, round(span.seconds / _STEP_SECONDS))
    foreign = np.zeros(steps, np.bool_)
    length = round(_PIECE_SECONDS / _STEP_SECONDS)
    for step in range(max(1, steps - length + 1)):
        begin = span.start + step * _STEP_SECONDS
        if any(_repeats(begin, signals[number], other) for at, other in enumerate(signals) if at != number):
            foreign[step : step + length] = True
    for signal in signals:
        give_back(signal)
    edges = np.flatnonzero(np.diff(np.concatenate([[True], foreign, [True]]).astype(np.int8)))
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if (after - first) * _STEP_SECONDS >= _LEAST_SECONDS or not foreign.any():
            end = span.end if after == steps else span.start + after * _STEP_SECONDS
            yield Span(span.start + first * _STEP_SECONDS, end)


def _repeats(begin: float, signal: Samples, other: Samples) -> bool:
    piece = slice(round(begin * RATE_HZ), round((begin + _PIECE_SECONDS) * RATE_HZ))
    correlation, gain_db, _ = alike(other[piece], signal[piece])
    return correlation >= _PIECE_LIKENESS and gain_db <= _GAIN_DB
