"""Joins stretches of a recording where they touch, and takes stretches out of others."""

from collections.abc import Iterable

from voiceops.domain.transcript import Span


def join_spans(spans: Iterable[Span], *, gap_seconds: float = 0.0) -> tuple[Span, ...]:
    """The stretches in order; those that overlap, touch, or lie at most `gap_seconds` apart are one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        if joined and span.start - joined[-1].end <= gap_seconds:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def pad_spans(spans: Iterable[Span], padding_seconds: float, *, duration: float) -> tuple[Span, ...]:
    """The stretches with so much on either side, inside of 0 and `duration`, joined where they now touch."""
    return join_spans(
        Span(max(0.0, span.start - padding_seconds), min(duration, span.end + padding_seconds)) for span in spans
    )


def span_without(span: Span, others: Iterable[Span]) -> list[Span]:
    """What is left of a stretch between others."""
    inside = join_spans(one for one in others if one.start < span.end and span.start < one.end)
    starts, ends = [span.start, *(one.end for one in inside)], [*(one.start for one in inside), span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
