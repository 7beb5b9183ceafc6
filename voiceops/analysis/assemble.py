"""Puts the segments of all channels together into one transcript of utterances."""

from collections.abc import Iterator, Sequence

from voiceops.domain.recording import Party
from voiceops.domain.transcript import Segment, Span, Transcript, Utterance, Word

# A pause this long ends an utterance. Turns in telephone speech follow each other after 0.2 s in
# the median, and pauses inside one speaker's turn rarely reach a second.
PAUSE_SECONDS = 1.0


def assemble(
    channels: Sequence[tuple[Party, Sequence[Segment], Sequence[Span]]], *, duration: float, language: str | None
) -> Transcript:
    """One transcript from, for each channel, its party, segments and stretches of speech."""
    utterances = [one for party, segments, _ in channels for one in _utterances(party, segments)]
    return Transcript(
        language=language,
        duration=duration,
        utterances=tuple(sorted(utterances, key=lambda one: (one.start, one.end))),
        speech=tuple((party, tuple(spans)) for party, _, spans in channels),
    )


def _utterances(party: Party, segments: Sequence[Segment]) -> Iterator[Utterance]:
    stretch: list[Word] = []
    for word in _words(segments):
        if stretch and word.start - stretch[-1].end > PAUSE_SECONDS:
            yield _utterance(party, stretch)
            stretch = []
        stretch.append(word)
    if stretch:
        yield _utterance(party, stretch)


def _words(segments: Sequence[Segment]) -> Iterator[Word]:
    """All words in order; a segment without words counts as one long word."""
    for segment in segments:
        if segment.words:
            yield from segment.words
        elif segment.text.strip():
            yield Word(segment.text.strip(), segment.start, segment.end)


def _utterance(party: Party, words: Sequence[Word]) -> Utterance:
    text = " ".join(word.text.strip() for word in words)
    return Utterance(party, words[0].start, words[-1].end, text, tuple(words))
