"""Stretches of a recording are joined where they touch, and taken out of others."""

from hypothesis import given
from hypothesis import strategies as st

from voiceops.analysis.join_spans import join_spans, pad_spans, span_without
from voiceops.domain.transcript import Span

TENTHS = st.integers(0, 60)
SPANS = st.lists(st.tuples(TENTHS, TENTHS).map(lambda ends: Span(float(min(ends)), float(max(ends)))), max_size=12)


def test_stretches_that_overlap_or_touch_are_one_whatever_their_order() -> None:
    assert join_spans([Span(5, 6), Span(0, 3), Span(1, 2), Span(3, 4)]) == (Span(0, 4), Span(5, 6))


def test_stretches_a_short_way_apart_are_one_where_that_is_asked_for() -> None:
    assert join_spans([Span(0, 1), Span(1.5, 2), Span(2.75, 3)], gap_seconds=0.5) == (Span(0, 2), Span(2.75, 3))


def test_padding_stays_inside_the_recording_and_joins_what_then_touches() -> None:
    assert pad_spans([Span(0.5, 1), Span(3, 4), Span(9, 9.5)], 1.0, duration=10) == (Span(0, 5), Span(8, 10))


@given(SPANS, SPANS)
def test_what_is_left_of_a_stretch_lies_in_it_and_in_none_of_the_others(spans: list[Span], others: list[Span]) -> None:
    inside = {(at, at + 1) for span in join_spans(spans) for at in range(int(span.start), int(span.end))}
    taken = {(at, at + 1) for span in others for at in range(int(span.start), int(span.end))}
    left = {
        (at, at + 1)
        for span in join_spans(spans)
        for rest in span_without(span, others)
        for at in range(int(rest.start), int(rest.end))
    }
    assert left == inside - taken
