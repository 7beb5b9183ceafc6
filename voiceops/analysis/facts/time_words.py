"""Time words found in a message: days, parts of a day, clock times and delays, each with its tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from voiceops.analysis.facts.language import Language, TimeWords
from voiceops.analysis.facts.message import Match, Message
from voiceops.analysis.facts.numeric_dates import SOLAR_YEARS, NumericDate, find_numeric_dates
from voiceops.analysis.facts.spoken_digits import Kind as AtomKind
from voiceops.analysis.facts.spoken_digits import atom_of

LAST_HOUR, LAST_MINUTE, LAST_DAY = 24, 59, 31


class Kind(Enum):
    """What a time word says."""

    DAY = auto()
    WEEKDAY = auto()
    NEXT_WEEK = auto()
    WEEK_END = auto()
    DATE = auto()
    PART = auto()
    CLOCK = auto()
    DELAY = auto()


@dataclass(frozen=True)
class TimeWord:
    """`value`: days from today, weekday (Monday 0), (month, day), hour, or minutes; by kind.

    A clock's value is minutes after midnight as spoken; `meridiem` is "am" or "pm" where said.
    `bare` marks a lone number, which is a time only after "at", "after" and the like; `following` a weekday of
    next week, `solar` a date of the Persian calendar, `unsure` digits whose order or calendar may be another.
    `month` is 0 where only the day was said, `year` where none was.
    """

    kind: Kind
    first: int
    stop: int
    value: int
    month: int = 0
    meridiem: str | None = None
    bare: bool = False
    following: bool = False
    solar: bool = False
    year: int = 0
    unsure: bool = False


def find_time_words(
    message: Message, language: Language, *, taken: frozenset[int], region: str = "US"
) -> list[TimeWord]:
    """All time words in order; where two overlap the longer one stays. `taken` tokens are left out, and so are
    times that are said not to suit ("not in the morning").
    """
    greetings = message.find(language.times.greeting) if language.times.greeting else ()
    readable = message.masked(taken | {n for m in greetings for n in range(m.first, m.stop)})
    dates = [_numeric(found) for found in find_numeric_dates(readable, region)]
    readable = readable.masked(frozenset(n for word in dates for n in range(word.first, word.stop)))
    found = [w for w in _all(readable, language.times) if not (w.bare and _in_a_row(w, readable, language))]
    found = _suitable([*dates, *found], readable, language.times)
    found.sort(key=lambda w: (w.bare, w.first - w.stop, w.first))
    kept: list[TimeWord] = []
    for word in found:
        if all(word.stop <= other.first or word.first >= other.stop for other in kept):
            kept.append(word)
    return sorted(kept, key=lambda w: w.first)


def _suitable(found: list[TimeWord], message: Message, times: TimeWords) -> list[TimeWord]:
    """The time words without those that are said not to suit, with all that stands before "… does not suit"."""
    refusals = message.find(times.but_not)
    kept = [w for w in found if not any(m.first < w.first <= m.stop < w.stop for m in refusals)]
    bad = {m.first for m in message.find(times.is_bad)} if times.is_bad else set()
    for word in sorted(kept, key=lambda w: -w.stop):
        if word.stop in bad:
            bad.add(word.first)
    return [word for word in kept if word.stop not in bad]


def _numeric(found: NumericDate) -> TimeWord:
    solar = found.year in SOLAR_YEARS
    return TimeWord(
        Kind.DATE,
        found.first,
        found.stop,
        found.day,
        month=found.month,
        year=found.year,
        solar=solar,
        unsure=not found.year,
    )


def _in_a_row(word: TimeWord, message: Message, language: Language) -> bool:
    """Whether a lone number stands beside other number words: read out digits, no hour."""
    beside = [n for n in (word.first - 1, word.stop) if 0 <= n < len(message.tokens)]
    atoms = [atom_of(message.tokens[n], n, numbers=language.numbers) for n in beside]
    return any(atom is not None and atom.kind not in {AtomKind.AND, AtomKind.TALLY} for atom in atoms)


def _all(message: Message, times: TimeWords) -> Iterator[TimeWord]:
    for kind, table in ((Kind.DAY, times.days), (Kind.WEEKDAY, times.weekdays), (Kind.PART, times.parts)):
        for pattern, value in table:
            for m in message.find(pattern):
                following = message.tokens[m.first].text in times.next_words
                yield TimeWord(kind, m.first, m.stop, value, following=following)
    for m in message.find(times.clock):
        between = m.first > 0 and message.tokens[m.first - 1].text in times.between
        clock = _clock(m, times, between=between)
        if clock is not None:
            yield clock
    yield from (TimeWord(Kind.NEXT_WEEK, m.first, m.stop, 7) for m in message.find(times.next_week))
    yield from (TimeWord(Kind.WEEK_END, m.first, m.stop, times.last_working_day) for m in message.find(times.week_end))
    yield from (TimeWord(Kind.DELAY, m.first, m.stop, _delay(m, times)) for m in message.find(times.delay))
    for m in message.find(times.date):
        date = _date(m, times)
        if date is not None:
            yield date


def _number(text: str, times: TimeWords) -> int | None:
    digits = "".join(c for c in text if c.isdigit())
    if digits:
        return int(digits)
    return times.numbers.get(text)


def _clock(found: Match, times: TimeWords, *, between: bool) -> TimeWord | None:
    apart = between and "counted" not in found.groups
    said = {name: text for name, text in found.groups.items() if not (apart and name == "minute")}
    hour_text, _, minute_text = said["hour"].replace(".", ":").partition(":")
    hour = _number(hour_text, times)
    minute = _number(minute_text or said.get("minute", "0"), times)
    if hour is None or minute is None or hour > LAST_HOUR or minute > LAST_MINUTE:
        return None
    total = hour * 60 + minute
    if "half" in said:
        total += -30 if times.half_is_before else 30
    total += 15 * (1 if "quarter_past" in said else -1 if "quarter_to" in said else 0)
    total -= 45 if "quarter_before" in said else 0
    total += (_number(said["past"], times) or 0) if "past" in said else 0
    total -= (_number(said["to"], times) or 0) if "to" in said else 0
    marks = {"half", "quarter_past", "quarter_to", "quarter_before", "past", "to", "oclock", "am", "pm", "minute"}
    named = said["hour"] in NAMED_HOURS
    bare = not (marks & said.keys() or minute_text or named)
    meridiem = "am" if "am" in said else "pm" if "pm" in said else "named" if named else None
    return TimeWord(Kind.CLOCK, found.first, found.stop, total, meridiem=meridiem, bare=bare)


# Words for an hour that say which half of the day they are in.
NAMED_HOURS = frozenset({"noon", "midday", "midnight", "del", "delben", "deltol", "delig", "ظهر"})


def _delay(found: Match, times: TimeWords) -> int:
    said = found.groups
    amount_text = said.get("amount", "1")
    half = "half" in said
    amount = 0 if half and "amount" not in said else (_number(amount_text, times) or 1)
    unit = next(
        size for name, size in (("minutes", 1), ("hours", 60), ("days", 1440), ("weeks", 10080)) if name in said
    )
    return amount * unit + (unit // 2 if half else 0)


def _date(found: Match, times: TimeWords) -> TimeWord | None:
    said = found.groups
    month_text, day_text = said.get("month") or said.get("month2"), said.get("day") or said.get("day2")
    day_text = day_text or said.get("day3") or said.get("day3b")
    if day_text is None:
        return None
    day = _number(day_text, times)
    if day is None or not 1 <= day <= LAST_DAY:
        return None
    solar = month_text in times.solar_months
    months = times.solar_months if solar else times.months
    month = months.index(month_text) + 1 if month_text in months else 0
    return TimeWord(Kind.DATE, found.first, found.stop, day, month=month, solar=solar)
