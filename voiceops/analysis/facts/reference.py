"""The account, order or case reference a caller gives, letters included."""

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message, Token
from voiceops.analysis.facts.named import explanation_length
from voiceops.analysis.facts.spoken_digits import Atom, Kind, atom_of, readings
from voiceops.domain.caller_facts import Fact

# A cue without "number" is weak: "order" may be a verb, so the reference must be long enough.
FEWEST_DIGITS, FEWEST_EXPLICIT = 3, 2
LONGEST_LETTER_CODE = 4
DASHES = frozenset({"dash", "hyphen", "minus", "kotojel", "خط"})
SLASHES = frozenset({"slash", "stroke", "per", "perjel", "اسلش", "ممیز"})
SILENT = frozenset({"تیره"})
# Letters that are not spelled out but read as a word, in front of the digits: "hb seventeen".
LONGEST_READ_CODE = 3
# Single letters that are words when they end a reference in text without capitals.
LETTER_WORDS = frozenset({"a", "i", "o", "s", "و"})


def find_reference(message: Message, language: Language) -> Fact[str] | None:
    """The reference as it would be written: digits together, letters in capitals, written dashes kept."""
    for found in message.find(language.reference):
        first, stop = found.stop, _reach(message, found.stop, language)
        fewest = FEWEST_EXPLICIT if _is_explicit(found, message) else FEWEST_DIGITS
        if not _count(message, (first, stop), language):
            (first, stop), fewest = _before(message, found.first, language), FEWEST_DIGITS
        digits = _count(message, (first, stop), language)
        if digits >= fewest:
            tokens, value = message.tokens[first:stop], _written(message, (first, stop), language)
            sure = 0.85 if digits >= FEWEST_DIGITS else 0.6
            return Fact(value, message.spoken(first, stop), sure, tokens[0].start, tokens[-1].end)
    return None


def _count(message: Message, span: tuple[int, int], language: Language) -> int:
    return sum(c.isdigit() for c in _written(message, span, language))


def _before(message: Message, at: int, language: Language) -> tuple[int, int]:
    """The reference in front of its cue: "the 2026/1142 case", "4512 is my order number"."""
    tokens, stop = message.tokens, at
    while stop and tokens[stop - 1].text in language.phone.is_words | LINKS and not tokens[stop - 1].ends_clause:
        stop -= 1
    first = stop
    while first and _belongs(tokens[first - 1], first - 1, language) and not tokens[first - 1].ends_clause:
        first -= 1
    while first < stop and tokens[first].text in LETTER_WORDS:
        first += 1
    return first, stop


# What may stand between a reference and the cue behind it.
LINKS = frozenset({"es", "os", "as", "a", "az"})


def _is_explicit(found: Match, message: Message) -> bool:
    announced = found.stop < len(message.tokens) and "#" in message.tokens[found.stop].before
    return announced or found.stop - found.first > 1


def _reach(message: Message, at: int, language: Language) -> int:
    """The token after the reference that begins at a token."""
    tokens, stop = message.tokens, at + _read_code(message, at, language)
    while stop < len(tokens) and _belongs(tokens[stop], stop, language):
        if stop > at and _is_amount(message, stop, language):
            break
        stop += 1 + explanation_length(tokens[stop : stop + 4])
        if tokens[stop - 1].ends_sentence and not tokens[stop - 1].after.startswith("-"):
            break
    while stop > at and (
        tokens[stop - 1].text in LETTER_WORDS
        or tokens[stop - 1].text in DASHES
        or tokens[stop - 1].text in language.numbers.and_words
    ):
        stop -= 1
    return stop


def _is_amount(message: Message, at: int, language: Language) -> bool:
    """Whether a unit follows a number: what was counted is no part of a reference ("invoice 20417 two times")."""
    following = message.tokens[at + 1] if at + 1 < len(message.tokens) else None
    if following is None or message.tokens[at].ends_clause or following.text not in language.phone.units:
        return False
    return atom_of(following, at + 1, numbers=language.numbers) is None


def _read_code(message: Message, at: int, language: Language) -> int:
    """1 where a reference begins with letters that are read as a word, in text without capitals; else 0."""
    if message.is_cased or at + 1 >= len(message.tokens):
        return 0
    text = message.tokens[at].text
    fits = 1 < len(text) <= LONGEST_READ_CODE and text.isascii() and text.isalpha() and text not in language.common
    follows = atom_of(message.tokens[at + 1], at + 1, numbers=language.numbers)
    return int(fits and follows is not None and atom_of(message.tokens[at], at, numbers=language.numbers) is None)


def _belongs(token: Token, index: int, language: Language) -> bool:
    text = token.text
    is_letter = len(text) == 1 and text.isalpha()
    mixed = any(c.isdigit() for c in text)
    short_code = token.raw.isupper() and len(text) <= LONGEST_LETTER_CODE and text.isascii() and token.raw != "I"
    return (
        is_letter
        or mixed
        or short_code
        or text in DASHES | SLASHES | SILENT
        or atom_of(token, index, numbers=language.numbers) is not None
    )


def _written(message: Message, span: tuple[int, int], language: Language) -> str:
    """Tokens of a reference as one code."""
    written = ""
    row: list[Atom] = []
    for index in range(*span):
        token = message.tokens[index]
        if not _belongs(token, index, language) and index > span[0]:
            continue
        atom = atom_of(token, index, numbers=language.numbers)
        sign = token.before.strip()
        dashed = index > span[0] and sign in {"-", "/"}
        if atom is not None and not dashed:
            row.append(atom)
            continue
        written += _digits(row, language) + (sign if dashed else "")
        row = [] if atom is None else [atom]
        if atom is None:
            written += _sign(token.text) or token.raw.upper() * (token.text not in SILENT)
    return written + _digits(row, language)


def _sign(text: str) -> str:
    return "-" if text in DASHES else "/" if text in SLASHES else ""


def _digits(row: list[Atom], language: Language) -> str:
    while row and row[-1].kind in {Kind.AND, Kind.TALLY}:
        row = row[:-1]
    if not row:
        return ""
    return "".join(group.digits for group in readings(row, language.numbers)[0])
