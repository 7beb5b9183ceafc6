"""A message as one row of timed tokens with a folded line to search in; knows nothing of meaning.

Recognisers write lower-case words without punctuation, or punctuated text with digits. Both become the
same tokens: split at spaces, hyphens and slashes, folded for comparing, with the raw spelling kept.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

# Letters and digits, clock times and decimals ("3:30", "3.30", "1,200") stay one piece; hyphens split.
# A zero-width non-joiner and vowel marks stand inside Persian words; only "am" after one is a word ("I am").
_LETTER = r"(?:[^\W_]|(?!\u200cام(?!\w))[\u200c\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670])"
_PIECE = re.compile(rf"\d+(?:[:.,]\d+)+(?!\w)|[^\W_]{_LETTER}*(?:['’][^\W_]+)*")
_UNITS = re.compile(r"(\d+(?:[:.]\d+)?)(am|pm|a|p|h|kor|ig)|(\d{3,})(x)(\d{1,6})")
_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'”»)]*\s")
_CLAUSE_END = re.compile(r"[,;:،؛]|—|–|\s-\s")
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و"})

_ABBREVIATED = "mr mrs ms dr prof st no ext ltd inc co kft bt zrt nyrt jr sr id ifj"
ABBREVIATIONS = frozenset(_ABBREVIATED.split())


def composed(text: str) -> str:
    """Text in one spelling of its letters; case, joiners and vowel marks are kept."""
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """Text for comparing: lower case, no accents, one form of letters and digits, no ZWNJ."""
    plain = composed(text).replace("’", "'").replace("\u200c", "").translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain.casefold()) if not unicodedata.combining(c))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in bare)


@dataclass(frozen=True)
class Token:
    """One word. `before` is what stood between it and the token before it; `utterance` counts from 0."""

    raw: str
    text: str
    before: str
    after: str
    start: float
    end: float
    utterance: int
    probability: float | None = None

    @property
    def ends_sentence(self) -> bool:
        """Whether punctuation says that a sentence ends here; the point of "Mr." does not."""
        return bool(_SENTENCE_END.search(self.after)) and self.text not in ABBREVIATIONS

    @property
    def ends_clause(self) -> bool:
        """Whether any punctuation that one pauses at follows."""
        return self.ends_sentence or bool(_CLAUSE_END.search(self.after))


@dataclass(frozen=True)
class Match:
    """A stretch of tokens, `first` to before `stop`, and the named groups that were found in it."""

    first: int
    stop: int
    groups: dict[str, str]


@dataclass(frozen=True)
class Message:
    """All tokens of what the caller said, in order."""

    tokens: tuple[Token, ...]

    @cached_property
    def line(self) -> str:
        """The folded tokens with a space between them, or a line break where a sentence ends: patterns
        are written with spaces, so none reaches over the end of a sentence.
        """
        return "".join(token.text + ("\n" if token.ends_sentence else " ") for token in self.tokens)[:-1]

    @cached_property
    def _token_at(self) -> list[int]:
        """For each character of the line, the token it belongs to (a space: the token after it)."""
        places: list[int] = []
        for index, token in enumerate(self.tokens):
            places.extend([index] * (len(token.text) + (1 if index else 0)))
        return places

    @cached_property
    def is_cased(self) -> bool:
        """Whether capitals carry meaning: the script has them, and some token inside a sentence starts with one."""
        has_capitals = 2 * sum(t.raw.upper() != t.raw.lower() for t in self.tokens) >= len(self.tokens)
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        return has_capitals and any(
            b.raw[0].isupper() and b.text.split("'")[0] != "i" and not a.ends_sentence for a, b in pairs
        )

    def find(self, pattern: re.Pattern[str]) -> tuple[Match, ...]:
        """All matches, in order, each within one sentence; the pattern is one for folded text."""
        if pattern not in self._found:
            self._found[pattern] = tuple(self._search(pattern))
        return self._found[pattern]

    @cached_property
    def _found(self) -> dict[re.Pattern[str], tuple[Match, ...]]:
        """What was searched for before; the same cues are asked for at every number."""
        return {}

    def _search(self, pattern: re.Pattern[str]) -> Iterator[Match]:
        for found in pattern.finditer(self.line):
            if found.end() > found.start():
                groups = {name: value for name, value in found.groupdict().items() if value}
                yield Match(*self._tokens_of(found.start(), found.end()), groups)

    def masked(self, hidden: frozenset[int]) -> "Message":
        """This message with some tokens made unreadable, for what must not be found in them."""
        return Message(
            tuple(replace(t, text="\u00b7" * len(t.text)) if n in hidden else t for n, t in enumerate(self.tokens))
        )

    def begins(self, pattern: re.Pattern[str], at: int) -> bool:
        """Whether a match of the pattern begins at a token."""
        return at < len(self.tokens) and pattern.match(self.line, self._offsets[at]) is not None

    @cached_property
    def _offsets(self) -> list[int]:
        """Where in the line each token begins."""
        return list(accumulate((len(token.text) + 1 for token in self.tokens), initial=0))

    def spoken(self, first: int, stop: int) -> str:
        """The words as they were written in the transcript, without punctuation around them."""
        kept = self.tokens[first:stop]
        return "".join((token.before if n else "") + token.raw for n, token in enumerate(kept)).strip()

    def sentence_breaks_between(self, first: int, stop: int) -> int:
        """How many sentences end among the tokens from `first` to before `stop`."""
        return sum(token.ends_sentence for token in self.tokens[first:stop])

    def _tokens_of(self, start: int, end: int) -> tuple[int, int]:
        if start >= len(self._token_at):
            return len(self.tokens), len(self.tokens)
        last = end - 1
        while last > start and self.line[last].isspace():
            last -= 1
        return self._token_at[start + (1 if self.line[start].isspace() else 0)], self._token_at[last] + 1


def read_message(transcript: Transcript) -> Message:
    """The caller's tokens; an agent's words are left out. Words without times share the utterance's evenly."""
    return _read(transcript, set(Party) - {Party.AGENT})


def read_everybody(transcript: Transcript) -> Message:
    """The tokens of all parties, utterance after utterance; times as `read_message` has them."""
    return _read(transcript, set(Party))


def _read(transcript: Transcript, parties: Collection[Party]) -> Message:
    said = [(number, one) for number, one in enumerate(transcript.utterances) if one.party in parties]
    return Message(tuple(token for number, one in said for token in _tokens_of(one, number)))


def _tokens_of(utterance: Utterance, number: int) -> Iterator[Token]:
    text = composed(utterance.text or " ".join(word.text for word in utterance.words))
    pieces = [(m.start(), m.end()) for m in _PIECE.finditer(text)]
    times = _times(utterance, text)
    for n, (begin, end) in enumerate(pieces):
        before = text[pieces[n - 1][1] if n else 0 : begin] or ("" if n else " ")
        after = text[end : pieces[n + 1][0]] if n + 1 < len(pieces) else f"{text[end:]}\n"
        (start_s, _, probability), (_, end_s, _) = times[begin], times[end - 1]
        token = Token(
            text[begin:end],
            fold(text[begin:end]),
            before if n else " " + before.lstrip(),
            after,
            start_s,
            end_s,
            number,
            probability,
        )
        yield from _split_units(token)


def _split_units(token: Token) -> Iterator[Token]:
    """'5pm' as '5' and 'pm', '0199x12' as '0199', 'x' and '12'."""
    found = _UNITS.fullmatch(token.text)
    if not found or len(token.raw) != len(token.text):
        yield token
        return
    begin = 0
    for part in filter(None, found.groups()):
        end = begin + len(part)
        before, after = token.before if begin == 0 else "", token.after if end == len(token.text) else ""
        yield replace(token, raw=token.raw[begin:end], text=part, before=before, after=after)
        begin = end


def _times(utterance: Utterance, text: str) -> list[tuple[float, float, float | None]]:
    """For each character of the text: start and end of its word in seconds, and its probability."""
    placed = _placed_words(utterance, text)
    if placed is not None:
        return placed
    span = max(utterance.end - utterance.start, 0.0) / max(len(text), 1)
    return [(utterance.start + span * n, utterance.start + span * (n + 1), None) for n in range(len(text))]


def _placed_words(utterance: Utterance, text: str) -> list[tuple[float, float, float | None]] | None:
    """Word times laid over the text letter by letter; None where words and text do not agree."""
    letters: list[tuple[float, float, float | None]] = []
    spelled = ""
    for word in utterance.words:
        bare = "".join(composed(word.text).split())
        spelled += bare
        letters.extend([(word.start, word.end, word.probability)] * len(bare))
    if not letters or spelled != "".join(text.split()):
        return None
    placed, n = [], 0
    for character in text:
        placed.append(letters[min(n, len(letters) - 1)])
        n += not character.isspace()
    return placed


# Below this the engine itself doubts a word.
DOUBTED_PROBABILITY = 0.5


def heard_badly(confidence: float, tokens: Sequence[Token]) -> float:
    """A confidence, lowered where the engine doubted one of the words; unchanged where it gave no probabilities."""
    lowest = min((token.probability for token in tokens if token.probability is not None), default=1.0)
    return confidence if lowest >= DOUBTED_PROBABILITY else min(confidence, DOUBTED_PROBABILITY + lowest / 2)
