"""Packs stretches of speech into windows for an engine, and finds the way back to recording time.

Engines read windows of a fixed length; recordings are mostly silence. A window holds only speech,
its pieces joined by a short silence, and maps every position in it to the recording's own time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voiceops.domain.transcript import Span


@dataclass(frozen=True)
class Piece:
    """A stretch of the recording and where in its window it stands, both in seconds."""

    at: float
    span: Span

    @property
    def end(self) -> float:
        """Where in the window it ends."""
        return self.at + self.span.seconds


@dataclass(frozen=True)
class SpeechWindow:
    """Pieces of speech in order, `join_seconds` of silence between them."""

    pieces: tuple[Piece, ...]

    @property
    def seconds(self) -> float:
        """How long the window is."""
        return self.pieces[-1].end

    def recording_time(self, position: float) -> float:
        """The recording's time at a position of the window, in seconds.

        A position in a join belongs to the nearer piece; one outside the window to its ends.
        """
        return self._piece_at(position).span.start + self._inside(position)

    def recording_span(self, start: float, end: float) -> Span:
        """The stretch of the recording that a word between two positions was said in.

        The word belongs to the piece that holds its middle, so that it never spans a cut.
        """
        piece = self._piece_at((start + end) / 2)
        begin = piece.span.start + min(max(start - piece.at, 0.0), piece.span.seconds)
        stop = piece.span.start + min(max(end - piece.at, 0.0), piece.span.seconds)
        return Span(begin, max(begin, stop))

    def holds(self, position: float, *, tolerance: float) -> bool:
        """Whether there is speech at a position of the window, or so near to it."""
        return any(piece.at - tolerance <= position <= piece.end + tolerance for piece in self.pieces)

    def _inside(self, position: float) -> float:
        piece = self._piece_at(position)
        return min(max(position - piece.at, 0.0), piece.span.seconds)

    def _piece_at(self, position: float) -> Piece:
        index = max(0, bisect_right([piece.at for piece in self.pieces], position) - 1)
        piece = self.pieces[index]
        if index + 1 < len(self.pieces) and position - piece.end > self.pieces[index + 1].at - position:
            return self.pieces[index + 1]
        return piece


def pack_speech(
    speech: Iterable[Span], *, window_seconds: float, join_seconds: float = 0.5
) -> tuple[SpeechWindow, ...]:
    """Windows of at most `window_seconds`, holding all speech in order.

    Stretches are kept whole where they fit; a longer one is cut into equal parts. `speech` is in
    order and does not overlap; empty stretches are left out.
    """
    windows: list[SpeechWindow] = []
    pieces: list[Piece] = []
    for span in _parts(speech, window_seconds):
        at = pieces[-1].end + join_seconds if pieces else 0.0
        if pieces and at + span.seconds > window_seconds:
            windows.append(SpeechWindow(tuple(pieces)))
            pieces, at = [], 0.0
        pieces.append(Piece(at, span))
    return (*windows, SpeechWindow(tuple(pieces))) if pieces else tuple(windows)


def join_near(speech: Sequence[Span], *, gap_seconds: float) -> tuple[Span, ...]:
    """Stretches with the pauses shorter than `gap_seconds` between them filled."""
    joined: list[Span] = []
    for span in speech:
        if joined and span.start - joined[-1].end < gap_seconds:
            joined.append(Span(joined.pop().start, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _parts(speech: Iterable[Span], longest: float) -> Iterator[Span]:
    for span in speech:
        count = -int(-span.seconds // longest)
        for number in range(count):
            step = span.seconds / count
            yield Span(span.start + number * step, span.start + (number + 1) * step)
