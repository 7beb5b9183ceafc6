"""English: days, parts of a day, clock times, and the wording around wishes to be called."""

from voiceops.analysis.facts.english_numbers import TEENS, TENS, UNITS
from voiceops.analysis.facts.language import TimeWords, pattern

NOON_HOUR = 12
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ORDINALS = {
    word: n
    for n, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
}
_ORDINALS |= {f"twenty {word}": 20 + n for word, n in _ORDINALS.items() if n < 10}  # noqa: PLR2004 — the ones
_ORDINALS |= {"thirtieth": 30, "thirty first": 31}
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?|" + "|".join(sorted(_ORDINALS, key=len, reverse=True))
_HOUR_WORDS = {**TEENS, **{w: n for w, n in UNITS.items() if n and w != "niner"}}
_HOUR = (
    r"(?P<hour>\d{1,2}(?:[:.]\d\d)?|"
    + "|".join(w for w, n in _HOUR_WORDS.items() if n <= NOON_HOUR)
    + r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|noon|midday|midnight)"
)
_MINUTE_WORDS = (
    TEENS
    | TENS
    | {
        f"{t} {u}": TENS[t] + UNITS[u]
        for t in ("twenty", "thirty", "forty", "fifty")
        for u in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    }
)
_MINUTE = r"(?P<minute>\d{2}|oh five|o five|" + "|".join(sorted(_MINUTE_WORDS, key=len, reverse=True)) + r")"
_AM_PM = r"(?: (?:(?P<am>a ?m)|(?P<pm>p ?m)))"

TIMES = TimeWords(
    days=(
        (pattern(r"(?:the )?day after tomorrow"), 2),
        (pattern(r"tomorrow(?:'s)?"), 1),
        (pattern(r"(?:later )?today", r"this(?= morning| afternoon| evening| arvo)"), 0),
    ),
    weekdays=tuple(
        (pattern(rf"(?:on |this |next |this coming |coming )?{day}s?"), n)
        for n, day in enumerate(
            [
                "(?:monday|mon)",
                "(?:tuesday|tues)",
                "(?:wednesday|weds)",
                "(?:thursday|thurs)",
                "(?:friday|fri)",
                "saturday",
                "sunday",
            ]
        )
    ),
    next_week=pattern(r"(?:early |sometime |some time )?next week"),
    parts=(
        (pattern(r"(?:early |first thing )(?:in the )?(?:tomorrow )?(?:morning)?"), 9),
        (pattern(r"(?:in the |late )?mornings?"), 9),
        (pattern(r"(?:at )?lunch ?time", r"(?:at|around|over|before|during) lunch"), 12),
        (pattern(r"after lunch"), 13),
        (pattern(r"(?:in the |early )?(?:afternoons?|arvo)"), 14),
        (pattern(r"late (?:in the )?afternoon"), 16),
        (
            pattern(
                r"(?:the )?end of (?:the )?(?:business )?(?:day|today)",
                r"close of business",
                r"(?:before|by) (?:closing|close)(?: time)?",
                r"(?:after|when i finish) work",
            ),
            17,
        ),
        (pattern(r"(?:in the |at )?(?:evenings?|nights?)", r"tonight"), 18),
    ),
    clock=pattern(
        r"(?:(?:(?P<half>half(?: past)?)|(?P<quarter_past>(?:a )?quarter past)|(?P<quarter_to>(?:a )?quarter (?:to|of"
        r"|till))"
        r"|(?P<past>five|ten|twenty five|twenty|\d+)(?: minutes)? past|(?P<to>five|ten|twenty five|twenty"
        r"|(?:five|ten|twenty five|twenty|\d+)(?= minutes))(?: minutes)? to) )?"
        rf"{_HOUR}(?: {_MINUTE})?(?: ?ish)?(?P<oclock> o ?'?clock)?{_AM_PM}?",
    ),
    delay=pattern(
        r"(?:in|within|after) (?:about |around |maybe |like |the next )?(?:(?P<half>half(?: an?)?)|the(?: next)?(?= "
        r"hour)|(?P<amount>an?|\d+|"
        + "|".join([*_HOUR_WORDS, *TENS, "a couple of", "couple of", "a few"])
        + r"))(?: or (?:so|two))? (?:(?P<minutes>minutes?|mins?)|(?P<hours>hours?)|(?P<days>days?)"
        r"|(?P<weeks>weeks?))(?: time)?",
    ),
    date=pattern(
        rf"(?:on )?(?:the )?(?P<month>{'|'.join(_MONTHS)}) (?:the )?(?P<day>{_ORDINAL})",
        rf"(?:on )?(?:the )?(?P<day2>{_ORDINAL}) (?:of )?(?P<month2>{'|'.join(_MONTHS)})",
        rf"on the (?P<day3>{_ORDINAL})(?! (?:phone|line|floor|time|one|left|right|street|avenue|number|order))",
    ),
    months=_MONTHS,
    wish=pattern(
        r"(?:call|ring|phone|telephone|reach|contact|get back to|get hold of|try|catch|speak to|text)(?: to)? "
        r"(?:me|us)(?: back)?",
        r"call(?:ing)? back",
        r"(?:ring|phone me|try me|(?:get|catch) me)",
        r"call ?back",
        r"ring back",
        r"(?:i'm|i am|i'll be|i will be|we're|we'll be) (?:\w+ )?(?:available|free|home|around|in|back|reachable|at "
        r"home|at my desk|in the office)",
        r"(?:a|your) call",
        r"best time",
        r"any ?time",
        r"hear (?:from|back)",
        r"(?:could|can|would) (?:you|someone|somebody|anyone|\w+) (?:please )?(?:call|ring|phone|try)",
        r"(?:reachable|available|reached)",
        r"(?:can|could) (?:talk|speak)",
        r"(?:must|need to|have to|want to|wish to) (?:talk|speak) (?:to|with) \w+",
        r"works (?:best )?for me",
        r"suits me",
        r"(?:need|want|like|expect) (?:a|your) (?:call|reply|answer|response)",
        r"call",
    ),
    elsewhere=pattern(
        r"(?:yesterday|last (?:week|night|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|year))",
        r"(?:returning|for) (?:your|a|the) (?:\w+ )?(?:call|message)",
        r"(?:ordered|arrived|delivered|delivery|came|was|were|happened|called you|i called|i rang|spoke|appointment"
        r"|meeting|flight|booked|late for|booking|reservation|cancel|confirming|be there|travelling|traveling"
        r"|charged|paid|ran out|run out"
        r"|expired|supposed|scheduled|technician|engineer|due|expires|ago|closed|close|closes|opens|opening|bought"
        r"|purchased|started|stopped|went|been)",
    ),
    link=pattern(
        r"(?:at|on|in|the|after|before|by|around|about|any ?time|from|between|of|past|round|no later than|not before"
        r"|until|till|and|or|to|sometime|some time|for|maybe|like|uh|um|approximately|roughly|say|please|morning"
        r"|back|me|again|early|late|okay|just|is|fine|good|best|would be|works)"
    ),
    bound=pattern(
        r"(?:any ?time )?(?:after|before|by|around|round|about|at|from|between|past|until|till|no later than"
        r"|not before"
        r"|any ?time after|starting|since)(?: about| around)?"
    ),
    deadline=pattern(r"(?:by|no later than|not later than|latest(?: by)?|until|till)(?: the)?(?: end of)?"),
    but_not=pattern(
        r"(?:not|except|don't (?:call|ring|phone)(?: me)?|do not (?:call|ring|phone)(?: me)?)(?: in| on)?(?: the)?"
    ),
    week_end=pattern(r"(?:the )?end of (?:the|this) (?:working |business )?week", r"(?:the )?end of (?=next week)"),
    next_words=frozenset({"next"}),
    between=frozenset({"between"}),
    tonight=frozenset({"tonight"}),
    greeting=pattern(
        r"good (?:morning|afternoon|evening|day|night)",
        r"(?:morning|afternoon|evening)(?= all| everyone| there)",
        r"night (?:shift|manager|porter|nurse|duty)",
    ),
    numbers={
        **UNITS,
        **TEENS,
        **_MINUTE_WORDS,
        **_ORDINALS,
        "noon": 12,
        "midday": 12,
        "midnight": 24,
        "oh five": 5,
        "o five": 5,
        "a": 1,
        "an": 1,
        "a couple of": 2,
        "couple of": 2,
        "a few": 3,
    },
)
