"""Finds private numbers: of cards, accounts, persons, telephones and whatever has a reference.

It fails closed: whether a number is a card's or merely as long as one, whether a digit was heard wrong, nobody can
tell, so whatever is long enough is private. Dates and amounts are not, as far as a word beside them says so.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from voiceops.analysis.check_digits import is_id
from voiceops.analysis.facts.language import Language, pattern, words
from voiceops.analysis.facts.message import Message, Token
from voiceops.analysis.facts.spoken_digits import atom_of, readings
from voiceops.analysis.said_words import Place, Said
from voiceops.domain.private import Private
from voiceops.domain.transcript import Span

# The fewest digits that count as each. A card has 13 to 19, of which a recogniser may lose one.
_FEWEST: Mapping[Private, int] = {Private.CARD: 12, Private.PHONE: 6, Private.ACCOUNT: 8, Private.REFERENCE: 5}
_LONGEST_PHONE = 11
# Words that may stand between two parts of one number: "and then", "wait a second".
_LONGEST_GAP = 3
# In a payment even the three digits on the back of a card are private.
_FEWEST_PAID_WITH = 3
# Also said between two parts of a number.
_FILLERS = words(
    "uh um er hmm then next yes yeah okay ok dash wait second öö ő akkor aztán utána igen kötőjel "
    "بعد بعدش خب آره خط تیره"
)
# Beside a word that says so, so few digits are a day or a year, and so few an amount or a time.
_DATE_DIGITS, _AMOUNT_DIGITS = 4, 7
# Beside its name a person's number is one however few digits of it were heard.
_FEWEST_OF_ID, _ID_DIGITS = 4, range(9, 12)
_CUE_WORDS, _CUE_BEHIND, _MOST_LETTERS = 6, 2, 2
# A date, a time or an amount as it is written.
_WRITTEN = re.compile(
    r"[$€£]\d{1,3}([.,]?\d{3})*([.,]\d\d)?|\d+([.,]\d+)?(%|Ft|€|\$)|\d{1,2}:\d\d"
    r"|\d{4}(?P<of_year>[-./])\d{1,2}(?P=of_year)\d{1,2}|\d{1,2}(?P<of_day>[-./])\d{1,2}(?P=of_day)\d{4}"
)
_UNITS = words(
    "dollar dollars euro euros pound pounds cents percent forint forintot forintos forintba forintért euró eurót "
    "százalék százalékos darab db perc óra órakor napos éves kilowattóra km تومان تومن ریال دلار یورو درصد عدد ساعت "
    "o'clock am pm"
)
_ID = pattern(
    r"social security(?: number)?",
    r"(?:national|personal) (?:insurance|id|identity|identification)(?: number)?",
    r"(?:passport|driver'?s? licen[sc]e|driving licen[sc]e|tax(?:payer)?(?: id)?(?:entification)?) number",
    r"ssn",
    r"taj\w*(?: ?szam\w*)?",
    r"ado(?:azonosito|szam)\w*(?: jel\w*)?",
    r"szemelyi(?:m|je)?(?: igazolvany\w*| szam\w*| azonosito\w*)*",
    r"(?:szig|utlevel|jogositvany)\w*(?: ?szam\w*)?",
    r"(?:شماره ?(?:ی )?|کد ?)ملی\w*",
    r"(?:شماره ?(?:ی )?)?(?:شناسنامه|پاسپورت|گذرنامه|گواهینامه)\w*",
)
# What bears such a number is meant to be read; only a card's may be as long.
_ORDER = pattern(
    r"(?:order|invoice|ticket|case|booking|tracking)(?: number| id)?(?: is)?",
    r"(?:rendeles\w*|ugy|jegy|foglalas\w*|csomag\w*)(?: ?szam\w*)?",
    r"(?:شماره ?(?:ی )?|کد ?)?(?:سفارش|پیگیری|فاکتور|رهگیری)\w*(?: من)?",
)


@dataclass(frozen=True)
class _Row:
    """Words that say one number, with the words between its parts; `digits` rather too many than too few."""

    words: Sequence[Said]
    digits: int


def find_numbers(
    said: Sequence[Said], language: Language, *, wanted: Collection[Private]
) -> Iterator[tuple[Place, Private]]:
    """The places of one party's private numbers, each with what it is."""
    counted = _without_amounts(said, language)
    told = _Told(said)
    if Private.CARD in wanted:
        long = (row for row in _rows(counted) if row.digits >= _FEWEST[Private.CARD])
        yield from ((one.place, Private.CARD) for row in long for one in row.words)
    for row in _rows(counted, language.common | _FILLERS):
        what = _kind(row, wanted, told, language)
        if what is not None:
            words = told.with_letters(row) if what is Private.ID else row.words
            yield from ((one.place, what) for one in words)


def find_paid_with(said: Sequence[Said], language: Language, *, paying: Sequence[Span]) -> Iterator[Place]:
    """The places of numbers in a payment, however short: of the card, when it expires, the code on its back.

    A word that the engine doubts may be a digit there.
    """
    amounts = _without_amounts(said, language)
    inside = [
        replace(one, digits=1) if one.doubted and not one.digits else one
        for one in amounts
        if any(span.start < one.end and one.start < span.end for span in paying)
    ]
    for row in _rows(inside):
        if row.digits >= _FEWEST_PAID_WITH:
            yield from (one.place for one in row.words)


def _rows(said: Sequence[Said], bridge: Collection[str] | None = None) -> Iterator[_Row]:
    """All rows; with a `bridge` two words or more between two parts are of these."""
    row: list[int] = []
    for at in [*(at for at, one in enumerate(said) if one.digits), len(said) + _LONGEST_GAP + 1]:
        between = said[row[-1] + 1 : at] if row else []
        strange = bridge is not None and len(between) > 1 and any(one.text not in bridge for one in between)
        if row and (at - row[-1] > _LONGEST_GAP + 1 or strange):
            yield _Row(said[row[0] : row[-1] + 1], sum(said[place].digits or 0 for place in row))
            row = []
        row.append(at)


def _kind(row: _Row, wanted: Collection[Private], told: "_Told", language: Language) -> Private | None:
    """What a number most likely is; None where nobody wants it masked."""
    if Private.ID in wanted and _is_of_person(row, told, language):
        return Private.ID
    if told.announces(_ORDER, row, within=2) and Private.REFERENCE not in wanted:
        return None
    fitting = [one for one, fewest in _FEWEST.items() if one in wanted and row.digits >= fewest]
    if len(fitting) > 1 and fitting[0] is Private.PHONE and row.digits > _LONGEST_PHONE:
        return fitting[1]
    return fitting[0] if fitting else None


def _is_of_person(row: _Row, told: "_Told", language: Language) -> bool:
    if row.digits >= _FEWEST_OF_ID and told.announces(_ID, row, within=_CUE_WORDS):
        return True
    return row.digits in _ID_DIGITS and any(is_id(digits) for digits in _read(row, language))


def _read(row: _Row, language: Language) -> Iterator[str]:
    """What the digits may be, as far as that can be told."""
    texts = [one.text for one in row.words if one.digits]
    if all(any(map(str.isdigit, text)) for text in texts):
        yield "".join(character for text in texts for character in text if character.isdigit())
        return
    tokens = [Token(text, text, "", "", 0.0, 0.0, 0) for text in texts]
    atoms = [atom for at, token in enumerate(tokens) if (atom := atom_of(token, at, numbers=language.numbers))]
    for reading in islice(readings(atoms, language.numbers), 16):
        yield "".join(group.digits for group in reading)


class _Told:
    """What a party says, to look for what announces a number."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._said = said
        self._at = {one.place: at for at, one in enumerate(said)}
        self._message = Message(tuple(Token(one.raw, one.text, " ", " ", one.start, one.end, 0) for one in said))

    def with_letters(self, row: _Row) -> Sequence[Said]:
        """The row with the capitals that belong to it: "AB 12 34 56 C"."""
        first, last = self._at[row.words[0].place], self._at[row.words[-1].place]
        beside = [self._said[at] for at in (first - 1, last + 1) if 0 <= at < len(self._said)]
        return [*row.words, *(one for one in beside if one.raw.isupper() and len(one.raw) <= _MOST_LETTERS)]

    def announces(self, cue: re.Pattern[str], row: _Row, *, within: int) -> bool:
        """Whether the cue ends at most so many words before the row, or begins so many after it."""
        first, last = self._at[row.words[0].place], self._at[row.words[-1].place]
        found = self._message.find(cue)
        return any(0 <= first - one.stop <= within or 0 < one.first - last <= _CUE_BEHIND for one in found)


def _is_amount(said: Sequence[Said], first: int, stop: int, language: Language) -> bool:
    """Whether the number words from `first` to before `stop` are a date, an amount or a time."""
    digits = sum(one.digits or 0 for one in said[first:stop])
    if all(_WRITTEN.fullmatch(one.raw.strip(",.;")) for one in said[first:stop]):
        return True
    before = said[first - 1].text if first else ""
    after = [one.text for one in said[stop : stop + 2]]
    months = {*language.times.months, *language.times.solar_months}
    beside_month = any(text.startswith(month) for text in (before, *after[:1]) for month in months)
    beside_unit = before in _UNITS or any(text in _UNITS for text in after)
    is_date = beside_month and (digits <= _DATE_DIGITS or stop - first == 1)
    return is_date or (beside_unit and digits <= _AMOUNT_DIGITS)


def _without_amounts(said: Sequence[Said], language: Language) -> list[Said]:
    """The words, with the digits of what is a date, an amount or a time left uncounted."""
    changed: list[Said] = []
    for is_number, run in groupby(range(len(said)), key=lambda at: bool(said[at].digits)):
        places = list(run)
        leaves = is_number and _is_amount(said, places[0], places[-1] + 1, language)
        changed += [replace(said[at], digits=None) if leaves else said[at] for at in places]
    return changed
