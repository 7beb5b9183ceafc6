"""The account, order or case reference a caller gives, letters included."""

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message, Token
from voiceops.analysis.facts.named import explanation_length
from voiceops.analysis.facts.spoken_digits import Atom, Kind, atom_of, readings
from voiceops.domain.caller_facts import Fact

# A cue without "number" is weak: "order" may be a verb, so the reference must be long enough.
FEWEST_DIGITS = 3
LONGEST_LETTER_CODE = 4
DASHES = frozenset({"dash", "hyphen", "minus", "kotojel", "خط"})
# Single letters that are words when they end a reference in text without capitals.
LETTER_WORDS = frozenset({"a", "i", "o", "s", "و"})


def find_reference(message: Message, language: Language) -> Fact[str] | None:
    """The reference as it would be written: digits together, letters in capitals, written dashes kept."""
    for found in message.find(language.reference):
        stop = _reach(message, found.stop, language)
        value = _written(message, (found.stop, stop), language)
        digits = sum(c.isdigit() for c in value)
        announced = "#" in message.tokens[found.stop].before if found.stop < len(message.tokens) else False
        if digits >= (2 if announced or _is_explicit(found) else FEWEST_DIGITS):
            tokens = message.tokens[found.stop : stop]
            spoken = message.spoken(found.stop, stop)
            return Fact(value, spoken, 0.85 if digits >= FEWEST_DIGITS else 0.6, tokens[0].start, tokens[-1].end)
    return None


def _is_explicit(found: Match) -> bool:
    return found.stop - found.first > 1


def _reach(message: Message, at: int, language: Language) -> int:
    """The token after the reference that begins at a token."""
    tokens, stop = message.tokens, at
    while stop < len(tokens) and _belongs(tokens[stop], stop, language):
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


def _belongs(token: Token, index: int, language: Language) -> bool:
    text = token.text
    is_letter = len(text) == 1 and text.isalpha()
    mixed = any(c.isdigit() for c in text)
    short_code = token.raw.isupper() and len(text) <= LONGEST_LETTER_CODE and text.isascii() and token.raw != "I"
    return (
        is_letter
        or mixed
        or short_code
        or text in DASHES
        or atom_of(token, index, numbers=language.numbers) is not None
    )


def _written(message: Message, span: tuple[int, int], language: Language) -> str:
    """Tokens of a reference as one code."""
    written = ""
    row: list[Atom] = []
    for index in range(*span):
        token = message.tokens[index]
        if not _belongs(token, index, language):
            continue
        atom = atom_of(token, index, numbers=language.numbers)
        dashed = index > span[0] and token.before.strip() == "-"
        if atom is not None and not dashed:
            row.append(atom)
            continue
        written += _digits(row, language) + ("-" if dashed else "")
        row = [] if atom is None else [atom]
        if atom is None:
            written += "-" if token.text in DASHES else token.raw.upper()
    return written + _digits(row, language)


def _digits(row: list[Atom], language: Language) -> str:
    while row and row[-1].kind in {Kind.AND, Kind.TALLY}:
        row = row[:-1]
    if not row:
        return ""
    return "".join(group.digits for group in readings(row, language.numbers)[0])
