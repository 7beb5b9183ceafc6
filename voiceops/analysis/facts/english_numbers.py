"""English: number words, and the wording around telephone numbers and references."""

from voiceops.analysis.facts.language import NumberWords, PhoneWords, pattern, words

UNITS = {
    word: digit
    for digit, spelled in enumerate(
        ("zero oh o nought naught nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine niner")
    )
    for word in spelled.split()
}
TEENS = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
) | {"fourty": 40}

NUMBERS = NumberWords(
    units=UNITS,
    teens=TEENS,
    tens=TENS,
    hundreds={},
    hundred=words("hundred"),
    thousand=words("thousand"),
    repeats={"double": 2, "triple": 3, "treble": 3, "quadruple": 4},
    and_words=words("and"),
    plus=words("plus"),
    sound_alike={"to": "2", "too": "2", "for": "4", "won": "1", "ate": "8", "tree": "3", "sex": "6"},
)

_NUMBER = (
    r"(?:phone |telephone |cell |mobile |callback |call back |home |work |office |direct |contact |best |new "
    r")*(?:number|cell|mobile|line|phone)"
)
REFERENCE_KINDS = (
    r"(?:account|order|case|ticket|reference|ref|invoice|policy|booking|customer|client|confirmation|contract|claim"
    r"|tracking|serial|meter|member|membership|job|work order|purchase order|reservation|service request)"
)

PHONE = PhoneWords(
    cue=pattern(
        rf"my {_NUMBER}(?: again| here)?(?: is|'s| its| it's)?",
        rf"(?:the|best|a good) {_NUMBER}(?: to (?:call|reach|ring|get|use)(?: me)?(?: back)?(?: on| at)?| for me| "
        rf"here)?(?: is|'s)",
        r"(?:call|ring|phone|reach|get|text|contact|try|dial|get hold of|catch|buzz)(?: me| us| him| her)?(?: "
        r"back)?(?: please)?(?: again)?(?: directly)?(?: on| at)(?: the)?(?: number)?",
        r"(?:call|ring|phone|reach|contact)(?: me| us)(?: back)?",
        r"(?:my )?(?:number|cell|mobile|telephone|phone)(?:'s| is)",
        r"(?:i'm|i am|we're|we are)(?: available| reachable)? (?:at|on)",
        r"area code",
        r"(?:callback|call back|return call|call)(?: please)? (?:at|on|to)",
    ),
    other=pattern(
        rf"(?:my |the |an? |our )?{REFERENCE_KINDS}(?: number| no| id| code| reference)?(?: is| was| it's| its)?",
        r"(?:fax|zip code|zip|postcode|post code|postal code|pin code|pin|credit card|card"
        r"|social security|iban|sort code|vat|tax|flight|room|flat|apartment|unit|model"
        r"|part|bus|date of birth|born)(?: number)?(?: is| was)?",
        r"(?:old|previous|former|wrong|his|her|your|whose) (?:phone |cell |mobile |home |work |office |telephone "
        r")?(?:number|cell|mobile|phone)(?: is| was)?",
        r"(?:dialed|dialled|called you(?: at| on)?|missed (?:a )?call from|(?:a )?call from|called from)",
        r"(?:don't|do not|never) (?:call|ring|use)(?: me)?(?: back)?(?: on| at)?",
        r"(?:instead of(?! me| us)|rather than|no longer(?: use| on)?)",
    ),
    bridge=pattern(
        r"(?:uh|um|er|erm|ah|hm|hmm|mm|like|so|dash|hyphen|space|then|and then|followed by|okay|ok|right|let me see"
        r"|yeah)",
        r"(?:and )?(?:the )?area code(?: is)?",
    ),
    correction=pattern(
        r"(?:no |oops |whoops |ah |uh |um |er )*(?:i'm )?(?:sorry|pardon me|pardon|excuse me|apologies)(?: no| i "
        r"mean| i meant| that's| that is| it's| it is| make that| not| uh| um)*",
        r"(?:or )?(?:uh |um |no |wait )*(?:i mean|i meant|i mean to say|make that|make it|scratch that|strike that"
        r"|correction|let me correct that|let me start (?:again|over)|start again|rather|i said that wrong|that's "
        r"wrong|that's not right|that's not it|my mistake|my bad|i got that wrong)(?: it's| it is| that's| no| the "
        r"(?:correct|right) number is| it should be| should be)*",
        r"(?:no|nope|oops|whoops|wait|hang on|hold on|actually)(?: no| wait| actually| sorry| it's| that's| make "
        r"that| hang on| not)*",
        r"(?:the )?last (?:one|two|three|four|digit|digits|two digits|three digits|four digits|bit|part)(?: is| are"
        r"| should be| was| were)(?: actually)?",
        r"(?:it )?should (?:be|have been)",
    ),
    this_number=pattern(
        r"(?:this|the same|same) (?:phone |telephone |cell |mobile )?(?:number|line|phone|cell)",
        r"(?:the )?(?:number|phone|line|one) (?:that )?(?:i'm|i am|i'll be|i've been) (?:calling|phoning|ringing"
        r"|speaking|talking)(?: you)?(?: from| on)",
        r"(?:the )?(?:number|phone|line) (?:that )?i (?:called|rang|phoned|call)(?: you)? from",
        r"(?:the )?number (?:that(?:'s| is| has)? )?(?:(?:came|come|comes|showing|shown|shows|show|displayed) "
        r")(?:up )?(?:on|in) your",
        r"where i'm calling from",
    ),
    not_this_number=pattern(
        r"(?:not|don't|do not|never|instead of|rather than|can't|cannot|won't|isn't|no longer|nobody)(?: \w+){0,5} "
        r"(?:this|the same|same) (?:phone |telephone |cell |mobile )?(?:number|line|phone|cell)",
        r"(?:not|don't|instead of|rather than)(?: \w+){0,4} the (?:number|phone|line|one) (?:that )?(?:i'm|i am) "
        r"(?:calling|phoning|ringing) from",
        r"(?:call|calls|called|message|text) from (?:this|the same) (?:phone |mobile )?(?:number|line|phone)",
        r"(?:this|the same|same) (?:phone |telephone |cell |mobile )?(?:number|line|phone|cell) (?:isn't|is not"
        r"|won't|will not|doesn't|does not|can't|is no longer|is out|belongs|is (?:\w+ )?(?:wife|husband|friend"
        r"|mother|father|neighbor|neighbour|work|office)'?s?)",
    ),
    or_words=words("or"),
    instead=words("but"),
    area_after=pattern(r"(?:(?:and |with |the |that's |it's )*area code|in area code)(?: is)?"),
    is_words=words("is was as that's that are"),
    after_area_code=pattern(
        r"(?:and |then )*(?:the )?(?:rest|number|phone number)(?: of it)?(?: is|'s)?",
    ),
    extension=pattern(r"(?:and )?(?:then )?(?:my |the )?(?:extension|ext|extention)(?: number)?(?: is)?", r"x"),
    units=words(
        "dollars dollar bucks euros euro pounds pound cents pence percent pm am p.m a.m o'clock oclock minutes "
        "minute "
        "hours hour days day weeks week months month years year times street avenue road drive lane boulevard st ave "
        "miles kilometers degrees people items units kilos forints st nd rd th percent pages of in feet"
    ),
)
