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
from voiceops.domain.private import Private
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word

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


def find_private(transcript: Transcript, wanted: Collection[Private]) -> Mapping[Place, Private]:
    """Where words stand that are to be masked, and as what."""
    language = language_of(transcript)
    hidden: dict[Place, Private] = {}
    for party in Party:
        said = list(_said(transcript, party, language))
        if Private.EMAIL in wanted:
            hidden.update(dict.fromkeys(_addresses(said), Private.EMAIL))
        for place, digits in _long_numbers(said, fewest=fewest_digits(wanted)):
            hidden.setdefault(place, _kind(digits, wanted))
    return hidden


def fewest_digits(wanted: Collection[Private]) -> int | None:
    """From how many digits on a number is private; None where no number is."""
    return min((_FEWEST_DIGITS[one] for one in wanted if one in _FEWEST_DIGITS), default=None)


def _kind(digits: int, wanted: Collection[Private]) -> Private:
    """What a number of so many digits most likely is."""
    return next(one for one, fewest in _FEWEST_DIGITS.items() if one in wanted and digits >= fewest)


def mask_words(transcript: Transcript, hidden: Collection[Place]) -> Transcript:
    """The transcript with these words masked."""
    utterances = tuple(_masked(one, at, hidden) for at, one in enumerate(transcript.utterances))
    return replace(transcript, utterances=utterances)


def _said(transcript: Transcript, party: Party, language: Language) -> Iterator[_Said]:
    """All that one party says, through the other's "yes" in between."""
    for at, utterance in enumerate(transcript.utterances):
        if utterance.party is party:
            for place, text in enumerate(_texts(utterance)):
                yield _Said(at, place, fold(text), count_digits(text, language.numbers))


def _texts(utterance: Utterance) -> Sequence[str]:
    return [word.text for word in utterance.words] or utterance.text.split()


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
    texts = [MASK if place in places else text for place, text in enumerate(_texts(utterance))]
    words = tuple(
        Word(MASK, word.start, word.end) if place in places else word for place, word in enumerate(utterance.words)
    )
    return replace(utterance, text=" ".join(texts), words=words)
