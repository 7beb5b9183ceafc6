"""Spoken text to comparable tokens, per language, each token keeping the place of the words it came from."""

# ruff: noqa: RUF001 - the marks and digits of three scripts are the point

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from voiceops.analysis.languages import Language, language_of
from voiceops.analysis.languages.language import Words
from voiceops.analysis.normalise_numbers import spell, value_of_digits


class Kind(IntEnum):
    """What a token is for matching."""

    CONTENT = 0
    FUNCTION = 1
    NEGATION = 2
    NUMBER = 3


class Break(IntEnum):
    """The border after a token: none, a comma, a sentence's end, a question mark."""

    NONE = 0
    COMMA = 1
    STOP = 2
    QUESTION = 3


@dataclass(slots=True, eq=False)
class Token:
    """One comparable form. `first` and `last` are indexes of the words it came from.

    `closes` where it ends a turn whose negations are settled within it.
    """

    form: str
    kind: Kind
    first: int
    last: int
    border: Break = Break.NONE
    closes: bool = False


def goes_on(tokens: Sequence[Token], at: int, joining: Words) -> bool:
    """Whether a clause goes on behind a token: no mark there, or one of the `joining` words behind its comma."""
    border = tokens[at].border
    return border is Break.NONE or (border is Break.COMMA and tokens[at + 1].form in joining)


Piece = tuple[str, Kind]

_PUNCTUATION = re.compile(r"[^\w\s'\-.,:]+|_", re.UNICODE)
_NUMERIC = re.compile(r"^[\W_]*(\d[\d.,: ]*)(.*)$", re.DOTALL)
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٬", "01234567890123456789.,")
_STOPS = ".!…؛;۔"
_QUESTIONS = "?؟"
_COMMAS = ",،:–—"


def normalise(words: Sequence[str], code: str) -> list[Token]:
    """Tokens of whole words (as split at spaces), in order; fillers and bare punctuation give none."""
    language = language_of(code)
    tokens: list[Token] = []
    joining = _joining(language)
    has_numbers = has_letters = has_glue = was_letter = False
    for index, word in enumerate(words):
        pieces, border = read_word(word, language.code)
        for form, kind in pieces:
            is_letter = len(form) == 1
            has_numbers = has_numbers or kind is Kind.NUMBER
            has_letters = has_letters or (is_letter and was_letter)
            has_glue = has_glue or form in joining
            was_letter = is_letter
            tokens.append(Token(form, kind, index, index))
        if border and tokens:
            tokens[-1].border = max(tokens[-1].border, border)
    if has_numbers:
        tokens = _join_numbers(tokens, language)
    if has_letters:
        tokens = _join_letters(tokens)
    return _join_glued(tokens, language) if has_glue else tokens


def normalise_text(text: str, code: str) -> list[Token]:
    """Tokens of one text, its words counted from 0."""
    return normalise(text.split(), code)


@lru_cache(maxsize=200_000)
def read_word(word: str, code: str) -> tuple[tuple[Piece, ...], Break]:
    """The pieces of one written word, and the border after it. Cached: calls repeat their words."""
    language = language_of(code)
    plain = word.translate(_DIGITS)
    border = _border(plain)
    if any(sign.isdigit() for sign in plain):
        return tuple(_numeric_pieces(plain, language)), border
    pieces: list[Piece] = [(language.symbols[sign], Kind.CONTENT) for sign in plain if sign in language.symbols]
    folded = _PUNCTUATION.sub(" ", language.fold(plain)).replace(".", " ").replace(",", " ").replace(":", " ")
    for part in folded.split():
        part_clean = part.strip("-'")
        if part_clean and part_clean not in language.fillers:
            pieces += [_classify(piece, language) for piece in language.split(part_clean) if piece]
    return tuple(pieces), border


def _joining(language: Language) -> frozenset[str]:
    return language.glue | language.glue_back


def _border(word: str) -> Break:
    bare = word.rstrip("\"'»”’)]")
    tail = bare[-1:]
    if not tail:
        return Break.NONE
    if tail in _QUESTIONS or any(sign in _QUESTIONS for sign in bare[-3:]):
        return Break.QUESTION
    if tail in _STOPS:
        return Break.STOP
    return Break.COMMA if tail in _COMMAS else Break.NONE


def _classify(piece: str, language: Language) -> Piece:
    if piece in language.negations:
        return piece, Kind.NEGATION
    if language.number(piece) is not None:
        return piece, Kind.NUMBER
    return piece, Kind.FUNCTION if piece in language.function_words else Kind.CONTENT


def _numeric_pieces(word: str, language: Language) -> Iterable[Piece]:
    """Such as "$29.99" and "14-day": the amount, its unit, and what is left of the word."""
    for part in word.replace("-", " ").split():
        found = _NUMERIC.match(part)
        if found is None:
            clean = _PUNCTUATION.sub("", language.fold(part)).strip(".,:'")
            if clean:
                yield (clean, Kind.CONTENT) if any(s.isdigit() for s in clean) else _classify(clean, language)
            continue
        yield value_of_digits(found[1]), Kind.NUMBER
        for sign in part:
            if sign in language.symbols:
                yield language.symbols[sign], Kind.CONTENT
        rest = _PUNCTUATION.sub("", language.fold(found[2])).strip(".,:'-")
        if rest and not any(sign.isdigit() for sign in rest) and rest not in {"th", "st", "nd", "rd"}:
            yield _classify(rest, language)


def _join_numbers(tokens: list[Token], language: Language) -> list[Token]:
    """Number words that belong together become one number."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind is not Kind.NUMBER or tokens[at].form[0].isdigit():
            joined.append(tokens[at])
            at += 1
            continue
        value, end = spell(tokens, at, language)
        last = tokens[end - 1]
        joined.append(Token(str(value), Kind.NUMBER, tokens[at].first, last.last, last.border))
        at = end
    return joined


def _join_letters(tokens: list[Token]) -> list[Token]:
    """Such as "g d p r" becomes "gdpr"; a single letter alone stays what it is."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if before and _is_letter(token) and before.last < token.first and _is_spelled(before, token):
            joined[-1] = Token(before.form + token.form, Kind.CONTENT, before.first, token.last, token.border)
        else:
            joined.append(token)
    return joined


def _is_letter(token: Token) -> bool:
    return len(token.form) == 1 and token.form.isalpha()


def _is_spelled(before: Token, token: Token) -> bool:
    """Whether `before` is a letter or a run of letters just joined, with no border between."""
    run = before.last - before.first + 1 == len(before.form)
    both_words = before.kind is Kind.FUNCTION and token.kind is Kind.FUNCTION and len(before.form) == 1
    return run and before.form.isalpha() and before.border is Break.NONE and not both_words


def _join_glued(tokens: list[Token], language: Language) -> list[Token]:
    """Parts that were written apart, at a half-space or an apostrophe, become their word."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.form in language.glue and at + 1 < len(tokens) and token.border is Break.NONE:
            follower = tokens[at + 1]
            for piece in language.split(token.form + follower.form):
                form, kind = _classify(piece, language)
                joined.append(Token(form, kind, token.first, follower.last))
            joined[-1].border = follower.border
            at += 2
            continue
        if token.form in language.glue_back and joined and joined[-1].border is Break.NONE:
            before = joined[-1]
            joined.pop()
            for piece in language.split(before.form + token.form):
                form, kind = _classify(piece, language)
                joined.append(Token(form, kind, before.first, token.last))
            joined[-1].border = token.border
        else:
            joined.append(token)
        at += 1
    return joined
