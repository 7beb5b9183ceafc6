"""What the facts need to know about a language: its number words, cues and time words, as data."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from voiceops.analysis.facts.message import fold


def pattern(*alternatives: str) -> re.Pattern[str]:
    """One compiled pattern for whole words of folded text out of alternatives, tried in the order given.

    Letters are folded as the text is, so write escapes in lower case only.
    """
    joined = "|".join(fold(alternative).replace("(?p<", "(?P<") for alternative in alternatives)
    return re.compile(rf"(?<!\S)(?:{joined})(?!\S)")


def words(text: str) -> frozenset[str]:
    """The folded words of a text."""
    return frozenset(fold(word) for word in text.split())


@dataclass(frozen=True)
class NumberWords:
    """Words for digits and numbers. `compound` reads words such as "harminckettő".

    `spaced` says whether "thirty two" as two words is usually 32; `joined_by_and` whether the parts of a number
    need the language's word for "and" between them, `and_binds` that they are one number where it is.
    `no_words` are digit words that also say "no". `written` are words that say several digits,
    `sound_alike` words that recognisers write for a digit.
    """

    units: Mapping[str, int]
    teens: Mapping[str, int]
    tens: Mapping[str, int]
    hundreds: Mapping[str, int]
    hundred: frozenset[str]
    thousand: frozenset[str]
    repeats: Mapping[str, int]
    and_words: frozenset[str]
    plus: frozenset[str]
    compound: Callable[[str], int | None] = lambda _: None
    tally: frozenset[str] = frozenset()
    no_words: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)
    sound_alike: Mapping[str, str] = field(default_factory=dict)
    spaced: bool = True
    joined_by_and: bool = False
    and_binds: bool = False


@dataclass(frozen=True)
class PhoneWords:
    """Wording around telephone numbers.

    `cue` announces a number to call back, `other` any number that is not one. `bridge` may stand
    inside a number, `after_area_code` inside one after its area code; `correction` takes back what was
    said, and after it one of `instead` does ("no, not four but five"); `area_after` announces an area code behind its
    number; `or_words` stand between two numbers that are both good, `is_words` between one and what it is; `units`
    follow amounts and times, and those that are `leading_units` may also precede them.
    """

    cue: re.Pattern[str]
    other: re.Pattern[str]
    bridge: re.Pattern[str]
    correction: re.Pattern[str]
    this_number: re.Pattern[str]
    not_this_number: re.Pattern[str]
    extension: re.Pattern[str]
    units: frozenset[str]
    after_area_code: re.Pattern[str]
    or_words: frozenset[str]
    is_words: frozenset[str] = frozenset()
    instead: frozenset[str] = frozenset()
    area_after: re.Pattern[str] | None = None
    leading_units: frozenset[str] = frozenset()
    extension_after: re.Pattern[str] | None = None


@dataclass(frozen=True)
class NameCue:
    """Where a name stands: the name follows the pattern, or precedes it. `strength` is 0..1.

    `then` must follow a name that follows its cue. `opens` are the words that may stand before a name that
    precedes its cue, in text without capitals ("hello john smith here"); empty means any. `bare` takes case
    endings off the name, which an `inflected` one must have; a `usual` one must hold a first name or a title, in text
    with capitals any name will do.
    """

    pattern: re.Pattern[str]
    strength: float
    name_precedes: bool = False
    then: re.Pattern[str] | None = None
    opens: frozenset[str] = frozenset()
    bare: Callable[[str], str] = lambda name: name
    inflected: bool = False
    usual: bool = False


@dataclass(frozen=True)
class NameWords:
    """Wording around names. `stop` holds words that are never part of a person's name in text without
    capitals, `never` the few that have a capital and are none. `also_first` and `also_last` are common words
    that are first and last names too. `surname` announces a last name given apart from the first.

    Companies end at one of `company_words` in text without capitals, or where `company_end` follows or
    a word has one of `company_endings`, which mean "from"; one of `places` alone is none. Words like `company_kind`
    say what kind of company it is, where the language says so first.

    `given` are first names, which tell a name where no cue does; `given_last` says that they follow the surname.
    `leading_titles` are the titles that can open a name where others only close one. After one of `others` stands
    somebody else's name ("to", "with"), and beside one of `kin` a relative's or another's. `letters` are words that say
    a letter, and letters of more than one sign. A whole word like `verb` is none of a name in text without capitals;
    `am` is an "I am" that is written to a name's end.
    """

    caller: tuple[NameCue, ...]
    asked_for: tuple[NameCue, ...]
    company: tuple[NameCue, ...]
    stop: frozenset[str]
    titles: frozenset[str]
    never: frozenset[str]
    also_first: frozenset[str] = frozenset()
    also_last: frozenset[str] = frozenset()
    surname: re.Pattern[str] | None = None
    given: frozenset[str] = frozenset()
    given_last: bool = False
    leading_titles: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    company_words: frozenset[str] = frozenset()
    company_end: re.Pattern[str] | None = None
    company_endings: tuple[str, ...] = ()
    company_kind: re.Pattern[str] | None = None
    places: frozenset[str] = frozenset()
    letters: Mapping[str, str] = field(default_factory=dict)
    verb: re.Pattern[str] | None = None
    am: str = ""
    company_bare: Callable[[str], str] = lambda word: word


@dataclass(frozen=True)
class UrgencyWords:
    """Wordings by what they show; `calm` takes urgency back, `vulnerable` outweighs it."""

    vulnerable: re.Pattern[str]
    pressing: re.Pattern[str]
    calm: re.Pattern[str]


@dataclass(frozen=True)
class ReasonWords:
    """`cue` opens the reason, `trouble` makes a sentence telling, `aside` is greeting or contact detail;
    `dangling` are words that no sentence ends with, `leading`
    ones that say nothing before a sentence.
    """

    cue: re.Pattern[str]
    trouble: re.Pattern[str]
    aside: re.Pattern[str]
    dangling: frozenset[str]
    leading: frozenset[str]


@dataclass(frozen=True)
class TimeWords:
    """Wording of times. Groups: `clock` uses hour, minute, half, quarter_to, quarter_past, three_quarters, am, pm;
    `delay` uses amount and one of minutes, hours, days, weeks; `date` uses day and month.

    `parts` gives the hour that a part of the day stands for. `wish` marks that the caller speaks of
    being called; `elsewhere` that the time belongs to something else. `cue_follows` says that the verb usually
    comes after the time; `half_is_before` that "half six" is 5:30. A day in or after
    `deadline` is meant to its end. A time right after `but_not` or right before
    `is_bad` does not suit. `next_words` put a weekday into next week; after one of `between` the word for "and" joins
    two times; a part of the day in a `greeting` is none, `tonight` is one of today.
    Weekdays count from Monday 0: the week begins with `week_starts`, `week_end` means `last_working_day`.
    """

    days: tuple[tuple[re.Pattern[str], int], ...]
    weekdays: tuple[tuple[re.Pattern[str], int], ...]
    next_week: re.Pattern[str]
    parts: tuple[tuple[re.Pattern[str], int], ...]
    clock: re.Pattern[str]
    delay: re.Pattern[str]
    date: re.Pattern[str]
    months: tuple[str, ...]
    wish: re.Pattern[str]
    elsewhere: re.Pattern[str]
    link: re.Pattern[str]
    bound: re.Pattern[str]
    numbers: Mapping[str, int]
    but_not: re.Pattern[str]
    deadline: re.Pattern[str]
    week_end: re.Pattern[str]
    is_bad: re.Pattern[str] | None = None
    next_words: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    greeting: re.Pattern[str] | None = None
    tonight: frozenset[str] = frozenset()
    solar_months: tuple[str, ...] = ()
    week_starts: int = 0
    last_working_day: int = 4
    half_is_before: bool = False
    cue_follows: bool = False


@dataclass(frozen=True)
class Language:
    """Everything about one language; `code` is ISO 639-1, `home_region` ISO 3166."""

    code: str
    home_region: str
    numbers: NumberWords
    phone: PhoneWords
    names: NameWords
    reference: re.Pattern[str]
    urgency: UrgencyWords
    reason: ReasonWords
    times: TimeWords
    common: frozenset[str]
