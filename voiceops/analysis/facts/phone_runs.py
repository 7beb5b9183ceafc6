"""Stretches of a message in which a number is read out, with corrections inside and the cue in front."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message
from voiceops.analysis.facts.numeric_dates import find_numeric_dates
from voiceops.analysis.facts.phone_cues import OTHER_REACH, Run, nearest_before, with_cue
from voiceops.analysis.facts.spoken_digits import Atom, Kind, atom_of

MONEY = "$€£¥﷼"
# Words between two parts of one number; more is another matter.
LONGEST_GAP = 12
# Recognisers put points inside numbers; a part of a number has at least so many digits, and at most so many.
FEWEST_IN_A_GROUP = 3
MOST_IN_A_PART = 6
# What may be said before "and the number is": an area code.
MOST_AREA_DIGITS = 5
AREA_CODE_DIGITS = range(3, MOST_AREA_DIGITS + 1)


def find_runs(message: Message, language: Language, *, region: str) -> list[Run]:
    """All stretches of number words, in order; amounts, times and quantities are left out."""
    atoms = _free_atoms(message, language)
    for written in find_numeric_dates(message, region):
        atoms[written.first : written.stop] = [None] * (written.stop - written.first)
    between = _Between(message, language)
    bounds = {found.stop for found in message.find(language.times.bound)}
    runs: list[Run] = []
    at = 0
    while at < len(message.tokens):
        if atoms[at] is None or _is_loose(atoms, at):
            at += 1
            continue
        other = nearest_before(
            (message, language), language.phone.other, Run((), at, at, plus=False), reach=OTHER_REACH
        )
        extension = nearest_before((message, language), language.phone.extension, Run((), at, at, plus=False), reach=1)
        apart = bool(other or extension or at in bounds)
        parts, stop = _collect(at, atoms, between, named_otherwise=apart)
        if stop == at:  # a number word that is none here
            at += 1
            continue
        first = at
        said = first > 0 and message.tokens[first - 1].text in language.numbers.plus
        plus = said or first in between.plus
        runs.append(Run(parts, first, stop, plus, plus_word=said))
        at = stop
    return [with_cue(run, message, language=language) for run in _areas_in_front(runs, between)]


def _areas_in_front(runs: Sequence[Run], between: "_Between") -> Iterator[Run]:
    """The runs, with an area code that was said behind its number put in front of it."""
    rest = list(runs)
    while rest:
        run = rest.pop(0)
        named = between.area_after.get(run.stop)
        area = rest[0] if rest else None
        if named and area and named.stop - 1 <= area.first <= named.stop and len(run.parts) == len(area.parts) == 1:
            run = replace(rest.pop(0), parts=((*area.parts[0], *run.parts[0]),), first=run.first)
        yield run


def _free_atoms(message: Message, language: Language) -> list[Atom | None]:
    """The number words of the message by token; None for other words and for amounts and times."""
    atoms = [atom_of(token, n, numbers=language.numbers) for n, token in enumerate(message.tokens)]
    for n, token in enumerate(message.tokens):
        if (
            _is_unit(message, n, language)
            and atoms[n] is None
            and n
            and atoms[n - 1] is not None
            and not message.tokens[n - 1].ends_sentence
        ):
            _clear_amount(atoms, n - 1, message, spaced=language.numbers.spaced and not language.numbers.joined_by_and)
        if atoms[n] is not None and (_is_clock(token.text) or any(sign in token.before[-2:] for sign in MONEY)):
            atoms[n] = None
    return atoms


def _is_unit(message: Message, at: int, language: Language) -> bool:
    """Whether a word makes an amount of the number before it; a word for the hour may begin a time instead."""
    text = message.tokens[at].text
    if text in language.phone.leading_units and at + 1 < len(message.tokens):
        return atom_of(message.tokens[at + 1], at + 1, numbers=language.numbers) is None
    return text in language.phone.units


def _is_clock(text: str) -> bool:
    return ":" in text and len(text) <= len("00:00")


def _clear_amount(atoms: list[Atom | None], last: int, message: Message, *, spaced: bool) -> None:
    """Take the number that ends before a unit out: "forty nine" of "one two forty nine dollars"."""
    first = last
    round_kinds = {Kind.HUNDREDS, Kind.HUNDRED, Kind.THOUSAND, Kind.AND}
    while first and not message.tokens[first - 1].ends_clause:
        goes_on = _is_kind(atoms[first - 1], *round_kinds, *([Kind.TENS] if spaced else []))
        if not goes_on and not (
            atoms[first - 1] is not None and _is_kind(atoms[first], *round_kinds - {Kind.HUNDREDS})
        ):
            break
        first -= 1
    for n in range(first, last + 1):
        atoms[n] = None


def _is_kind(atom: Atom | None, *kinds: Kind) -> bool:
    return atom is not None and atom.kind in kinds


def _is_loose(atoms: Sequence[Atom | None], at: int) -> bool:
    """Whether a word is a number only beside others ("oh", "and", "hundred") and begins nothing here."""
    atom = atoms[at]
    if atom is None or atom.kind in {Kind.AND, Kind.TALLY, Kind.HUNDRED, Kind.THOUSAND}:
        return True
    following = atoms[at + 1] if at + 1 < len(atoms) else None
    return atom.kind in {Kind.UNIT, Kind.REPEAT} and not atom.value and following is None


def _collect(
    at: int, atoms: Sequence[Atom | None], between: "_Between", *, named_otherwise: bool
) -> tuple[tuple[tuple[Atom, ...], ...], int]:
    """The rows of atoms from a token on, and the token after the last of them."""
    parts: list[list[Atom]] = [[]]
    begin = stop = at
    while at < len(atoms) and (at == begin or at not in between.plus):
        if begin < at == stop and at in between.sentences and (named_otherwise or _is_done(parts[-1])):
            break
        if at in between.extensions and stop > begin:
            break
        atom = atoms[at]
        if atom is not None and not between.opens(at, atoms):
            parts[-1].append(atom)
            at += 1
            if atom.kind not in {Kind.AND, Kind.TALLY}:
                stop = at
            continue
        said = sum(len(a.digits) for a in parts[-1])
        if said > MOST_AREA_DIGITS and at in between.area_after:
            break
        after, corrected = between.skip(
            at,
            atoms,
            after_area=not named_otherwise and len(parts) == 1 and said in AREA_CODE_DIGITS,
            corrects=len(parts) > 1,
        )
        if after == at:
            break
        if corrected:
            parts.append([])
        at = after
    kept = [[a for a in part if a.token < stop] for part in parts]
    return tuple(tuple(part) for part in kept if part), stop


def _is_done(part: Sequence[Atom]) -> bool:
    """Whether a number that a sentence ends in is one already, or never was a part of one ("before ten.")."""
    said = sum(len(atom.digits) for atom in part)
    return (len(part) == 1 and said < FEWEST_IN_A_GROUP) or said > MOST_IN_A_PART


def _extensions(message: Message, language: Language) -> set[int]:
    """Where an extension begins that is named after it: "…, 14-es mellék"."""
    begins: set[int] = set()
    for found in message.find(language.phone.extension_after) if language.phone.extension_after else ():
        at = found.first
        while at and _is_number(message, at - 1, language) and not message.tokens[at - 1].ends_clause:
            at -= 1
        begins.add(at)
    return begins


def _is_number(message: Message, at: int, language: Language) -> bool:
    return atom_of(message.tokens[at], at, numbers=language.numbers) is not None


class _Between:
    """What may stand inside a number, by the token it begins at: corrections, fillers, "and the number is"."""

    def __init__(self, message: Message, language: Language) -> None:
        phone = language.phone
        self._corrections = {m.first: m for m in message.find(phone.correction)}
        self._fillers = {m.first: m for m in message.find(phone.bridge)}
        self.plus = {n for n, t in enumerate(message.tokens) if t.before.rstrip(" (").endswith("+")}
        self.sentences = {n + 1 for n, t in enumerate(message.tokens) if t.ends_sentence}
        self.extensions = _extensions(message, language)
        self._instead = {n for n, t in enumerate(message.tokens) if t.text in phone.instead}
        self.area_after = {m.first: m for m in message.find(phone.area_after)} if phone.area_after else {}
        self._areas = {m.first: m for m in message.find(phone.after_area_code)}

    def opens(self, at: int, atoms: Sequence[Atom | None]) -> bool:
        """Whether a number word here is none: Persian "no" is also "nine", "and" may open "and the number is"."""
        correction = self._corrections.get(at)
        if correction is not None and any(atoms[n] is None for n in range(at, correction.stop)):
            return True
        joins = at + 1 < len(atoms) and atoms[at + 1] is not None
        return _is_kind(atoms[at], Kind.AND) and not joins and (at in self._fillers or at in self._areas)

    def skip(self, at: int, atoms: Sequence[Atom | None], *, after_area: bool, corrects: bool) -> tuple[int, bool]:
        """The next number word and whether a correction led to it; `at` where the number ends here."""
        begin, corrected = at, False
        while at < len(atoms) and (atoms[at] is None or at == begin):
            if corrects and at in self._instead:
                at, corrected = at + 1, True
                continue
            jump = self._corrections.get(at)
            corrected = corrected or jump is not None
            jump = jump or (self._areas.get(at) if after_area else None) or self._fillers.get(at)
            if jump is None:
                return begin, False
            at = jump.stop
        if at >= len(atoms) or at - begin > LONGEST_GAP:
            return begin, False
        return at, corrected
