"""How people speak of a card that is paid with, in all languages at once: calls change theirs in the middle."""

from voiceops.analysis.facts.language import pattern

_OTHER_CARDS = r"(?<!sim )(?<!id )(?<!business )(?<!membership )(?<!member )(?<!loyalty )(?<!library )(?<!insurance )"
_OTHER_KARTYA = r"(?<!sim )(?!(?:sim|nevjegy|huseg|torzsvasarloi|szemelyi|lakcim|taj|klub|diak)kartya)"

# The number itself is spoken of, or paying with it.
CARD = pattern(
    r"cards? (?:number|numbers|details|info|information)",
    r"(?:credit|debit|bank|payment|prepaid|gift) ?cards?",
    r"(?:the|your|that) long number",
    r"(?:16|sixteen) digits?",
    r"(?:numbers?|digits?) (?:on|across|of|from|for) (?:\w+ ){0,4}cards?",
    r"(?:numbers?|digits?) (?:across|on|from|at) (?:the|your) (?:front|back)",
    r"cards? ?holders?(?:'s)?",
    r"(?:front|back|name) (?:of|on) (?:the|your|my) card",
    r"(?:pay|paying|paid|payment|charge|charged) (?:\w+ ){0,4}cards?",
    r"\w*(?:bank|hitel|beteti ?|debit|dombornyomott ?|ajandek)kartya\w*",
    r"\w*kartyaszam\w*",
    rf"{_OTHER_KARTYA}\w*kartya\w* (?:\w+ ){{0,3}}szam(?!la)\w*",
    rf"szam(?!la)\w* (?:\w+ ){{0,3}}{_OTHER_KARTYA}\w*kartya\w*",
    rf"{_OTHER_KARTYA}\w*kartyaval",
    r"(?:16|tizenhat) ?(?:szam)?jegy\w*",
    r"شماره ?(?:ی )?(?:16 رقمی )?(?:روی )?کارت\w*",
    r"کارت\w* (?:بانکی|اعتباری|شتاب|هدیه)\w*",
    r"کارت به کارت",
    r"(?:16|شانزده) رقم\w*",
    r"با کارت\w*",
)
# What is asked for beside the number, mostly after it.
BESIDE = pattern(
    r"expir(?:y|es|ation|ing)(?: date)?",
    r"valid (?:until|thru|through)",
    r"(?:security|verification) (?:code|number)",
    r"c ?v ?[vc] ?2?",
    r"(?:3|three|4|four) (?:digits?|numbers?) (?:on|from|at) (?:the|your) (?:back|front|signature)",
    r"pin(?: ?code| number)?",
    r"(?:lejarat|ervenyesseg)\w*",
    r"(?:biztonsagi|ellenorzo|biztonsagi ellenorzo) ?kod\w*",
    r"(?:cvc|cvv)\w*",
    r"ce ve (?:ce|ve)",
    r"pin ?kod\w*",
    r"(?:harom|3) ?(?:jegyu )?(?:szam|kod)\w* (?:\w+ ){0,2}hat\w+",
    r"hat(?:oldal|ul)\w* (?:\w+ ){0,3}(?:szam(?!la)|kod)\w*",
    r"تاریخ ?(?:ی )?انقضا\w*",
    r"انقضا\w*",
    r"سی ?وی ?وی ?(?:2|دو|تو)?",
    r"کد امنیتی",
    r"رمز ?(?:ی )?(?:دوم|پویا|اینترنتی|کارت)\w*",
)
# A card is spoken of, of whatever kind, or paying by whatever means.
MENTION = pattern(
    r"(?:like|want|wish|going|ready) to (?:pay|make (?:a|the) payment)",
    r"(?:take|make|process) (?:a|the|your|that) payment",
    r"(?:by|my|a|with) (?:debit|credit)(?! (?:note|score|balance|limit))",
    r"(?:fizetn(?:i|ek|em|enk)|befizetn\w+|kifizetn\w+)",
    r"پرداخت (?:کنم|می ?کنم|کنید|کنین|می ?کنید)",
    rf"{_OTHER_CARDS}cards?",
    r"(?:visa|master ?card|amex|american express|maestro)\w*",
    rf"{_OTHER_KARTYA}\w*kartya\w*",
    r"(?<!سیم )کارت(?:م|ت|ش|مان|مون|تان|تون|ی|ها|های|هام)?(?! (?:ملی|شناسایی|ویزیت|دعوت|بیمه|دانشجویی|پایان))",
)
# A number to be called at is announced, near enough to what follows to be sure of it.
TELEPHONE = pattern(
    r"(?:tele)?phone (?:number|is)",
    r"(?:mobile|cell|cellphone) (?:number|is)",
    r"(?:call ?back|contact|landline) (?:number|is)",
    r"(?:call|reach|ring|phone) (?:me|you|us|him|her)(?: back)? (?:at|on)",
    r"(?:telefon|mobil|visszahivo ?|vezetekes ?)szam\w*",
    r"(?:telefonom|mobilom)(?: szama)?",
    r"شماره ?(?:ی )?(?:تلفن|موبایل|تماس|همراه)\w*",
    r"(?:موبایلم|تلفنم|گوشیم)",
)
