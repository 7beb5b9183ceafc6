"""Cuts the stretches of speech into windows in which a voice can be recognised."""

from collections.abc import Iterable, Iterator

import numpy as np

from voiceops.domain.transcript import Span

# What is shorter holds no voice that could be told.
LEAST_SECONDS = 0.3


def voice_windows(speech: Iterable[Span], *, window_seconds: float) -> tuple[Span, ...]:
    """Windows over every stretch, each half over the next; a stretch shorter than a window is one."""
    return tuple(window for span in speech if span.seconds >= LEAST_SECONDS for window in _over(span, window_seconds))


def _over(span: Span, seconds: float) -> Iterator[Span]:
    if span.seconds <= seconds:
        yield span
        return
    starts = np.linspace(span.start, span.end - seconds, 1 + int(np.ceil((span.seconds - seconds) / (seconds / 2))))
    yield from (Span(float(start), float(start) + seconds) for start in starts)
