"""The words of a transcript one by one, with their place in it and how many digits each says."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from voiceops.analysis.facts.count_digits import count_digits
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import DOUBTED_PROBABILITY, fold
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word

# Of an utterance, and of a word in it, both counted from 0.
Place = tuple[int, int]

# How many digits a word adds to the one that follows it: "triple one", "kétszer négy".
_MORE = {
    fold(word): digits
    for words, digits in (
        ("double twice dupla duplán kétszer 2x دوبل دوتا", 1),
        ("triple treble tripla háromszor 3x سه‌تا سهتا", 2),
        ("quadruple négyszer 4x چهارتا", 3),
    )
    for word in words.split()
}


@dataclass(frozen=True)
class Said:
    """One word: `text` is folded, `digits` how many it says, None where it is no number.

    `doubted` are words that the engine itself doubts.
    """

    place: Place
    text: str
    raw: str
    digits: int | None
    start: float
    end: float
    doubted: bool = False


def said_by(transcript: Transcript, parties: Collection[Party], language: Language) -> list[Said]:
    """All that these say, through the others' "yes" in between."""
    words = [
        Said((at, place), fold(word.text).strip(".,;:!?…-"), word.text, None, word.start, word.end, _is_doubted(word))
        for at, utterance in enumerate(transcript.utterances)
        if utterance.party in parties
        for place, word in enumerate(words_of(utterance))
    ]
    return list(_counted(words, language))


def words_of(utterance: Utterance) -> Sequence[Word]:
    """Its words; where none is timed each may lie anywhere in it."""
    return utterance.words or [Word(text, utterance.start, utterance.end) for text in utterance.text.split()]


def _counted(words: Sequence[Said], language: Language) -> Iterator[Said]:
    """With their digits; what recognisers write for a digit counts behind one ("four to one")."""
    before: int | None = None
    for one in words:
        before = _MORE.get(one.text) or count_digits(one.raw, language.numbers) or _misheard(one, before, language)
        yield replace(one, digits=before)


def _is_doubted(word: Word) -> bool:
    return word.probability is not None and word.probability < DOUBTED_PROBABILITY


def _misheard(one: Said, before: int | None, language: Language) -> int | None:
    return 1 if before and one.text in language.numbers.sound_alike else None
