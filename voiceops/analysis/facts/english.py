"""English: references, urgency and reasons, and the language as a whole."""

from voiceops.analysis.facts.english_names import NAMES
from voiceops.analysis.facts.english_numbers import NUMBERS, PHONE, REFERENCE_KINDS
from voiceops.analysis.facts.english_times import TIMES
from voiceops.analysis.facts.english_words import COMMON
from voiceops.analysis.facts.language import Language, ReasonWords, UrgencyWords, pattern, words

REFERENCE = pattern(
    rf"(?:my |the |an? |our |your |for |about |regarding )*{REFERENCE_KINDS}(?: number| no| num| id| code| "
    rf"reference| ref)+(?: is| was| it's| its| that's| for this| here| ending| ending in)*",
    rf"(?:my |the |an? |our |your |for |about |regarding )*{REFERENCE_KINDS}(?: is| was)?",
)

URGENCY = UrgencyWords(
    vulnerable=pattern(
        r"(?:in|to|out of) (?:the |a )?hospital",
        r"hospitali[sz]ed",
        r"(?:newborn|infant|toddler)",
        r"bab(?:y|ies)(?! shower| monitor| clothes| food| photos?| carriage| seat)",
        r"(?:fire|smoke)(?! alarms?| detectors?| doors?| insurance| department| extinguishers?| safety| place| pit| "
        r"sale)",
        r"oxygen",
        r"dialysis",
        r"pacemaker",
        r"insulin",
        r"wheelchair",
        r"pregnant",
        r"disabled",
        r"ventilator",
        r"life support",
        r"(?:no|without(?: any)?|lost(?: our| my| the)?) (?:heating|heat|hot water|water|power|electricity|gas"
        r"|running water)",
        r"(?:heating|heat|boiler|furnace|power|electricity|water) (?:is|has|has been|'s) (?:\w+ )?(?:off|out|broken"
        r"|gone|cut|down|failed)",
        r"(?:elderly|frail|sick) (?:mother|father|parents|parent|mom|mum|dad|grandmother|woman|man|person|lady)",
        r"gas (?:leak|smell)",
        r"smell(?:s|ing)?(?: of)? gas",
        r"(?:flood|flooding|flooded|sparks|sparking|carbon monoxide)",
        r"water (?:is )?(?:pouring|coming through|everywhere)",
        r"(?:life or death|life threatening|ambulance|chest pain|can't breathe|suicid\w*|kill myself)",
        r"(?:locked out(?! of (?:my|the|our) (?:\w+ )?(?:account|app|portal|website|email|profile|system))|stranded"
        r"|stuck in)",
        r"(?:live|living|i'm|i am|all) (?:all )?(?:alone|on my own|by myself)",
        r"(?:eighty|ninety|seventy|8\d|9\d|7\d)(?: \w+)? years old",
        r"(?:allergic reaction|choking|unconscious|bleeding|asthma|diabetic|poisoned|swallowed)",
    ),
    pressing=pattern(
        r"urgent(?:ly)?",
        r"urgency",
        r"(?:system|server|machine|site|website|network|line|phones?) (?:is|are) (?:completely |all )?down",
        r"(?:please )?hurry(?: up)?",
        r"emergency",
        r"(?:please )?(?:come|call|ring)(?: \w+){0,2} quick(?:ly)?",
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
        r"(?:called|rung|phoned|left(?: you)?(?: a)? messages?) (?:\w+ )?(?:twice|three times|four times|five times"
        r"|several times|many times|multiple times|again and again|repeatedly)",
        r"still (?:haven't heard|no (?:answer|reply|response|call)|waiting|nobody|no one)",
        r"(?:nobody|no one) (?:has |ever )?(?:called|calls|got back|rang|answered)",
        r"(?:by|before) (?:the end of (?:the day|today)|end of (?:the )?day|close of business|tonight|today|this "
        r"evening|noon today)",
        r"(?:lawyer|solicitor|attorney|sue|legal action|complaint|ombudsman)",
        r"(?:stolen|fraud|fraudulent|scam|hacked)",
        r"cut(?:ting)? (?:me |us |it )?off",
        r"losing (?:money|business|customers)",
    ),
    calm=pattern(
        r"(?:not|isn't|not that|not really|not very|nothing|no longer|not at all|hardly|not so|not too|not terribly"
        r"|not super|not particularly|not exactly|never) (?:an? |that |very |so |at all |really |super |too "
        r"|especially )*(?:urgent|emergency|critical|urgency|time sensitive)",
        r"no (?:rush|hurry|urgency|emergency|pressure|great rush|big rush|particular rush|immediate rush|real hurry)",
        r"(?:isn't|not|there's no|there is no|without|don't|aren't|not in)(?: in)?(?: any| a| a big| an?)? (?:rush"
        r"|hurry|urgency)",
        r"when(?:ever)? you (?:get|have|find|can get|can find)(?: a| some| the)? (?:chance|moment|minute|time"
        r"|second|opportunity)",
        r"when(?:ever)? (?:it suits|it's convenient|it is convenient|convenient|suits you|you can|you're free|you "
        r"are free)",
        r"at your (?:convenience|leisure|earliest convenience)",
        r"take your time",
        r"(?:can|could|will) wait",
        r"not important",
        r"no need to (?:hurry|rush|call back today)",
        r"some ?time (?:this|next) (?:week|month)",
        r"low priority",
        r"(?:call|ring|phone)(?: me)?(?: back)? whenever",
    ),
)

REASON = ReasonWords(
    cue=pattern(
        r"(?:i'm|i am|i was|i|we're|we are|just)(?: just)? (?:calling|phoning|ringing|called|rang|leaving (?:a"
        r"|this) message|reaching out|getting in touch)(?: you)?(?: again| back| today)? (?:about|because|regarding"
        r"|to|concerning|as|in regards? to|with regards? to|for|since|cause|on account of|over)",
        r"(?:calling|phoning|ringing) (?:about|because|regarding|to|concerning|in regards? to|with regards? to)",
        r"(?:it's|it is|this is) (?:about|regarding|concerning|because)",
        r"(?:the )?reason (?:i'm calling|i called|for my call|for (?:the|this) call) is(?: that)?",
        r"(?:i'd|i would|we'd|we would) like to (?!speak|talk|leave)",
        r"(?:i|we) (?:need|want|wanted|was hoping|were hoping|was wondering)"
        r"(?: to| if| someone| you| some)?(?! to speak| speak| talk)",
        r"(?:i've|i have|we've|we have|i|there's|there is)(?: got)? (?:a |an |some )?(?:problem|question|issue"
        r"|trouble|complaint|query|concern)s?(?: with| about| regarding)?",
        r"(?:i'm |i am )?(?:returning|responding to) (?:your|a) (?:call|message)",
        r"(?:i'm|i am|we're|we are) (?:having|after|looking for|wondering)",
        r"(?:in regards?|with regards?|in reference|with reference) to",
        r"(?:regarding|concerning)",
        r"about(?= (?:the|my|our|your|that|this) (?!time|hour|same))",
    ),
    trouble=pattern(
        r"(?:problem|issue|trouble|mistake|question|broken|wrong|not working|doesn't work|does not work|isn't working"
        r"|stopped|cancel|cancelled|canceled|refund|charged|overcharged|bill|billing|invoice|payment|delivery"
        r"|delivered|arrived|missing|damaged|late|delayed|appointment|renew|upgrade|change|complaint|leak|leaking"
        r"|error|password|login|internet|outage|faulty|repair|replace|replacement|return|order|quote|price|contract"
        r"|policy|claim|heating|boiler|power|never|hasn't|haven't|didn't|can't|cannot|couldn't|won't|still|twice"
        r"|lost|stolen|failed|address|move|moving|book|reschedule|confirm)",
    ),
    leading=words("and so but um uh is well okay also from of at with please then here there"),
    dangling=words(
        "somebody someone kindly at on to my it he she they you we i i'm can could will just this and so but or "
        "because the a if that please um uh is"
    ),
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
        r"(?:you can|please|could you) (?:call|reach|ring|phone|get|ask|have|let|tell|give|contact|send|leave)",
        r"(?:i'm|i'll be|i am) (?:available|free|home|at home|around)",
        r"i repeat",
    ),
)

ENGLISH = Language("en", "US", NUMBERS, PHONE, NAMES, REFERENCE, URGENCY, REASON, TIMES, COMMON)
