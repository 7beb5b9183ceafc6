"""English: the wording around names of callers, colleagues and companies."""

from voiceops.analysis.facts.english_given import GIVEN
from voiceops.analysis.facts.english_words import NOT_A_NAME
from voiceops.analysis.facts.language import NameCue, NameWords, pattern, words

_OPENINGS = words("hi hello hey there yes yeah morning afternoon evening it's is this again um uh well ok okay thanks")

NAMES = NameWords(
    caller=(
        NameCue(pattern(r"(?:my (?:full )?name|mine)(?: is|'s)(?: uh| um| er)*", r"(?:the )?name's", r"my name"), 0.95),
        NameCue(pattern(r"(?:a |this is a |just a )?(?:message|call|voicemail) from"), 0.85),
        NameCue(
            pattern(
                r"the name is",
                r"(?<!'s )(?<!his )(?<!her )(?<!their )(?<!business )(?<!company )(?<!last "
                r")(?<!user )name is",
                r"i(?:'m| am) called",
                r"my first name is",
            ),
            0.85,
        ),
        NameCue(
            pattern(r"(?:yes |yeah |hi |hello |hey |it's |again )*this (?:is|'s)(?: uh| um| er| just)*", r"this's"), 0.9
        ),
        NameCue(
            pattern(r"(?:speaking|calling)(?: again)?", r"(?:is |again )?(?:speaking|here|calling)(?: again)?"),
            0.88,
            name_precedes=True,
            opens=_OPENINGS,
        ),
        NameCue(
            pattern(r"(?:again )?here(?: again)?(?: from| at| calling)?"), 0.85, name_precedes=True, opens=_OPENINGS
        ),
        NameCue(pattern(r"is (?:the|my) name"), 0.88, name_precedes=True, opens=_OPENINGS),
        NameCue(pattern(r"you(?:'ve| have) (?:got|reached)", r"this was"), 0.8, usual=True),
        NameCue(
            pattern(r"(?:this is|it(?:'s| is)|i'm|i am) (?:his|her|your|their|the|an?)(?: \w+){1,2}?"), 0.8, usual=True
        ),
        NameCue(pattern(r"here"), 0.7, usual=True),
        NameCue(pattern(r"(?<!told to )ask for"), 0.75),
        NameCue(pattern(r"(?:it(?:'s| is)|only)(?: just| only| uh| um| me| again)*"), 0.75),
        NameCue(pattern(r"i(?:'m| am)(?: uh| um| just)*"), 0.7),
        NameCue(
            pattern(r"(?:hi|hello|hey|good morning|good afternoon|good evening)(?: there| everyone| uh| um)*"),
            0.6,
            then=pattern(r"(?:from|here|calling|speaking|with)"),
        ),
    ),
    asked_for=(
        NameCue(
            pattern(
                r"(?:speak|talk|chat)(?: again| directly)? (?:to|with)",
                r"(?:a |this )?(?:message|call|voicemail) (?:is )?for",
                r"(?:trying to|like to|need to|want to|wanted to) (?:reach|get hold of|contact|get in touch with)",
                r"(?:looking|calling|asking|hold) (?:for|of)",
                r"attention(?: of)?",
                r"put me through to",
                r"connect me (?:to|with)",
                r"get back to me from",
                r"is for",
                r"told to ask for",
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
                r"(?:to |please |kindly |just )*(?:the|my|his|her|we|call|ring|phone|give|get|contact|return"
                r"|reach|speak|talk|look|deal|know|i|that|about)"
            ),
        ),
        NameCue(
            pattern(r"(?:if|whether|hoping|that)"),
            0.85,
            then=pattern(
                r"(?:could|can|would|will|might) (?:\w+ )?(?:call|ring|phone|telephone|give|get|return|contact|speak)"
            ),
        ),
        NameCue(pattern(r"(?:call|ring|phone|callback|call back)(?: back)?(?: from| by)"), 0.8),
        NameCue(pattern(r"returning"), 0.8, then=pattern(r"call"), bare=lambda name: name.removesuffix("'s")),
    ),
    company=(
        NameCue(
            pattern(
                r"(?:calling |phoning |ringing |speaking |here )?(?:from|with|at|of|on behalf of|for|over at)(?: "
                r"the)?"
            ),
            0.8,
        ),
        NameCue(
            pattern(
                r"(?:i'm |i am |i'm calling |calling |i'm phoning |phoning |speaking )?(?:on behalf of|representing)"
                r"(?: (?:my|our) (?:employer|company|firm|client))?",
                r"(?:i work for|i work at|i run|i represent|our company is|the company is|my company is"
                r"|company name is)",
                r"(?:shop|store|company|firm|practice|business|place) (?:called|named)",
                r"(?:calling|phoning|ringing|telephoning|speaking|here) from(?: the)?",
                r"(?:i'm|i am|we're|we are) (?:with|from)(?: the)?",
                r"(?:i'm|i am|as) (?:the|an?)(?: \w+){1,3}? (?:at|for|with|from)(?: the)?",
                r"i (?:work|teach|manage|look after)(?: \w+){0,4}? (?:at|for|with|in)(?: the)?",
                r"(?:manager|director|owner|head|secretary|assistant|accountant|solicitor|engineer|teacher"
                r"|tutor|nurse) "
                r"(?:at|of|for|with|from)(?: the)?",
            ),
            0.85,
        ),
    ),
    stop=NOT_A_NAME,
    titles=words("mr mister mrs missus ms miss mx dr doctor professor prof sir reverend father sister captain"),
    never=words(
        "i monday tuesday wednesday thursday friday saturday sunday january february march july august september "
        "october november december mr mrs hello hi please thanks thank name number order"
    ),
    also_first=words("will may april june"),
    also_last=words(
        "long day small young best great big short new old may june march little more park hope wish power bill "
        "price "
        "page gas"
    ),
    given=GIVEN,
    others=words(
        "call ring phone to for with by of and or ask tell have get let mr mrs from has had does did is was that at "
        "but than about husband wife son daughter boss colleague doctor manager"
    ),
    company_words=words(
        "ltd limited inc llc corp corporation company co plc clinic roofing bank hotel garage foods school "
        "studio dental marine motors auto plumbing electric logistics windows cafe restaurant bakery pharmacy "
        "insurance partners sons group systems solutions services media design builders construction realty "
        "law associates hospital salon gym travel tours transport printing press farms gardens dairy brothers"
    ),
    places=words(
        "london manchester birmingham leeds glasgow dublin belfast sydney melbourne brisbane perth auckland "
        "toronto montreal vancouver ottawa boston chicago dallas houston austin denver seattle portland "
        "phoenix miami atlanta philadelphia detroit brooklyn queens manhattan california texas florida ohio "
        "georgia virginia nevada oregon arizona canada england scotland ireland wales australia germany "
        "france spain italy belgium holland netherlands portugal greece turkey sweden norway denmark finland "
        "poland russia "
        "ukraine japan brazil mexico egypt israel america europe brussels amsterdam lisbon athens istanbul "
        "stockholm oslo "
        "copenhagen helsinki warsaw prague moscow tokyo cairo edinburgh cardiff bristol sheffield liverpool "
        "austria hungary india china berlin munich hamburg frankfurt cologne vienna zurich "
        "budapest paris madrid rome tehran dubai home work abroad"
    ),
    kin=words("wife husband mother mum mom father dad son daughter sister brother boss assistant secretary partner"),
    surname=pattern(r"(?:my )?(?:last name|surname|family name)(?: is|'s)?"),
)
