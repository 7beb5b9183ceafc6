"""Separates the speech of one channel by voice: whether there are two voices, and how likely which speaks when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.voices import Voiceprints, VoiceScale
from voiceops.analysis.voices.split import Split, split_in_two
from voiceops.domain.transcript import Span

STEP_SECONDS = 0.1
# A voice is known from some windows of it; with fewer a cough would be somebody.
_LEAST_WINDOWS = 4
_LEAST_SHARE = 0.05
# What leans as far to a voice as windows do in the median is that voice's with a probability of 0.98.
_STEEPNESS = 4.0


class Voices(StrEnum):
    """How many voices were heard."""

    ONE = "one"
    TWO = "two"
    MORE = "more"
    UNSURE = "unsure"


@dataclass(frozen=True, eq=False)
class Stretch:
    """A stretch of speech, and for each tenth of a second in it how likely the first voice speaks, 0..1."""

    span: Span
    first: NDArray[np.float32]


@dataclass(frozen=True)
class Separation:
    """How many voices there are and who speaks when; `first` of a stretch is of the voice that is heard first.

    Where there is but one voice `stretches` is empty.
    """

    voices: Voices
    stretches: tuple[Stretch, ...] = ()


def separate_voices(
    speech: Sequence[Span], windows: Sequence[Span], prints: Voiceprints, *, scale: VoiceScale
) -> Separation:
    """The voices in the stretches `speech`, of which `windows` were made and have these prints."""
    split = split_in_two(prints) if len(prints) >= 2 * _LEAST_WINDOWS else None
    if split is None or split.gap < scale.one_voice or _fewest(split) < _LEAST_WINDOWS:
        return Separation(Voices.ONE)
    leaning = prints @ split.leaning
    if leaning[0] < 0:
        leaning = -leaning
    return Separation(_how_many(prints, split, scale), tuple(_stretches(speech, windows, leaning)))


def _how_many(prints: Voiceprints, split: Split, scale: VoiceScale) -> Voices:
    if split.gap < scale.two_voices:
        return Voices.UNSURE
    halves = [split_in_two(half) for half in (prints[~split.is_second], prints[split.is_second])]
    third = any(
        half is not None
        and half.gap >= scale.two_voices
        and _fewest(half) >= max(_LEAST_WINDOWS, _LEAST_SHARE * len(prints))
        for half in halves
    )
    return Voices.MORE if third else Voices.TWO


def _fewest(split: Split) -> int:
    second = int(split.is_second.sum())
    return min(second, len(split.is_second) - second)


def _stretches(speech: Sequence[Span], windows: Sequence[Span], leaning: NDArray[np.float32]) -> Iterator[Stretch]:
    usual = max(float(np.median(np.abs(leaning))), 1e-6)
    starts = np.array([window.start for window in windows])
    for span in speech:
        first, last = np.searchsorted(starts, [span.start - 1e-6, span.end])
        steps = np.arange(max(1, round(span.seconds / STEP_SECONDS)), dtype=np.float64)
        at = span.start + STEP_SECONDS * (steps + 0.5)
        lean = _lean(at, windows[first:last], leaning[first:last]) / usual
        yield Stretch(span, (1 / (1 + np.exp(-_STEEPNESS * lean))).astype(np.float32))


def _lean(at: NDArray[np.float64], windows: Sequence[Span], leaning: NDArray[np.float32]) -> NDArray[np.float64]:
    """At each moment the mean of the windows around it; those whose middle is nearer count for more."""
    total, weights = np.zeros(len(at)), np.full(len(at), 1e-9)
    for window, lean in zip(windows, leaning, strict=True):
        half = window.seconds / 2
        weight = np.clip(1 - np.abs(at - window.start - half) / (half + STEP_SECONDS), 0, None)
        total += weight * lean
        weights += weight
    return np.asarray(total / weights)
