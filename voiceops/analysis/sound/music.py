"""Finds music on a channel, as it is played on hold, and what a speech detector took for a voice in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from voiceops.analysis.signal_blocks import Samples
from voiceops.analysis.sound.levels import in_spans
from voiceops.analysis.sound.notes import HOP_SECONDS, Flags, Floats, Notes, measure_notes
from voiceops.domain.sound import Tone, ToneKind
from voiceops.domain.transcript import Span

_AROUND_SECONDS = 4.0
# On average over those: so much of the energy is held, by so many partials, and it sounds on so steadily.
_LEAST_HELD, _LEAST_NOTES, _LEAST_LOUD = 0.2, 2.0, 0.45
_LEAST_SECONDS = 5.0
# A rest does not end the music, a passage of drums neither; nor does a short cry in it that passed for a voice.
_REST_SECONDS, _DRUMS_SECONDS, _CRY_SECONDS = 8.0, 30.0, 1.5
# Where this much is held, what is sung to it cannot be understood; speech ten decibels over music has less.
_SUNG_HELD, _SUNG_NOTES = 0.75, 8.0


@dataclass(frozen=True)
class Music:
    """Where music plays, and the stretches of speech in it that are no speech."""

    tones: tuple[Tone, ...]
    sung: tuple[Span, ...]


def find_music(signal: Samples, speech: Sequence[Span], tones: Sequence[Tone]) -> Music:
    """Music is looked for where the detector heard no voice, so that nothing said is ever taken for it."""
    notes = measure_notes(signal)
    tonal = [Span(tone.start, tone.end) for tone in tones]
    sung = tuple(span for span in speech if _is_sung(notes, span))
    spoken = _inside([span for span in speech if span not in sung], notes)
    stretches = tuple(_long_enough(_plays(notes, spoken | _inside(tonal, notes)), notes.loud, spoken))
    return Music(
        tuple(Tone(ToneKind.MUSIC, one.start, one.end) for one in stretches),
        tuple(span for span in sung if any(one.start <= span.start and span.end <= one.end for one in stretches)),
    )


def _is_sung(notes: Notes, span: Span) -> bool:
    inside = slice(round(span.start / HOP_SECONDS), round(span.end / HOP_SECONDS))
    held, number = notes.held[inside], notes.number[inside]
    return bool(len(held) and held.mean() >= _SUNG_HELD and number.mean() >= _SUNG_NOTES)


def _inside(spans: Sequence[Span], notes: Notes) -> Flags:
    return in_spans(spans, len(notes.loud), frame_seconds=HOP_SECONDS)


def _plays(notes: Notes, other: Flags) -> Flags:
    """For each frame whether music plays, judged by what is neither a voice nor a tone around it."""
    heard = notes.loud & ~other
    counted, possible = _summed(heard), _summed(~other)
    held = _summed(np.where(heard, notes.held, 0)) / np.maximum(counted, 1)
    number = _summed(np.where(heard, notes.number, 0)) / np.maximum(counted, 1)
    loud = counted / np.maximum(possible, 1)
    return heard & (held >= _LEAST_HELD) & (number >= _LEAST_NOTES) & (loud >= _LEAST_LOUD)


def _summed(values: Floats | Flags) -> Floats:
    """For each frame the sum over `_AROUND_SECONDS`, half before and half after it."""
    half = round(_AROUND_SECONDS / 2 / HOP_SECONDS)
    sums = np.cumsum(np.pad(values.astype(np.float64), (half + 1, half)))
    summed: Floats = (sums[2 * half + 1 :] - sums[: -2 * half - 1]).astype(np.float32)
    return summed


def _long_enough(plays: Flags, loud: Flags, spoken: Flags) -> Iterator[Span]:
    """The stretches, rests bridged, that are long enough to be more than a sound in passing."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], plays, [False]]).astype(np.int8)))
    run: tuple[int, int] | None = None
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if run is not None and _is_rest(loud[run[1] : first], spoken[run[1] : first]):
            run = run[0], after
            continue
        yield from _stretch(run)
        run = first, after
    yield from _stretch(run)


def _is_rest(loud: Flags, spoken: Flags) -> bool:
    longest = _DRUMS_SECONDS if len(loud) and loud.mean() >= _LEAST_LOUD else _REST_SECONDS
    return len(loud) * HOP_SECONDS <= longest and float(spoken.sum()) * HOP_SECONDS <= _CRY_SECONDS


def _stretch(run: tuple[int, int] | None) -> Iterator[Span]:
    if run is not None and (run[1] - run[0]) * HOP_SECONDS >= _LEAST_SECONDS:
        yield Span(run[0] * HOP_SECONDS, run[1] * HOP_SECONDS)
