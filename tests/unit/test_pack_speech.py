"""Packing speech into windows, and the way back to recording time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.pack_speech import join_near, pack_speech
from voiceops.domain.transcript import Span


def test_no_speech_needs_no_window() -> None:
    assert pack_speech((), window_seconds=30) == ()


def test_short_stretches_share_a_window_with_a_pause_between_them() -> None:
    (window,) = pack_speech((Span(10, 12), Span(100, 103)), window_seconds=30, join_seconds=0.5)
    assert [(piece.at, piece.span) for piece in window.pieces] == [(0.0, Span(10, 12)), (2.5, Span(100, 103))]
    assert window.seconds == 5.5


def test_a_stretch_that_does_not_fit_any_more_begins_the_next_window() -> None:
    windows = pack_speech((Span(0, 20), Span(30, 45)), window_seconds=30)
    assert [window.pieces[0].span for window in windows] == [Span(0, 20), Span(30, 45)]


def test_a_stretch_longer_than_a_window_is_cut_into_equal_parts() -> None:
    windows = pack_speech((Span(5, 75),), window_seconds=30)
    assert [window.pieces[0].span.seconds for window in windows] == pytest.approx([70 / 3] * 3)
    assert windows[-1].pieces[-1].span.end == pytest.approx(75)


def test_a_word_of_a_packed_window_gets_the_time_it_was_said_at() -> None:
    (window,) = pack_speech((Span(10, 12), Span(100, 103)), window_seconds=30, join_seconds=0.5)
    assert window.recording_span(0.5, 1.0) == Span(10.5, 11.0)
    assert window.recording_span(3.5, 4.0) == Span(101.0, 101.5)


def test_a_word_that_an_engine_stretches_over_a_join_stays_on_the_side_of_its_middle() -> None:
    (window,) = pack_speech((Span(10, 12), Span(100, 103)), window_seconds=30, join_seconds=0.5)
    assert window.recording_span(1.6, 2.6) == Span(11.6, 12.0)
    assert window.recording_span(2.0, 3.5) == Span(100.0, 101.0)


def test_a_position_in_a_join_belongs_to_the_nearer_piece() -> None:
    (window,) = pack_speech((Span(10, 12), Span(100, 103)), window_seconds=30, join_seconds=0.5)
    assert window.recording_time(2.1) == 12.0
    assert window.recording_time(2.4) == 100.0
    assert window.recording_time(-1.0) == 10.0
    assert window.recording_time(99.0) == 103.0


def test_pauses_shorter_than_the_gap_are_filled() -> None:
    assert join_near((Span(0, 1), Span(1.2, 2), Span(4, 5)), gap_seconds=0.5) == (Span(0, 2), Span(4, 5))


@st.composite
def _speech(draw: st.DrawFn) -> tuple[Span, ...]:
    spans, now = [], 0.0
    for pause, length in draw(st.lists(st.tuples(st.floats(0.01, 50), st.floats(0.01, 90)), max_size=30)):
        spans.append(Span(now + pause, now + pause + length))
        now = spans[-1].end
    return tuple(spans)


@given(_speech(), st.floats(5, 30))
def test_every_second_of_speech_is_in_exactly_one_window_of_legal_length(
    speech: tuple[Span, ...], longest: float
) -> None:
    windows = pack_speech(speech, window_seconds=longest)
    pieces = [piece for window in windows for piece in window.pieces]
    assert sum(piece.span.seconds for piece in pieces) == pytest.approx(sum(span.seconds for span in speech))
    assert all(window.seconds <= longest + 1e-6 for window in windows)
    assert all(a.span.end <= b.span.start + 1e-6 for a, b in pairwise(pieces))


@given(_speech(), st.floats(0, 1))
def test_going_into_a_window_and_back_is_the_same_time(speech: tuple[Span, ...], where: float) -> None:
    for window in pack_speech(speech, window_seconds=30):
        for piece in window.pieces:
            inside = piece.at + where * piece.span.seconds
            assert window.recording_time(inside) == pytest.approx(piece.span.start + where * piece.span.seconds)
