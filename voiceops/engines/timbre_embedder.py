"""Tells voices apart by the shape of their spectrum alone: no model, nothing to install, and much less sure.

The stand-in of the house, and what is left where no speaker model can be installed.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import give_back
from voiceops.analysis.voices import Voiceprints, VoiceScale
from voiceops.analysis.voices.filter_bank import BANDS, log_bands
from voiceops.domain.transcript import Span
from voiceops.ports import SIGNAL_RATE_HZ, Signal

# The first coefficient is loudness, which tells the telephone and not the voice.
_COEFFICIENTS = 20
_COSINES = np.cos(np.pi / BANDS * np.outer(np.arange(BANDS) + 0.5, np.arange(1, _COEFFICIENTS + 1)))
# Frames much softer than the loudest of a window are pauses between sounds.
_VOICED_SHARE = 0.6


class TimbreEmbedder:
    """Satisfies `SpeakerEmbedder`: mean and spread of each cepstral coefficient, as they stand in this channel."""

    name = "timbre"
    window_seconds = 1.5
    # Measured by benchmarks/bench_parties.py on 8 kHz telephone speech.
    scale = VoiceScale(one_voice=0.33, two_voices=0.5)

    def check(self) -> None:
        """All it needs is here."""

    def embed(self, signal: Signal, windows: Sequence[Span]) -> Voiceprints:
        """One row for each window, in relation to the channel's other windows."""
        if not windows:
            return np.zeros((0, 2 * _COEFFICIENTS), np.float32)
        rows = np.array([_features(signal, window) for window in windows])
        rows = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-6)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit = np.where(lengths > 0, rows / np.maximum(lengths, 1e-9), 1 / np.sqrt(rows.shape[1]))
        return np.asarray(unit, np.float32)

    def overlaps(self, signal: Signal) -> tuple[Span, ...]:  # noqa: ARG002  it hears but one voice at a time
        """It cannot tell."""
        return ()


def _features(signal: Signal, window: Span) -> NDArray[np.float64]:
    first, last = round(window.start * SIGNAL_RATE_HZ), round(window.end * SIGNAL_RATE_HZ)
    bands = log_bands(signal[first:last])
    give_back(signal)
    if not len(bands):
        return np.zeros(2 * _COEFFICIENTS)
    loudness = bands.mean(axis=1)
    voiced = bands[loudness >= np.quantile(loudness, 1 - _VOICED_SHARE)]
    cepstra = voiced @ _COSINES
    return np.concatenate([cepstra.mean(axis=0), cepstra.std(axis=0)])
