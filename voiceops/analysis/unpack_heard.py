"""Takes what an engine heard in a window of packed speech back to recording time, without what it invented."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from voiceops.analysis.drop_inventions import is_invented
from voiceops.analysis.drop_repeats import drop_repeats
from voiceops.analysis.pack_speech import SpeechWindow
from voiceops.domain.transcript import Segment, Word

# Word times come from attention and are some tenths of a second off.
_TOLERANCE_SECONDS = 0.3
# Words further apart than this were not said in one breath.
_APART_SECONDS = 1.5


@dataclass(frozen=True)
class HeardSegment:
    """A segment in the window's own time; its words carry their own spaces, which not every script has."""

    words: tuple[Word, ...]
    temperature: float | None = None
    average_log_probability: float | None = None
    no_speech_probability: float | None = None


@dataclass(frozen=True)
class Unpacked:
    """Segments in recording time, and how many words were left out: beside speech, in a loop, or invented."""

    segments: tuple[Segment, ...]
    dropped_words: int


def unpack_heard(window: SpeechWindow, heard: Iterable[HeardSegment]) -> Unpacked:
    """The segments of one window; one is split where its words come from distant pieces of the recording."""
    segments: list[Segment] = []
    dropped = 0
    for raw in heard:
        kept = drop_repeats([word for item in raw.words for word in _placed(window, item)])
        text = "".join(word.text for word in kept)
        if is_invented(text, no_speech_probability=raw.no_speech_probability):
            kept = ()
        dropped += sum(bool(word.text.strip()) for word in raw.words) - len(kept)
        segments += (_segment(raw, run) for run in _runs(kept))
    return Unpacked(tuple(segments), dropped)


def _placed(window: SpeechWindow, word: Word) -> Iterator[Word]:
    if word.text.strip() and window.holds((word.start + word.end) / 2, tolerance=_TOLERANCE_SECONDS):
        span = window.recording_span(word.start, word.end)
        yield replace(word, start=span.start, end=span.end)


def _runs(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    begin = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or words[number].start - words[number - 1].end > _APART_SECONDS:
            yield words[begin:number]
            begin = number


def _segment(raw: HeardSegment, run: Sequence[Word]) -> Segment:
    return Segment(
        run[0].start,
        run[-1].end,
        "".join(word.text for word in run).strip(),
        tuple(replace(word, text=word.text.strip()) for word in run),
        temperature=raw.temperature,
        average_log_probability=raw.average_log_probability,
        no_speech_probability=raw.no_speech_probability,
    )
