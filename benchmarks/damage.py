"""A recogniser-like error model for written dialogues: what telephone recognisers do to words, with its parameters.

Every word is hit with the probability `rate`. What happens to a word that is hit:

- 55 % it is replaced by something that sounds like it: half the time another word of the vocabulary with the
  nearest spelling (Jaro-Winkler, at least 0.8), else its letters change (one change for each four letters:
  voiced and voiceless, vowels, doubled letters, a lost ending; for Persian, letters of one sound).
- 20 % it is lost (a word of up to three letters twice as often as a longer one, which is replaced instead).
- 10 % a short word is put in behind it.
- 15 % it is split in two or joined with the next (even odds).

Beside these, which count as word errors, a whole dialogue may lose all punctuation and capitals (40 %), all
accents (Hungarian, 30 %), or get Arabic letter forms and spaces for half-spaces (Persian, 50 %).
"""

# ruff: noqa: RUF001, SIM905 - letters of three scripts, and lists that people read and edit

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

_VOICES = dict(zip("bdgvzptkfs", "ptkfsbdgvz", strict=True))
_VOWELS = "aeiou"
_PERSIAN = {"ض": "ز", "ظ": "ز", "ذ": "ز", "ز": "ض", "ص": "س", "ث": "س", "س": "ص", "ط": "ت", "ت": "ط", "ح": "ه",
            "ه": "ح", "ق": "غ", "غ": "ق", "ب": "پ", "د": "ت", "ک": "گ", "ع": "ا", "آ": "ا", "ی": "ه"}  # fmt: skip
_SHORT_WORDS = {
    "en": "a the uh and so to it".split(),
    "hu": "a az és hát ez is".split(),
    "fa": "و که این به را".split(),
}
_MARKS = ".,?!:;؟،؛"


@dataclass(frozen=True)
class Damage:
    """The model for one language. `vocabulary` gives real words to confuse with; `rate` is 0..1.

    `spare` names words that are never lost, only changed (for telling apart what cannot be known).
    """

    language: str
    rate: float
    vocabulary: Sequence[str]
    spare: frozenset[str] = frozenset()

    def dialogue(self, turns: Sequence[str], chance: random.Random) -> list[str]:
        """Every turn damaged; the marks of a whole dialogue are lost together."""
        damaged = [" ".join(self.words(turn.split(), chance)) for turn in turns]
        if self.rate == 0:
            return damaged
        if chance.random() < 0.4:
            damaged = ["".join(sign for sign in turn if sign not in _MARKS).lower() for turn in damaged]
        if self.language == "hu" and chance.random() < 0.3:
            damaged = [_without_accents(turn) for turn in damaged]
        if self.language == "fa" and chance.random() < 0.5:
            damaged = [turn.replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ") for turn in damaged]
        return damaged

    def words(self, words: Sequence[str], chance: random.Random) -> list[str]:
        """The words with errors at `rate`."""
        heard: list[str] = []
        join = False
        for word in words:
            result = self._hit(word, chance) if chance.random() < self.rate else [word]
            if join and result and heard:
                heard[-1] += result.pop(0)
            join = result == [word] and chance.random() < self.rate * 0.075
            heard += result
        return heard

    def _hit(self, word: str, chance: random.Random) -> list[str]:
        what = chance.random()
        bare = word.strip(_MARKS).lower()
        if what < 0.2 and bare not in self.spare:
            return [] if len(bare) <= 3 or chance.random() < 0.5 else [self._sound_alike(word, chance)]
        if what < 0.3:
            return [word, chance.choice(_SHORT_WORDS[self.language])]
        if what < 0.375 and len(bare) >= 6:
            at = chance.randint(2, len(bare) - 2)
            return [word[:at], word[at:]]
        return [self._sound_alike(word, chance)]

    def _sound_alike(self, word: str, chance: random.Random) -> str:
        bare = word.strip(_MARKS)
        if chance.random() < 0.5:
            near = [
                other
                for other in self.vocabulary
                if other != bare.lower() and JaroWinkler.similarity(other, bare.lower()) >= 0.8
            ]
            if near:
                return max(near, key=lambda other: JaroWinkler.similarity(other, bare.lower()) + 0.2 * chance.random())
        for _ in range(1 + len(bare) // 4):
            bare = self._change(bare, chance)
        return bare or word

    def _change(self, word: str, chance: random.Random) -> str:
        if not word:
            return word
        at = chance.randrange(len(word))
        sign = word[at]
        if self.language == "fa":
            return word[:at] + _PERSIAN.get(sign, "") + word[at + 1 :] if len(word) > 2 else word
        if sign.lower() in _VOICES:
            return word[:at] + _VOICES[sign.lower()] + word[at + 1 :]
        if _without_accents(sign).lower() in _VOWELS:
            return word[:at] + chance.choice(_VOWELS) + word[at + 1 :]
        return word[:at] + word[at + 1 :] if len(word) > 2 else word


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
