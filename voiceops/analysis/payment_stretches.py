"""Finds where in a recording a card is paid with, by what is said and by the keys pressed: digits there are private.

It fails closed: the number need not be complete, nor any word of it be heard right. Only a telephone number that is
announced as one is left out, so that a customer can still be called back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voiceops.analysis.facts.count_digits import count_digits
from voiceops.analysis.facts.languages import language_of
from voiceops.analysis.facts.message import Message, read_everybody
from voiceops.analysis.facts.payment_words import BESIDE, CARD, MENTION, TELEPHONE
from voiceops.analysis.join_spans import join_spans, span_without
from voiceops.analysis.sound.masked import card_key_stretches
from voiceops.domain.transcript import Span, Transcript

# How long after the wording the first digit may come, and the next after the last: people look for their card.
_CARD_SECONDS, _MENTION_SECONDS, _DIGITS_SECONDS = 90.0, 30.0, 60.0
# Some say the number first, and then what it is; the expiry date is asked for when the number was given.
_BEFORE_CARD_SECONDS, _BEFORE_BESIDE_SECONDS, _BEFORE_MENTION_SECONDS = 20.0, 45.0, 10.0
# Parts of one number: so many words and seconds apart at most, through "yes" and "go on".
_APART_WORDS, _APART_SECONDS = 5, 6.0
# Fewer digits are part of any talk, and more than a telephone number has can only be a card's or an account's.
_FEWEST_DIGITS, _TELEPHONE_DIGITS = 3, 13
_ANNOUNCED_WORDS = 12


@dataclass(frozen=True)
class _Row:
    """Digits that belong together: their tokens and their number."""

    first: int
    last: int
    digits: int


def payment_stretches(transcript: Transcript) -> tuple[Span, ...]:
    """The stretches in order, apart from each other, in seconds; those of keys come from `transcript.sound`."""
    message = read_everybody(transcript)
    rows = list(_rows(message, transcript))
    telephones = list(_telephones(message, rows))
    said = _kept_open(_opened(message, rows, telephones), [_span(message, row.first, row.last) for row in rows])
    tones = [tone for sound in transcript.sound or () for tone in sound.tones]
    talked = [rest for stretch in said for rest in span_without(stretch, telephones)]
    return join_spans([*talked, *card_key_stretches(tones)])


def _rows(message: Message, transcript: Transcript) -> Iterator[_Row]:
    """All numbers that may be part of a card's, whoever says them."""
    numbers = language_of(transcript).numbers
    counted = [(at, count_digits(token.text, numbers) or 0) for at, token in enumerate(message.tokens)]
    announced = [found.first for pattern in (CARD, BESIDE, MENTION, TELEPHONE) for found in message.find(pattern)]
    row: list[tuple[int, int]] = []
    for at, digits in (one for one in counted if one[1]):
        if row and (not _belongs(message, row[-1][0], at) or any(row[-1][0] < one < at for one in announced)):
            yield from _row(row)
            row = []
        row.append((at, digits))
    yield from _row(row)


def _belongs(message: Message, last: int, at: int) -> bool:
    seconds = message.tokens[at].start - message.tokens[last].end
    return at - last <= _APART_WORDS + 1 and seconds <= _APART_SECONDS


def _row(row: Sequence[tuple[int, int]]) -> Iterator[_Row]:
    digits = sum(count for _, count in row)
    if digits >= _FEWEST_DIGITS:
        yield _Row(row[0][0], row[-1][0], digits)


def _telephones(message: Message, rows: Sequence[_Row]) -> Iterator[Span]:
    """From the announcement of each telephone number to its end."""
    cards = [found.first for pattern in (CARD, BESIDE, MENTION) for found in message.find(pattern)]
    for announced in message.find(TELEPHONE):
        row = next((row for row in rows if row.first >= announced.stop), None)
        if row is None or row.first - announced.stop > _ANNOUNCED_WORDS or row.digits > _TELEPHONE_DIGITS:
            continue
        if not any(announced.first <= card <= row.last for card in cards):
            yield _span(message, announced.first, row.last)


def _opened(message: Message, rows: Sequence[_Row], telephones: Sequence[Span]) -> Iterator[Span]:
    """What each wording, and each number as long as a card's, takes for payment by itself."""
    for pattern, before, after in (
        (CARD, _BEFORE_CARD_SECONDS, _CARD_SECONDS),
        (BESIDE, _BEFORE_BESIDE_SECONDS, _CARD_SECONDS),
        (MENTION, _BEFORE_MENTION_SECONDS, _MENTION_SECONDS),
    ):
        for found in message.find(pattern):
            span = _span(message, found.first, found.stop - 1)
            yield Span(max(0.0, span.start - before), span.end + after)
    for row in rows:
        span = _span(message, row.first, row.last)
        if row.digits >= _TELEPHONE_DIGITS and not any(one.start <= span.start <= one.end for one in telephones):
            yield Span(span.start, span.end + _DIGITS_SECONDS)


def _kept_open(opened: Iterable[Span], numbers: Sequence[Span]) -> Sequence[Span]:
    """The stretches, each reaching on from number to number."""
    stretches = [*join_spans(opened)]
    for number in numbers:
        for at, stretch in enumerate(stretches):
            if stretch.start <= number.end and number.start <= stretch.end:
                end = max(stretch.end, number.end + _DIGITS_SECONDS)
                stretches[at] = Span(min(stretch.start, number.start), end)
    return join_spans(stretches)


def _span(message: Message, first: int, last: int) -> Span:
    return Span(message.tokens[first].start, message.tokens[last].end)
