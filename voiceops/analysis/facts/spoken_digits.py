"""Digits out of number words: every way in which spoken numbers can be written down, the likeliest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import chain, islice

from voiceops.analysis.facts.language import NumberWords
from voiceops.analysis.facts.message import Token

# More readings than this are never useful, and each costs a validation.
MOST_READINGS = 64
MOST_TRIES = 2000
# Words of one row that are read; a longer row is a recogniser that stammers.
LONGEST_ROW = 60
TEN, HUNDRED, THOUSAND = 10, 100, 1000


class Kind(Enum):
    """What a word can do in a number."""

    DIGITS = auto()
    UNIT = auto()
    TEEN = auto()
    TENS = auto()
    HUNDREDS = auto()
    HUNDRED = auto()
    THOUSAND = auto()
    REPEAT = auto()
    AND = auto()
    TALLY = auto()


@dataclass(frozen=True)
class Atom:
    """One word of a number: what it does, its value, and which token it is.

    `may_be_no` marks a word that also means "no" (Persian "nine").
    """

    kind: Kind
    value: int
    digits: str
    token: int
    may_be_no: bool = False


@dataclass(frozen=True)
class Group:
    """Digits that were said in one breath, and the tokens they came from."""

    digits: str
    first: int
    stop: int


Reading = tuple[Group, ...]


def atom_of(token: Token, index: int, *, numbers: NumberWords) -> Atom | None:
    """What a token is in a number, or None where it is no number word."""
    text = token.text
    bare = text.replace(":", "").replace(".", "").replace(",", "")
    if bare.isascii() and bare.isdigit():
        return Atom(Kind.DIGITS, int(bare[:15]), bare, index)
    if text in numbers.written:
        digits = numbers.written[text]
        return Atom(Kind.DIGITS, int(digits), digits, index)
    tables = (
        (numbers.units, Kind.UNIT),
        (numbers.teens, Kind.TEEN),
        (numbers.tens, Kind.TENS),
        (numbers.hundreds, Kind.HUNDREDS),
        (numbers.repeats, Kind.REPEAT),
    )
    for table, kind in tables:
        if text in table:
            return Atom(kind, table[text], str(table[text]), index, text in numbers.no_words)
    for members, kind in (
        (numbers.hundred, Kind.HUNDRED),
        (numbers.thousand, Kind.THOUSAND),
        (numbers.and_words, Kind.AND),
        (numbers.tally, Kind.TALLY),
    ):
        if text in members:
            return Atom(kind, 0, "", index)
    value = numbers.compound(text)
    return None if value is None else Atom(_kind_of(value), value, str(value), index)


def _kind_of(value: int) -> Kind:
    """What a number in one word can do: "háromszáz" may still take "negyvenöt"."""
    if value >= HUNDRED:
        return Kind.HUNDREDS if value < THOUSAND and value % HUNDRED == 0 else Kind.DIGITS
    return Kind.TEEN if value >= TEN else Kind.UNIT


def readings(atoms: Sequence[Atom], numbers: NumberWords) -> list[Reading]:
    """All readings of a row of number words, the likeliest first; at most MOST_READINGS."""
    found: list[Reading] = []
    seen: set[tuple[str, ...]] = set()
    row = tuple(atoms[:LONGEST_ROW])
    for reading in islice(chain(_read(row, numbers), _read(_zeros_counted(row, numbers), numbers)), MOST_TRIES):
        key = tuple(group.digits for group in reading)
        if key not in seen:
            seen.add(key)
            found.append(reading)
        if len(found) >= MOST_READINGS:
            break
    return found


def _zeros_counted(row: tuple[Atom, ...], numbers: NumberWords) -> tuple[Atom, ...]:
    """A row that begins with "two zero" read as two zeros, in a language that counts so; else nothing."""
    counted = numbers.tally and len(row) > 1 and row[0].kind is Kind.UNIT and row[0].value > 1
    if not counted or row[1].kind is not Kind.UNIT or row[1].value:
        return ()
    return (replace(row[0], kind=Kind.DIGITS, value=0, digits="0" * row[0].value), *row[2:])


def _read(atoms: tuple[Atom, ...], numbers: NumberWords) -> Iterator[Reading]:
    if not atoms:
        yield ()
        return
    if atoms[0].kind is Kind.THOUSAND and numbers.joined_by_and:
        # "Thousand" alone is 1000 where numbers are said so: "three hundred forty five, thousand and two hundred".
        for digits, used in _with_rest(atoms, (THOUSAND, 1), THOUSAND, numbers):
            group = Group(digits, atoms[0].token, atoms[used - 1].token + 1)
            yield from ((group, *rest) for rest in _read(atoms[used:], numbers))
        return
    if atoms[0].kind in {Kind.AND, Kind.TALLY, Kind.HUNDRED, Kind.THOUSAND}:
        yield from _read(atoms[1:], numbers)
        return
    for digits, used in _first_groups(atoms, numbers):
        group = Group(digits, atoms[0].token, atoms[used - 1].token + 1)
        for rest in _read(atoms[used:], numbers):
            yield (group, *rest)


def _first_groups(atoms: tuple[Atom, ...], numbers: NumberWords) -> Iterator[tuple[str, int]]:
    """The ways to read the beginning of a row: digits, and how many words they take."""
    first = atoms[0]
    if first.kind is Kind.REPEAT:
        yield from _repeated(atoms)
        return
    if first.value and [atom.kind for atom in atoms[1:3]] == [Kind.TALLY, Kind.UNIT]:
        yield atoms[2].digits * first.value, 3
    options = list(_numbers(atoms, numbers))
    likely = first.kind is not Kind.TENS or numbers.spaced or numbers.joined_by_and
    yield from options if likely else reversed(options)


def _repeated(atoms: tuple[Atom, ...]) -> Iterator[tuple[str, int]]:
    """'Double five' is 55; written 'double 55' may mean the same digits or twice as many."""
    if not atoms[1:] or atoms[1].kind not in {Kind.UNIT, Kind.DIGITS}:
        yield "", 1
        return
    digits, times = atoms[1].digits, atoms[0].value
    if len(digits) == 1:
        yield digits * times, 2
    else:
        yield digits[0] * times + digits[1:], 2
        yield digits, 2


def _numbers(atoms: tuple[Atom, ...], numbers: NumberWords) -> Iterator[tuple[str, int]]:
    """Numbers that a row can begin with, the longest first: 'five hundred twelve', 'five hundred', 'five'."""
    first = atoms[0]
    for value, used in _below_hundred(atoms, numbers):
        following = atoms[used].kind if used < len(atoms) else None
        said_apart = following is Kind.HUNDREDS and atoms[used].value == HUNDRED
        if (following is Kind.HUNDRED and 0 < value < HUNDRED) or (said_apart and 1 < value < TEN):
            yield from _with_rest(atoms, (value * HUNDRED, used + 1), HUNDRED, numbers)
        if following is Kind.THOUSAND and 0 < value < THOUSAND:
            yield from _with_rest(atoms, (value * THOUSAND, used + 1), THOUSAND, numbers)
    if first.kind is Kind.HUNDREDS:
        for digits, used in _with_rest(atoms, (first.value, 1), HUNDRED, numbers):
            if used < len(atoms) and atoms[used].kind is Kind.THOUSAND:
                yield from _with_rest(atoms, (int(digits) * THOUSAND, used + 1), THOUSAND, numbers)
            yield digits, used
        return
    multipliers = {Kind.HUNDRED} if numbers.joined_by_and else {Kind.HUNDRED, Kind.THOUSAND}
    for value, used in _below_hundred(atoms, numbers):
        if used == len(atoms) or atoms[used].kind not in multipliers or value >= HUNDRED:
            yield (first.digits if used == 1 else str(value)), used


def _below_hundred(atoms: tuple[Atom, ...], numbers: NumberWords) -> list[tuple[int, int]]:
    """'twenty three', then 'twenty': values with the count of words they take, the longest first."""
    first, found = atoms[0], []
    if first.kind is Kind.TENS:
        after, between = _after_and(atoms, 1)
        allowed = between or not numbers.joined_by_and
        if after < len(atoms) and allowed and atoms[after].kind is Kind.UNIT and atoms[after].value:
            found.append((first.value + atoms[after].value, after + 1))
            if between and numbers.and_binds:
                return found
    if first.kind in {Kind.TENS, Kind.TEEN, Kind.UNIT, Kind.DIGITS}:
        found.append((first.value, 1))
    return found


def _with_rest(
    atoms: tuple[Atom, ...], head: tuple[int, int], below: int, numbers: NumberWords
) -> Iterator[tuple[str, int]]:
    """A round number with what is added to it, then alone: 'nine hundred and twelve', 'nine hundred'."""
    value, used = head
    after, between = _after_and(atoms, used)
    allowed = between or not numbers.joined_by_and
    if after < len(atoms) and allowed and atoms[after].kind not in {Kind.DIGITS, Kind.REPEAT}:
        fitting = (found for found in _numbers(atoms[after:], numbers) if 0 < int(found[0]) < below)
        for digits, more in islice(fitting, 1):
            yield str(value + int(digits)), after + more
            if between and numbers.and_binds:
                return
    yield str(value), used


def _after_and(atoms: tuple[Atom, ...], at: int) -> tuple[int, bool]:
    """The place after an 'and', and whether there was one."""
    if at < len(atoms) and atoms[at].kind is Kind.AND:
        return at + 1, True
    return at, False
