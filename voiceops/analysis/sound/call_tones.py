"""Finds the network's own tones: ringing and busy, as most countries have them."""

from collections.abc import Iterator, Sequence

import numpy as np

from voiceops.analysis.join_spans import join_spans
from voiceops.analysis.signal_blocks import Samples, blocks
from voiceops.analysis.sound import FULL_SCALE, RATE_HZ
from voiceops.domain.sound import Tone, ToneKind
from voiceops.domain.transcript import Span

_FRAME = RATE_HZ // 20
_FRAME_SECONDS = _FRAME / RATE_HZ
_BLOCK = 600 * _FRAME
# ITU-T E.180: tones lie at 425 Hz or a pair within 400 to 480 Hz, in North America busy adds 620 Hz.
_BANDS_HZ = ((380.0, 500.0), (600.0, 640.0))
_LEAST_SHARE = 0.9
_LEAST_RMS = 0.002
# The double ring of some countries is one ring; its halves are 0.2 s apart.
_JOIN_SECONDS = 0.3
_RING_SECONDS = (0.7, 3.0)
_BUSY_SECONDS = (0.15, 0.7)
_BUSY_BEATS = 3
_LONGEST_PAUSE_SECONDS = 6.0


def call_tones(signal: Samples) -> tuple[Tone, ...]:
    """Stretches of ringing and of busy tone, from the first to the last beat of each."""
    beats = list(_beats(signal))
    busy = tuple(_busy(beats))
    rest = [beat for beat in beats if not any(tone.start <= beat.start < tone.end for tone in busy)]
    return tuple(sorted((*busy, *_rings(rest)), key=lambda tone: tone.start))


def _beats(signal: Samples) -> Iterator[Span]:
    """Stretches with nothing but a tone in the bands."""
    flags = np.concatenate([_tonal(block) for block in blocks(signal, _BLOCK)] or [np.zeros(0, bool)])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        yield Span(float(first) * _FRAME_SECONDS, float(after) * _FRAME_SECONDS)


def _tonal(block: Samples) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    whole = len(block) - len(block) % _FRAME
    frames = block[:whole].reshape(-1, _FRAME).astype(np.float32) / FULL_SCALE
    power = np.abs(np.fft.rfft(frames * np.hanning(_FRAME).astype(np.float32), axis=1)) ** 2
    hertz = np.fft.rfftfreq(_FRAME, 1 / RATE_HZ)
    inside = np.any([(low <= hertz) & (hertz <= high) for low, high in _BANDS_HZ], axis=0)
    loud = np.sqrt(np.mean(frames**2, axis=1)) > _LEAST_RMS
    tonal: np.ndarray[tuple[int], np.dtype[np.bool_]] = loud & (
        power[:, inside].sum(axis=1) > _LEAST_SHARE * power.sum(axis=1)
    )
    return tonal


def _busy(beats: Sequence[Span]) -> Iterator[Tone]:
    """Three beats or more with pauses about as long as themselves."""
    run: list[Span] = []
    for beat in beats:
        if run and not _keeps_time(run[-1], beat):
            yield from _tone(ToneKind.BUSY, run, _BUSY_BEATS)
            run = []
        if _BUSY_SECONDS[0] <= beat.seconds <= _BUSY_SECONDS[1]:
            run.append(beat)
        else:
            yield from _tone(ToneKind.BUSY, run, _BUSY_BEATS)
            run = []
    yield from _tone(ToneKind.BUSY, run, _BUSY_BEATS)


def _keeps_time(before: Span, beat: Span) -> bool:
    pause = beat.start - before.end
    return 0.5 * before.seconds - _FRAME_SECONDS <= pause <= 1.6 * before.seconds + _FRAME_SECONDS


def _rings(beats: Sequence[Span]) -> Iterator[Tone]:
    run: list[Span] = []
    for beat in join_spans(beats, gap_seconds=_JOIN_SECONDS):
        if not _RING_SECONDS[0] <= beat.seconds <= _RING_SECONDS[1]:
            continue
        if run and beat.start - run[-1].end > _LONGEST_PAUSE_SECONDS:
            yield from _tone(ToneKind.RING, run, 1)
            run = []
        run.append(beat)
    yield from _tone(ToneKind.RING, run, 1)


def _tone(kind: ToneKind, run: Sequence[Span], least: int) -> Iterator[Tone]:
    if len(run) >= least:
        yield Tone(kind, run[0].start, run[-1].end)
