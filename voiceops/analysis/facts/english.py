"""English: number words, cues and time words."""

from voiceops.analysis.facts.english_words import COMMON, NOT_A_NAME
from voiceops.analysis.facts.language import (
    Language,
    NameCue,
    NameWords,
    NumberWords,
    PhoneWords,
    ReasonWords,
    TimeWords,
    UrgencyWords,
    pattern,
    words,
)

_UNITS = {
    word: digit
    for digit, spelled in enumerate(
        ("zero oh o nought naught nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine niner")
    )
    for word in spelled.split()
}
_TEENS = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
) | {"fourty": 40}

NUMBERS = NumberWords(
    units=_UNITS,
    teens=_TEENS,
    tens=_TENS,
    hundreds={},
    hundred=words("hundred"),
    thousand=words("thousand"),
    repeats={"double": 2, "triple": 3, "treble": 3, "quadruple": 4},
    and_words=words("and"),
    plus=words("plus"),
    weak=words("oh o nil"),
)

_NUMBER = r"(?:phone |telephone |cell |mobile |callback |call back |home |work |office |direct |contact |best |new )*(?:number|cell|mobile|line|phone)"
_REFERENCE = (
    r"(?:account|order|case|ticket|reference|ref|invoice|policy|booking|customer|client|confirmation|contract|claim"
    r"|tracking|serial|meter|member|membership|job|work order|purchase order|reservation|service request)"
)

PHONE = PhoneWords(
    cue=pattern(
        rf"my {_NUMBER}(?: again| here)?(?: is|'s| its| it's)?",
        rf"(?:the|best|a good) {_NUMBER}(?: to (?:call|reach|ring|get|use)(?: me)?(?: back)?(?: on| at)?| for me| here)?(?: is|'s)",
        r"(?:call|ring|phone|reach|get|text|contact|try|dial|get hold of|catch|buzz)(?: me| us| him| her)?(?: back)?(?: please)?(?: again)?(?: directly)?(?: on| at)(?: the)?(?: number)?",
        r"(?:call|ring|phone|reach|contact)(?: me| us)(?: back)?",
        r"(?:my )?(?:number|cell|mobile|telephone|phone)(?:'s| is)",
        r"(?:i'm|i am|we're|we are)(?: available| reachable)? (?:at|on)",
        r"area code",
        r"(?:callback|call back|return call|call)(?: please)? (?:at|on|to)",
    ),
    other=pattern(
        rf"(?:my |the |an? |our )?{_REFERENCE}(?: number| no| id| code| reference)?(?: is| was| it's| its)?",
        r"(?:fax|zip|zip code|postcode|post code|postal code|pin|card|credit card|social security|iban|sort code|vat|tax|flight|room|flat|apartment|unit|model|part|bus|date of birth|born)(?: number)?(?: is| was)?",
        r"(?:old|previous|former|wrong|his|her|your|whose) (?:phone |cell |mobile |home |work |office |telephone )?(?:number|cell|mobile|phone)(?: is| was)?",
        r"(?:dialed|dialled|called you(?: at| on)?|missed (?:a )?call from|(?:a )?call from|called from)",
        r"(?:don't|do not|never) (?:call|ring|use)(?: me)?(?: back)?(?: on| at)?",
        r"(?:instead of|rather than|no longer(?: use| on)?)",
    ),
    bridge=pattern(
        r"(?:uh|um|er|erm|ah|hm|hmm|mm|like|so|dash|hyphen|space|then|and then|followed by|okay|ok|right|let me see|yeah)",
        r"(?:and )?(?:the )?area code(?: is)?",
    ),
    correction=pattern(
        r"(?:no |oops |whoops |ah |uh |um |er )*(?:i'm )?(?:sorry|pardon me|pardon|excuse me|apologies)(?: no| i mean| i meant| that's| that is| it's| it is| make that| not| uh| um)*",
        r"(?:or )?(?:uh |um |no |wait )*(?:i mean|i meant|i mean to say|make that|make it|scratch that|strike that|correction|let me correct that|let me start (?:again|over)|start again|rather|i said that wrong|that's wrong|that's not right|that's not it|my mistake|my bad|i got that wrong)(?: it's| it is| that's| no| the (?:correct|right) number is| it should be| should be)*",
        r"(?:no|nope|oops|whoops|wait|hang on|hold on|actually)(?: no| wait| actually| sorry| it's| that's| make that| hang on| not)*",
        r"(?:the )?last (?:one|two|three|four|digit|digits|two digits|three digits|four digits|bit|part)(?: is| are| should be| was| were)(?: actually)?",
        r"(?:it )?should (?:be|have been)",
    ),
    this_number=pattern(
        r"(?:this|the same|same) (?:phone |telephone |cell |mobile )?(?:number|line|phone|cell)",
        r"(?:the )?(?:number|phone|line|one) (?:that )?(?:i'm|i am|i'll be|i've been) (?:calling|phoning|ringing|speaking|talking)(?: you)?(?: from| on)",
        r"(?:the )?(?:number|phone|line) (?:that )?i (?:called|rang|phoned|call)(?: you)? from",
        r"(?:the )?number (?:that(?:'s| is| has)? )?(?:(?:came|come|comes|showing|shown|shows|show|displayed) )(?:up )?(?:on|in) your",
        r"where i'm calling from",
    ),
    not_this_number=pattern(
        r"(?:not|don't|do not|instead of|rather than|can't|cannot|won't be|no longer)(?: \w+){0,5} (?:this|the same|same) (?:phone |telephone |cell |mobile )?(?:number|line|phone|cell)",
        r"(?:not|instead of|rather than)(?: \w+){0,2} the (?:number|phone|line|one) (?:that )?(?:i'm|i am) (?:calling|phoning|ringing) from",
    ),
    after_area_code=pattern(
        r"(?:and |then )*(?:the |my )?(?:rest|number|phone number)(?: of it)?(?: is|'s)?",
    ),
    extension=pattern(r"(?:and )?(?:then )?(?:my |the )?(?:extension|ext|extention)(?: number)?(?: is)?", r"x"),
    units=words(
        "dollars dollar bucks euros euro pounds pound cents pence percent pm am p.m a.m o'clock oclock minutes minute "
        "hours hour days day weeks week months month years year times street avenue road drive lane boulevard st ave "
        "miles kilometers degrees people items units kilos forints st nd rd th percent pages of in feet"
    ),
)

NAMES = NameWords(
    caller=(
        NameCue(pattern(r"my (?:full )?name(?: is|'s)(?: uh| um| er)*", r"(?:the )?name's", r"my name"), 0.95),
        NameCue(pattern(r"(?:the )?name is", r"i(?:'m| am) called", r"my first name is"), 0.85),
        NameCue(
            pattern(r"(?:yes |yeah |hi |hello |hey |it's |again )*this (?:is|'s)(?: uh| um| er| just)*", r"this's"), 0.9
        ),
        NameCue(
            pattern(r"(?:speaking|calling)(?: again)?", r"(?:is )?(?:speaking|here|calling)(?: again)?"),
            0.88,
            name_precedes=True,
        ),
        NameCue(pattern(r"here(?: again)?(?: from| at| calling)?"), 0.85, name_precedes=True),
        NameCue(pattern(r"it(?:'s| is)(?: just| only| uh| um| me)*"), 0.75),
        NameCue(pattern(r"i(?:'m| am)(?: uh| um| just)*"), 0.7),
        NameCue(
            pattern(r"(?:hi|hello|hey|good morning|good afternoon|good evening)(?: there| everyone| uh| um)*"), 0.6
        ),
    ),
    asked_for=(
        NameCue(
            pattern(
                r"(?:speak|talk|chat)(?: again| directly)? (?:to|with)",
                r"(?:a |this )?(?:message|call|voicemail) (?:is )?for",
                r"(?:trying to|like to|need to|want to|wanted to) (?:reach|get hold of|contact|get in touch with)",
                r"(?:looking|calling|asking) for",
                r"attention(?: of)?",
                r"put me through to",
                r"connect me (?:to|with)",
                r"get back to me from",
                r"is for",
            ),
            0.9,
        ),
        NameCue(
            pattern(
                r"(?:could|can|would|will|may|should)(?: you)?(?: please)?(?: ask| have| get| tell| let)?",
                r"(?:please|kindly)(?: ask| have| get| tell| let)",
                r"(?:ask|have|get|tell|let)",
                r"(?:i'd like|i would like|i want|i need)",
            ),
            0.85,
            then=pattern(
                r"(?:to |please |kindly |just )*(?:call|ring|phone|give|get|contact|return|reach|speak|talk|look|deal|know)"
            ),
        ),
        NameCue(pattern(r"(?:call|ring|phone|callback|call back)(?: back)?(?: from| by)"), 0.8),
    ),
    company=(
        NameCue(
            pattern(
                r"(?:calling |phoning |ringing |speaking |here )?(?:from|with|at|of|on behalf of|for|over at)(?: the)?"
            ),
            0.8,
        ),
        NameCue(
            pattern(
                r"(?:i'm |i am |i'm calling |calling |i'm phoning |phoning |speaking )?(?:on behalf of|representing)",
                r"(?:i work for|i work at|our company is|the company is|my company is|company name is)",
            ),
            0.85,
        ),
    ),
    stop=NOT_A_NAME,
    titles=words("mr mister mrs missus ms miss mx dr doctor professor prof sir reverend father sister captain"),
    spelling=pattern(
        r"(?:and )?(?:that's|that is|it's|it is|spelled|spelt|i spell (?:it|that)|spelling|spelling is|is spelled|last name|surname)(?: spelled| spelt| with| is)*"
    ),
)

REFERENCE = pattern(
    rf"(?:my |the |an? |our |your |for |about |regarding )*{_REFERENCE}(?: number| no| num| id| code| reference| ref)+(?: is| was| it's| its| that's| for this| here| ending| ending in)*",
    rf"(?:my |the |an? |our |your |for |about |regarding )*{_REFERENCE}(?: is| was)?",
)

URGENCY = UrgencyWords(
    vulnerable=pattern(
        r"(?:in (?:the )?)?hospital(?:ised|ized)?",
        r"(?:newborn|infant|baby|babies|toddler)",
        r"oxygen",
        r"dialysis",
        r"pacemaker",
        r"insulin",
        r"wheelchair",
        r"pregnant",
        r"disabled",
        r"ventilator",
        r"life support",
        r"(?:no|without(?: any)?|lost(?: our| my| the)?) (?:heating|heat|hot water|water|power|electricity|gas|running water)",
        r"(?:heating|heat|boiler|furnace|power|electricity|water) (?:is|has|has been|'s) (?:\w+ )?(?:off|out|broken|gone|cut|down|failed)",
        r"(?:elderly|frail|sick) (?:mother|father|parents|parent|mom|mum|dad|grandmother|woman|man|person|lady)",
        r"gas (?:leak|smell)",
        r"smell(?:s|ing)?(?: of)? gas",
        r"(?:flood|flooding|flooded|fire|smoke|sparks|sparking|carbon monoxide)",
        r"water (?:is )?(?:pouring|coming through|everywhere)",
        r"(?:life or death|life threatening|ambulance|chest pain|can't breathe|suicid\w*|kill myself)",
        r"(?:locked out|stranded|stuck in)",
    ),
    pressing=pattern(
        r"urgent(?:ly)?",
        r"urgency",
        r"emergency",
        r"as (?:soon|quickly|fast) as (?:possible|you can|you possibly can|humanly possible)",
        r"a ?s ?a ?p",
        r"immediate(?:ly)?",
        r"right away",
        r"straight away",
        r"at once",
        r"right now",
        r"critical",
        r"desperate(?:ly)?",
        r"it can't wait",
        r"(?:can't|cannot) wait",
        r"without delay",
        r"very important",
        r"extremely important",
        r"time[ -]sensitive",
        r"deadline",
        r"(?:third|fourth|fifth|sixth|second|3rd|4th|2nd|umpteenth) (?:time|message|call|voicemail)",
        r"(?:called|rung|phoned|left(?: you)?(?: a)? messages?) (?:\w+ )?(?:twice|three times|four times|five times|several times|many times|multiple times|again and again|repeatedly)",
        r"still (?:haven't heard|no (?:answer|reply|response|call)|waiting|nobody|no one)",
        r"(?:nobody|no one) (?:has |ever )?(?:called|calls|got back|rang|answered)",
        r"(?:by|before) (?:the end of (?:the day|today)|end of (?:the )?day|close of business|tonight|today|this evening|noon today)",
        r"(?:lawyer|solicitor|attorney|sue|legal action|complaint|ombudsman)",
        r"(?:stolen|fraud|fraudulent|scam|hacked)",
        r"cut(?:ting)? (?:me |us |it )?off",
        r"losing (?:money|business|customers)",
    ),
    calm=pattern(
        r"(?:not|isn't|not that|not really|not very|nothing|no longer|not at all|hardly|not so|not too|not terribly|not super|not particularly|not exactly|never) (?:an? |that |very |so |at all |really |super |too |especially )*(?:urgent|emergency|critical|urgency|time sensitive)",
        r"no (?:rush|hurry|urgency|emergency|pressure|great rush|big rush|particular rush|immediate rush|real hurry)",
        r"(?:isn't|not|there's no|there is no|without|don't|aren't|not in)(?: in)?(?: any| a| a big| an?)? (?:rush|hurry|urgency)",
        r"when(?:ever)? you (?:get|have|find|can get|can find)(?: a| some| the)? (?:chance|moment|minute|time|second|opportunity)",
        r"when(?:ever)? (?:it suits|it's convenient|it is convenient|convenient|suits you|you can|you're free|you are free)",
        r"at your (?:convenience|leisure|earliest convenience)",
        r"take your time",
        r"(?:can|could|will) wait",
        r"not important",
        r"no need to (?:hurry|rush|call back today)",
        r"some ?time (?:this|next) (?:week|month)",
        r"low priority",
    ),
)

REASON = ReasonWords(
    cue=pattern(
        r"(?:i'm|i am|i was|i|we're|we are|just)(?: just)? (?:calling|phoning|ringing|called|rang|leaving (?:a|this) message|reaching out|getting in touch)(?: you)?(?: again| back| today)? (?:about|because|regarding|to|concerning|as|in regards? to|with regards? to|for|since|cause|on account of|over)",
        r"(?:calling|phoning|ringing) (?:about|because|regarding|to|concerning|in regards? to|with regards? to)",
        r"(?:it's|it is|this is) (?:about|regarding|concerning|because)",
        r"(?:the )?reason (?:i'm calling|i called|for my call|for (?:the|this) call) is(?: that)?",
        r"(?:i'd|i would|we'd|we would) like to (?!speak|talk|leave)",
        r"i (?:need|want|wanted|was hoping|was wondering)(?: to| if| someone| you| some)?(?! to speak| speak| talk)",
        r"(?:i've|i have|we've|we have|i|there's|there is)(?: got)? (?:a |an |some )?(?:problem|question|issue|trouble|complaint|query|concern)s?(?: with| about| regarding)?",
        r"(?:in regards?|with regards?|in reference|with reference) to",
        r"(?:regarding|concerning)",
    ),
    trouble=pattern(
        r"(?:problem|issue|trouble|question|broken|wrong|not working|doesn't work|does not work|isn't working|stopped|cancel|cancelled|canceled|refund|charged|overcharged|bill|billing|invoice|payment|delivery|delivered|arrived|missing|damaged|late|delayed|appointment|renew|upgrade|change|complaint|leak|leaking|error|password|login|internet|outage|faulty|repair|replace|replacement|return|order|quote|price|contract|policy|claim|heating|boiler|power|never|hasn't|haven't|didn't|can't|cannot|couldn't|won't|still|twice|lost|stolen|failed|address|move|moving|book|reschedule|confirm)",
    ),
    dangling=words("and so but or because the a my if that please um uh is"),
    aside=pattern(
        r"(?:call|ring|phone|text|get back to|reach|contact) (?:me|us)(?: back)?",
        r"(?:my|the) (?:\w+ )?number(?: is|'s)",
        r"my name(?: is|'s)",
        r"this is",
        r"thank(?:s| you)",
        r"(?:bye|goodbye|cheers)",
        r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day))",
        r"(?:speaking|here)",
        r"(?:not urgent|no rush|no hurry)",
        r"(?:look forward|looking forward|have a (?:good|nice|great))",
        r"(?:you can|please|could you) (?:call|reach|ring|phone|get)",
        r"(?:i'm|i'll be|i am) (?:available|free|home|at home|around)",
        r"(?:again|i repeat)",
    ),
)

_MONTHS = tuple("january february march april may june july august september october november december".split())
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}
_ORDINALS |= {f"twenty {word}": 20 + n for word, n in _ORDINALS.items() if n < 10}  # noqa: PLR2004 — the ones
_ORDINALS |= {"thirtieth": 30, "thirty first": 31}
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?|" + "|".join(sorted(_ORDINALS, key=len, reverse=True))
_HOUR_WORDS = {**_TEENS, **{w: n for w, n in _UNITS.items() if n and w != "niner"}}
_HOUR = (
    r"(?P<hour>\d{1,2}(?:[:.]\d\d)?|"
    + "|".join(w for w, n in _HOUR_WORDS.items() if n <= 12)
    + r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|noon|midday|midnight)"
)
_MINUTE_WORDS = (
    _TEENS
    | _TENS
    | {
        f"{t} {u}": _TENS[t] + _UNITS[u]
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
        (pattern(r"(?:later )?today", r"this(?= morning| afternoon| evening)"), 0),
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
        (pattern(r"(?:at )?(?:lunch ?time|lunch)"), 12),
        (pattern(r"after lunch"), 13),
        (pattern(r"(?:in the |early )?(?:afternoons?)"), 14),
        (pattern(r"late (?:in the )?afternoon"), 16),
        (
            pattern(
                r"(?:the )?end of (?:the )?(?:business )?(?:day|today)",
                r"close of business",
                r"(?:after|when i finish) work",
            ),
            17,
        ),
        (pattern(r"(?:in the |at )?(?:evenings?|nights?)", r"tonight"), 18),
    ),
    clock=pattern(
        r"(?:(?:(?P<half>half past)|(?P<quarter_past>(?:a )?quarter past)|(?P<quarter_to>(?:a )?quarter (?:to|of|till))"
        r"|(?P<past>five|ten|twenty five|twenty|\d+)(?: minutes)? past|(?P<to>five|ten|twenty five|twenty|\d+)(?: minutes)? to) )?"
        rf"{_HOUR}(?: {_MINUTE})?(?P<oclock> o ?'?clock)?{_AM_PM}?",
    ),
    delay=pattern(
        r"(?:in|within|after) (?:about |around |maybe |like |the next )?(?:(?P<half>half(?: an?)?)|the(?: next)?(?= hour)|(?P<amount>an?|\d+|"
        + "|".join([*_HOUR_WORDS, *_TENS, "a couple of", "couple of", "a few"])
        + r"))(?: or (?:so|two))? (?:(?P<minutes>minutes?|mins?)|(?P<hours>hours?)|(?P<days>days?)|(?P<weeks>weeks?))(?: time)?",
    ),
    date=pattern(
        rf"(?:on )?(?:the )?(?P<month>{'|'.join(_MONTHS)}) (?:the )?(?P<day>{_ORDINAL})",
        rf"(?:on )?(?:the )?(?P<day2>{_ORDINAL}) (?:of )?(?P<month2>{'|'.join(_MONTHS)})",
    ),
    months=_MONTHS,
    wish=pattern(
        r"(?:call|ring|phone|reach|contact|get back to|get hold of|try|catch|speak to|text)(?: to)? (?:me|us)(?: back)?",
        r"call(?:ing)? back",
        r"(?:ring|phone me|try me)",
        r"call ?back",
        r"ring back",
        r"(?:i'm|i am|i'll be|i will be|we're|we'll be) (?:\w+ )?(?:available|free|home|around|in|back|reachable|at home|at my desk|in the office)",
        r"(?:a|your) call",
        r"best time",
        r"any ?time",
        r"hear (?:from|back)",
        r"(?:could|can|would) (?:you|someone|somebody|anyone|\w+) (?:please )?(?:call|ring|phone|try)",
        r"(?:reachable|available|reached)",
        r"(?:can|could) (?:talk|speak)",
        r"works (?:best )?for me",
        r"suits me",
        r"(?:need|want|like|expect) (?:a|your) (?:call|reply|answer|response)",
        r"call",
    ),
    elsewhere=pattern(
        r"(?:yesterday|last (?:week|night|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|year))",
        r"(?:ordered|arrived|delivered|delivery|came|was|were|happened|called you|i called|i rang|spoke|appointment|meeting|flight|booked|supposed|scheduled|technician|engineer|due|expires|ago|closed|opening|bought|purchased|started|stopped|went|been)",
    ),
    link=pattern(
        r"(?:at|on|in|the|after|before|by|around|about|any ?time|from|between|of|past|no later than|not before|until|till|and|or|to|sometime|some time|for|maybe|like|uh|um|approximately|roughly|say|please|morning|back|me|again|early|late|okay|just|is|fine|good|best|would be|works)"
    ),
    bound=pattern(
        r"(?:any ?time )?(?:after|before|by|around|about|at|from|between|past|until|till|no later than|not before|any ?time after|starting|since)(?: about| around)?"
    ),
    numbers={
        **_UNITS,
        **_TEENS,
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

ENGLISH = Language("en", "US", NUMBERS, PHONE, NAMES, REFERENCE, URGENCY, REASON, TIMES, COMMON)
