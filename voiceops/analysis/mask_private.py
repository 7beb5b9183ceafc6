"""Masks what is private in a transcript: long numbers, said or written, and e-mail addresses.

It fails closed: whether a number is a card's or merely as long as one, whether a digit was heard wrong, nobody can
tell, so whatever is long enough is masked. Words keep their times.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from voiceops.analysis.facts.count_digits import count_digits
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.languages import language_of
from voiceops.analysis.facts.message import fold
from voiceops.analysis.payment_stretches import payment_stretches
from voiceops.domain.private import Masked, Private
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Transcript, Utterance, Word

MASK = "•••"
# The fewest digits that count as each. A card has 13 to 19, of which a recogniser may lose one.
_FEWEST_DIGITS: Mapping[Private, int] = {
    Private.CARD: 12,
    Private.ACCOUNT: 8,
    Private.PHONE: 6,
    Private.REFERENCE: 5,
}
# Words that may stand between two parts of one number: "and then", "wait a second".
_LONGEST_GAP = 3
_FEWEST_PAID_WITH = 3
# How "@" and "." of an address are said.
_AT = frozenset(map(fold, ("at", "@", "kukac", "ات", "اَت")))
_DOT = frozenset(map(fold, ("dot", "point", "pont", "دات", "نقطه")))
_LONGEST_ADDRESS = 6

# Of an utterance, and of a word in it, both counted from 0.
Place = tuple[int, int]


@dataclass(frozen=True)
class _Said:
    """One word, where it stands, and how many digits it says; None where it is no number."""

    utterance: int
    word: int
    text: str
    digits: int | None
    start: float
    end: float


def find_private(transcript: Transcript, wanted: Collection[Private]) -> Mapping[Place, Private]:
    """Where words stand that are to be masked, and as what."""
    language = language_of(transcript)
    hidden: dict[Place, Private] = {}
    paying = payment_stretches(transcript) if Private.CARD in wanted else ()
    # Where voices were told apart, part of a number may have gone to the wrong party: all of them are read as one, too.
    for parties in (*({party} for party in Party), *([set(Party)] if transcript.is_separated else [])):
        said = list(_said(transcript, parties, language))
        if Private.EMAIL in wanted:
            hidden.update(dict.fromkeys(_addresses(said), Private.EMAIL))
        if Private.CARD in wanted:
            hidden.update(dict.fromkeys(_paid_with(said, paying), Private.CARD))
        for place, digits in _long_numbers(said, fewest=fewest_digits(wanted)):
            hidden.setdefault(place, _kind(digits, wanted))
    return hidden


def fewest_digits(wanted: Collection[Private]) -> int | None:
    """From how many digits on a number is private; None where no number is."""
    return min((_FEWEST_DIGITS[one] for one in wanted if one in _FEWEST_DIGITS), default=None)


def _kind(digits: int, wanted: Collection[Private]) -> Private:
    """What a number of so many digits most likely is."""
    return next(one for one, fewest in _FEWEST_DIGITS.items() if one in wanted and digits >= fewest)


def mask_words(transcript: Transcript, hidden: Mapping[Place, Private]) -> Transcript:
    """The transcript with these words masked."""
    utterances = tuple(_masked(one, at, hidden) for at, one in enumerate(transcript.utterances))
    return replace(transcript, utterances=utterances, masked=tuple(_runs(hidden)))


def _runs(hidden: Mapping[Place, Private]) -> Iterator[Masked]:
    """What is masked, side by side."""
    run: Masked | None = None
    for (utterance, word), what in sorted(hidden.items()):
        if run is not None and (run.what, run.utterance, run.stop) == (what, utterance, word):
            run = replace(run, stop=word + 1)
            continue
        if run is not None:
            yield run
        run = Masked(what, utterance, word, word + 1)
    if run is not None:
        yield run


def _said(transcript: Transcript, parties: Collection[Party], language: Language) -> Iterator[_Said]:
    """All that these say, through the others' "yes" in between."""
    for at, utterance in enumerate(transcript.utterances):
        if utterance.party in parties:
            for place, word in enumerate(words_of(utterance)):
                yield _Said(at, place, fold(word.text), count_digits(word.text, language.numbers), word.start, word.end)


def words_of(utterance: Utterance) -> Sequence[Word]:
    """Its words; where none is timed each may lie anywhere in it."""
    return utterance.words or [Word(text, utterance.start, utterance.end) for text in utterance.text.split()]


def _long_numbers(said: Sequence[_Said], *, fewest: int | None) -> Iterator[tuple[Place, int]]:
    """The places of all words of each row that says so many digits, with the words between its parts."""
    row: list[int] = []
    if fewest is None:
        return
    for at in [*(at for at, one in enumerate(said) if one.digits is not None), len(said) + _LONGEST_GAP + 1]:
        if row and at - row[-1] > _LONGEST_GAP + 1:
            digits = sum(said[place].digits or 0 for place in row)
            if digits >= fewest:
                yield from (((one.utterance, one.word), digits) for one in said[row[0] : row[-1] + 1])
            row = []
        row.append(at)


def _paid_with(said: Sequence[_Said], paying: Sequence[Span]) -> Iterator[Place]:
    """The places of numbers in a payment, however short: of the card, when it expires, the code on its back."""
    inside = [one for one in said if any(span.start < one.end and one.start < span.end for span in paying)]
    yield from (place for place, _ in _long_numbers(inside, fewest=_FEWEST_PAID_WITH))


def _addresses(said: Sequence[_Said]) -> Iterator[Place]:
    """The places of written addresses, and of what is said around an "at" that a "dot" follows."""
    for at, one in enumerate(said):
        if "@" in one.text and len(one.text) > 1:
            yield one.utterance, one.word
        dots = [place for place in range(at + 1, min(at + _LONGEST_ADDRESS, len(said))) if said[place].text in _DOT]
        if one.text in _AT and dots:
            hidden = said[max(0, at - _LONGEST_ADDRESS) : dots[-1] + 2]
            yield from ((found.utterance, found.word) for found in hidden)


def _masked(utterance: Utterance, at: int, hidden: Collection[Place]) -> Utterance:
    places = {place for number, place in hidden if number == at}
    if not places:
        return utterance
    texts = [MASK if place in places else word.text for place, word in enumerate(words_of(utterance))]
    words = tuple(
        Word(MASK, word.start, word.end) if place in places else word for place, word in enumerate(utterance.words)
    )
    return replace(utterance, text=" ".join(texts), words=words)
