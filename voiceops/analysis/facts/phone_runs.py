"""Stretches of a message in which a number is read out, with corrections inside and the cue in front."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.analysis.facts.spoken_digits import Atom, Kind, atom_of

# How many words may stand between a cue and its number ("my number, in case you need it, is").
CUE_REACH = 7
# A cue may also follow: "212 555 0123 is my number".
CUE_REACH_BACK = 4
MONEY = "$€£¥﷼"


class Cue(Enum):
    """What the words around a number say that it is."""

    PHONE = auto()
    OTHER = auto()
    NONE = auto()


@dataclass(frozen=True)
class Run:
    """Number words from token `first` to before `stop`. `parts` holds more than one row of atoms where
    the speaker corrected what was said; `plus` that it began with a plus sign or the word.
    """

    parts: tuple[tuple[Atom, ...], ...]
    first: int
    stop: int
    plus: bool
    cue: Cue
    is_extension: bool = False


def find_runs(message: Message, language: Language) -> list[Run]:
    """All stretches of number words, in order; amounts, times and quantities are left out."""
    phone = language.phone
    atoms = _free_atoms(message, language)
    corrections = list(message.find(phone.correction))
    bridges = list(message.find(phone.bridge))
    runs: list[Run] = []
    at = 0
    while at < len(message.tokens):
        if atoms[at] is None or _is_loose(atoms, at):
            at += 1
            continue
        parts, stop = _collect(at, atoms, (corrections, bridges))
        first = at
        plus = _has_plus(message, first, language)
        runs.append(Run(parts, first, stop, plus, Cue.NONE))
        at = stop
    return [_with_cue(run, message, language) for run in runs]


def _free_atoms(message: Message, language: Language) -> list[Atom | None]:
    """The number words of the message by token; None for other words and for amounts and times."""
    atoms = [atom_of(token, n, language.numbers) for n, token in enumerate(message.tokens)]
    for n, token in enumerate(message.tokens):
        if (
            token.text in language.phone.units
            and atoms[n] is None
            and n
            and atoms[n - 1] is not None
            and not message.tokens[n - 1].ends_sentence
        ):
            _clear_amount(atoms, n - 1)
        if atoms[n] is not None and (_is_clock(token.text) or any(sign in token.before[-2:] for sign in MONEY)):
            atoms[n] = None
    return atoms


def _is_clock(text: str) -> bool:
    return ":" in text and len(text) <= 5


def _clear_amount(atoms: list[Atom | None], last: int) -> None:
    """Take an amount out of a row of number words: all of a short row, the last number of a long one."""
    first = last
    while first and atoms[first - 1] is not None:
        first -= 1
    if last - first >= 6:
        first = last - (1 if _is_kind(atoms[last - 1], Kind.TENS) else 0)
    for n in range(first, last + 1):
        atoms[n] = None


def _is_kind(atom: Atom | None, kind: Kind) -> bool:
    return atom is not None and atom.kind is kind


def _is_loose(atoms: Sequence[Atom | None], at: int) -> bool:
    """Whether a word is a number only beside others ("oh", "and", "hundred") and begins nothing here."""
    atom = atoms[at]
    if atom is None or atom.kind in {Kind.AND, Kind.TALLY, Kind.HUNDRED, Kind.THOUSAND}:
        return True
    following = atoms[at + 1] if at + 1 < len(atoms) else None
    return atom.kind in {Kind.UNIT, Kind.REPEAT} and not atom.value and following is None


def _collect(
    at: int, atoms: Sequence[Atom | None], between: tuple[Sequence[Match], Sequence[Match]]
) -> tuple[tuple[tuple[Atom, ...], ...], int]:
    """The rows of atoms from a token on, and the token after the last of them."""
    corrections, bridges = between
    parts: list[list[Atom]] = [[]]
    stop = at
    while at < len(atoms):
        atom = atoms[at]
        joins = atom is None or (atom.kind is Kind.AND and _is_bridge(at, atoms, bridges))
        if atom is not None and not joins and not _is_correction(at, atoms, corrections):
            parts[-1].append(atom)
            at += 1
            if atom.kind not in {Kind.AND, Kind.TALLY}:
                stop = at
            continue
        after, corrected = _skip_between(at, atoms, (corrections, bridges))
        if after == at:
            break
        if corrected:
            parts.append([])
        at = after
    kept = [[a for a in part if a.token < stop] for part in parts]
    return tuple(tuple(part) for part in kept if part), stop


def _is_correction(at: int, atoms: Sequence[Atom | None], corrections: Sequence[Match]) -> bool:
    """Whether a word that could be a number opens a correction (Persian "no" is also "nine")."""
    return any(m.first == at and any(atoms[n] is None for n in range(m.first, m.stop)) for m in corrections)


def _is_bridge(at: int, atoms: Sequence[Atom | None], bridges: Sequence[Match]) -> bool:
    """Whether an "and" opens a bridge ("and the number is") and does not join two numbers."""
    joins = at + 1 < len(atoms) and atoms[at + 1] is not None
    return not joins and any(m.first == at for m in bridges)


def _skip_between(
    at: int, atoms: Sequence[Atom | None], between: tuple[Sequence[Match], Sequence[Match]]
) -> tuple[int, bool]:
    """The next number word after bridging words and corrections, or `at` where the run ends."""
    corrections, bridges = between
    begin, corrected = at, False
    while at < len(atoms) and (atoms[at] is None or at == begin):
        jump = next((m for m in corrections if m.first == at), None)
        corrected = corrected or jump is not None
        jump = jump or next((m for m in bridges if m.first == at), None)
        if jump is None:
            return begin, False
        at = jump.stop
    if at >= len(atoms) or at - begin > 12:
        return begin, False
    return at, corrected


def _has_plus(message: Message, first: int, language: Language) -> bool:
    token = message.tokens[first]
    said = first > 0 and message.tokens[first - 1].text in language.numbers.plus
    return said or token.before.rstrip().endswith("+") or token.before.rstrip().endswith("+(")


def _with_cue(run: Run, message: Message, language: Language) -> Run:
    phone = language.phone
    extension = _nearest(message.find(phone.extension), run.first, reach=1) is not None
    if phone.extension_after is not None:
        extension = extension or message.begins(phone.extension_after, run.stop)
    before = run.first - (1 if run.plus else 0)
    phone_cue = _nearest(message.find(phone.cue), before, reach=CUE_REACH)
    other_cue = _nearest(message.find(phone.other), before, reach=CUE_REACH)
    if extension or (other_cue is not None and (phone_cue is None or other_cue >= phone_cue)):
        cue = Cue.OTHER
    elif phone_cue is not None or _follows(message.find(phone.cue), run.stop):
        cue = Cue.PHONE
    else:
        cue = Cue.NONE
    return Run(run.parts, run.first, run.stop, run.plus, cue, extension)


def _nearest(matches: Iterable[Match], before: int, *, reach: int) -> int | None:
    """Where the last match that ends within `reach` words before a token ends, or None."""
    stops = [m.stop for m in matches if m.stop <= before and before - m.stop <= reach - 1]
    return max(stops, default=None)


def _follows(matches: Iterable[Match], stop: int) -> bool:
    return any(0 <= m.first - stop < CUE_REACH_BACK for m in matches)
