"""What the words around a number say that it is: a telephone number, an extension, or something else."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.analysis.facts.spoken_digits import Atom, Kind, atom_of

# How many words may stand between a cue and its number ("my number, in case you need it, is").
CUE_REACH = 7
# A cue may also follow: "212 555 0123 is my number".
CUE_REACH_BACK = 4
OTHER_REACH_BACK = 3
# An other cue ("order number") stands right before its number.
OTHER_REACH = 4


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
    cue: Cue = Cue.NONE
    is_extension: bool = False
    plus_word: bool = False


def with_cue(run: Run, message: Message, *, language: Language) -> Run:
    """The run, with what the words around it say that it is."""
    phone = language.phone
    extension = nearest_before((message, language), phone.extension, run, reach=1) is not None
    if phone.extension_after is not None and not message.tokens[run.stop - 1].ends_clause:
        extension = extension or message.begins(phone.extension_after, run.stop)
    mine = _cue_distance((message, language), phone.cue, run, reach=CUE_REACH)
    other = _cue_distance((message, language), phone.other, run, reach=OTHER_REACH)
    if extension or (other is not None and (mine is None or other < mine)):
        cue = Cue.OTHER
    else:
        cue = Cue.NONE if mine is None else Cue.PHONE
    return Run(run.parts, run.first, run.stop, run.plus, cue, extension, run.plus_word)


def _cue_distance(
    place: tuple[Message, Language], pattern: re.Pattern[str], run: Run, *, reach: int
) -> tuple[int, int] | None:
    """How near a cue is, before or after a run; the smaller is nearer, and at equal distance the longer
    cue counts as nearer ("old number" before "number"). A cue in front counts before one behind.
    """
    message, language = place
    before = nearest_before(place, pattern, run, reach=reach)
    back = CUE_REACH_BACK if pattern is language.phone.cue else OTHER_REACH_BACK
    after = [
        (m.first - run.stop + 1, m.first - m.stop)
        for m in message.find(pattern)
        if 0 <= m.first - run.stop < back
        and (pattern is language.phone.cue or _is_said_of(message, language, run.stop, m.first))
        and not message.sentence_breaks_between(run.stop - 1, m.first)
        and not _announces(message, m, language)
    ]
    return min([*([before] if before else []), *after], default=None)


def _is_said_of(message: Message, language: Language, stop: int, first: int) -> bool:
    """Whether "is" at most stands between a number and what it is said to be; "…, about the invoice" is no such."""
    return not message.tokens[stop - 1].ends_clause and all(
        token.text in language.phone.is_words for token in message.tokens[stop:first]
    )


def _announces(message: Message, cue: Match, language: Language) -> bool:
    """Whether another number follows a cue, which is that number's then."""
    following = range(cue.stop, min(cue.stop + 2, len(message.tokens)))
    return any(_is_number(message, n, language) for n in following)


def _is_number(message: Message, at: int, language: Language) -> bool:
    atom = atom_of(message.tokens[at], at, numbers=language.numbers)
    return atom is not None and atom.kind is not Kind.AND


def _new_sentence(message: Message, cue: Match, at: int) -> bool:
    """Whether a sentence ended and more was said since a cue: "about the flight. Diana Prince, 646 …"."""
    return at > cue.stop and message.sentence_breaks_between(cue.stop - 1, at) > 0


def nearest_before(
    place: tuple[Message, Language], pattern: re.Pattern[str], run: Run, *, reach: int
) -> tuple[int, int] | None:
    """The nearest cue in front of a run; one with another number in between announces that one."""
    message, language = place
    window = range(max(run.first - reach, 0), run.first)
    between = {n for n in window if _is_number(message, n, language)}
    at = run.first - run.plus_word
    near = [
        (at - m.stop + 2 * message.sentence_breaks_between(m.stop - 1, at), m.first - m.stop)
        for m in message.find(pattern)
        if 0 <= at - m.stop < reach
        and not between.intersection(range(m.stop, at))
        and (pattern is not language.phone.other or not _new_sentence(message, m, at))
    ]
    return min(near, default=None)
