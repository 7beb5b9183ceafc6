"""The sound of a window of packed speech, and which windows tell a recording's language."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.pack_speech import SpeechWindow
from voiceops.analysis.signal_blocks import Samples
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ

_WINDOWS_TO_DETECT = 3


def window_sound(signal: Samples, window: SpeechWindow) -> NDArray[np.float32]:
    """The window's pieces at their places, silence between them, as samples from -1 to 1 at 16 kHz."""
    audio = np.zeros(round(window.seconds * RATE_HZ), dtype=np.float32)
    for piece in window.pieces:
        begin = round(piece.span.start * RATE_HZ)
        samples = signal[begin : begin + round(piece.span.seconds * RATE_HZ)]
        at = round(piece.at * RATE_HZ)
        room = audio[at : at + len(samples)]
        room[:] = samples[: len(room)] / FULL_SCALE
    return audio


def longest_windows(
    signals: Sequence[Samples], packed: Sequence[Sequence[SpeechWindow]]
) -> Sequence[tuple[SpeechWindow, Samples]]:
    """The few windows of all channels with most speech: on those a language is detected."""
    windows = [(window, signal) for signal, own in zip(signals, packed, strict=True) for window in own]
    return sorted(windows, key=lambda pair: pair[0].seconds, reverse=True)[:_WINDOWS_TO_DETECT]


def likeliest_language(votes: Iterable[tuple[float, Mapping[str, float]]]) -> str:
    """The language with most probability, each vote weighed by its seconds of speech."""
    sums: dict[str, float] = {}
    for seconds, probabilities in votes:
        for code, probability in probabilities.items():
            sums[code] = sums.get(code, 0.0) + probability * seconds
    return max(sums, key=lambda code: sums[code])
