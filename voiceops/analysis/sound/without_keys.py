"""Takes the keys that somebody pressed out of what a speech detector took for a voice."""

from collections.abc import Iterable, Iterator, Sequence

from voiceops.analysis.join_spans import join_spans
from voiceops.domain.sound import Tone, ToneKind
from voiceops.domain.transcript import Span

# A key rings on for a moment, and what lies between two keys pressed in a row is no voice.
_AROUND_SECONDS = 0.1
_BETWEEN_SECONDS = 0.6
# The shortest "yes" with the detector's padding is longer.
_LEAST_SECONDS = 0.4


def without_keys(speech: Iterable[Span], tones: Sequence[Tone]) -> tuple[Span, ...]:
    """The stretches of speech, cut where a key sounds; what a cut leaves is a voice only if it is long enough."""
    keys = [tone for tone in tones if tone.kind is ToneKind.KEY]
    around = [Span(key.start - _AROUND_SECONDS, key.end + _AROUND_SECONDS) for key in keys]
    pressed = join_spans(around, gap_seconds=_BETWEEN_SECONDS)
    return tuple(part for span in speech for part in _cut(span, pressed))


def _cut(span: Span, pressed: Sequence[Span]) -> Iterator[Span]:
    inside = [keys for keys in pressed if keys.start < span.end and span.start < keys.end]
    if not inside:
        yield span
        return
    ends = [span.start, *(keys.end for keys in inside)]
    starts = [*(keys.start for keys in inside), span.end]
    for start, end in zip(ends, starts, strict=True):
        if end - start >= _LEAST_SECONDS:
            yield Span(start, end)
