"""How often caller facts are right on made-up messages with known truth: python -m benchmarks.bench_facts.

Messages are put together from parts (greeting, name, reason, reference, number, wish) that were written without
looking at the patterns in voiceops/analysis/facts. Each is made twice: as a recogniser without punctuation writes it
(words only) and as one with punctuation does (digits). The words are undamaged, so every miss is ours.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from voiceops.analysis.caller_facts import caller_facts
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

CERTAIN = 0.9


@dataclass(frozen=True)
class Truth:
    """What a message says; None where it does not say it."""

    text: str
    number: str | None
    name: str | None
    wanted: datetime | None


def main() -> None:
    """Print the rates of every language."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_facts", description=__doc__)
    parser.add_argument("--messages", type=int, default=1000, help="how many messages for each language")
    parser.add_argument("--seed", type=int, default=7, help="another seed makes other messages")
    parser.add_argument("--show", type=int, default=0, help="how many misses to print")
    chosen = parser.parse_args()
    for language, make in MAKERS.items():
        _measure(language, make, (chosen.messages, chosen.seed, chosen.show))


def _measure(language: str, make: Callable[[random.Random, bool], Truth], how: tuple[int, int, int]) -> None:
    """Print the rates of one language; `how` is the count, the seed and how many misses to show."""
    count, seed, show = how
    chance, tally, missed = random.Random(seed), Counter[str](), []  # noqa: S311 — repeatable messages, no secret
    for n in range(count):
        truth = make(chance, n % 2 == 0)
        facts = caller_facts(
            Transcript(language, 30, (Utterance(Party.CALLER, 0, 30, truth.text),)),
            region=REGIONS[language],
            received_at=RECEIVED[language],
        )
        number, name, wanted = facts.callback_number, facts.caller_name, facts.wanted_at
        got_number = number.value if number else None
        pairs = (
            ("number", truth.number, got_number),
            ("name", _plain(truth.name), _plain(name.value if name else None)),
            ("wanted time", truth.wanted, wanted.value if wanted else None),
        )
        for fact, said, got in pairs:
            tally[f"{fact} said"] += said is not None
            tally[f"{fact} right"] += said is not None and said == got
            tally[f"{fact} made up"] += said is None and got is not None
            if said != got:
                missed.append(f"  [{fact}] said {said}, got {got}: {truth.text}")
        wrong = got_number is not None and got_number != truth.number
        tally["wrong"] += wrong
        tally["certain and wrong"] += wrong and number is not None and number.confidence >= CERTAIN
    print(f"{language}: {count} messages")
    for fact in ("number", "name", "wanted time"):
        spoken = tally[f"{fact} said"]
        print(
            f"  {fact}: {tally[f'{fact} right']}/{spoken} right ({tally[f'{fact} right'] / spoken:.1%}), "
            f"{tally[f'{fact} made up']} made up of {count - spoken}"
        )
    print(f"  wrong numbers: {tally['wrong']}, of them with confidence >= {CERTAIN}: {tally['certain and wrong']}")
    for line in missed[:show]:
        print(line)


def _plain(name: str | None) -> str | None:
    return None if name is None else name.casefold().replace(".", "")


# --- numbers, spoken and written --------------------------------------------------------------

EN_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
EN_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
HU_DIGITS = ["nulla", "egy", "kettő", "három", "négy", "öt", "hat", "hét", "nyolc", "kilenc"]
HU_TENS = ["tíz", "húsz", "harminc", "negyven", "ötven", "hatvan", "hetven", "nyolcvan", "kilencven"]
FA_DIGITS = ["صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه"]
FA_TEENS = ["ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"]
FA_TENS = ["بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
FA_HUNDREDS = ["صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]


def _en_digit(chance: random.Random, digit: str) -> str:
    return "oh" if digit == "0" and chance.random() < 0.5 else EN_DIGITS[int(digit)]


def _en_digits(chance: random.Random, digits: str) -> str:
    """Digit by digit, with "double" and "triple" sometimes."""
    said, at = [], 0
    while at < len(digits):
        run = len(digits[at:]) - len(digits[at:].lstrip(digits[at]))
        if run >= 3 and chance.random() < 0.5:
            said.append(f"triple {_en_digit(chance, digits[at])}")
            at += 3
        elif run == 2 and chance.random() < 0.4:
            said.append(f"double {_en_digit(chance, digits[at])}")
            at += 2
        else:
            said.append(_en_digit(chance, digits[at]))
            at += 1
    return " ".join(said)


def _en_pair(chance: random.Random, pair: str) -> str:
    tens, unit = int(pair[0]), int(pair[1])
    if tens == 0:
        return _en_digits(chance, pair)
    if tens == 1:
        return EN_TEENS[unit]
    return EN_TENS[tens - 2] + (f" {EN_DIGITS[unit]}" if unit else "")


def _en_spoken(chance: random.Random, number: str) -> str:
    """A ten-digit number as people say it."""
    area, middle, last = number[:3], number[3:6], number[6:]
    style = chance.randrange(4)
    if style == 0 or last[2:] == "00":
        if last.endswith("00") and last[0] not in "01" and style < 2:
            return f"{_en_digits(chance, area)} {_en_digits(chance, middle)} {_en_pair(chance, last[:2])} hundred"
        return _en_digits(chance, number)
    if style == 1:
        return f"{_en_digits(chance, area + middle)} {_en_pair(chance, last[:2])} {_en_pair(chance, last[2:])}"
    if style == 2 and middle[1] not in "01":
        middle_said = f"{EN_DIGITS[int(middle[0])]} {_en_pair(chance, middle[1:])}"
        return f"{_en_digits(chance, area)} {middle_said} {_en_digits(chance, last)}"
    return f"area code {_en_digits(chance, area)} {_en_digits(chance, middle + last)}"


def _hu_pair(pair: str) -> str:
    tens, unit = int(pair[0]), int(pair[1])
    if tens == 0:
        return f"{HU_DIGITS[0]} {HU_DIGITS[unit]}"
    stem = {1: "tizen", 2: "huszon"}.get(tens, HU_TENS[tens - 1])
    return stem + HU_DIGITS[unit] if unit else HU_TENS[tens - 1]


def _hu_triple(triple: str) -> str:
    if triple[0] == "0":
        return " ".join(HU_DIGITS[int(d)] for d in triple)
    hundred = ("" if triple[0] == "1" else "két" if triple[0] == "2" else HU_DIGITS[int(triple[0])]) + "száz"
    rest = triple[1:]
    return hundred if rest == "00" else hundred + (HU_DIGITS[int(rest[1])] if rest[0] == "0" else _hu_pair(rest))


def _hu_spoken(chance: random.Random, number: str) -> str:
    """A Hungarian mobile number, 9 digits without prefix."""
    prefix = chance.choice(["nulla hat", "plusz harminchat"])
    area = _hu_pair(number[:2])
    style = chance.randrange(3)
    if style == 0:
        rest = " ".join(HU_DIGITS[int(d)] for d in number[2:])
    elif style == 1:
        rest = f"{_hu_triple(number[2:5])} {_hu_pair(number[5:7])} {_hu_pair(number[7:])}"
    else:
        rest = f"{' '.join(HU_DIGITS[int(d)] for d in number[2:5])} {_hu_pair(number[5:7])} {_hu_pair(number[7:])}"
    return f"{prefix} {area} {rest}"


def _fa_number(value: int) -> str:
    parts = []
    if value >= 100:
        parts.append(FA_HUNDREDS[value // 100 - 1])
    rest = value % 100
    if 10 <= rest < 20:
        parts.append(FA_TEENS[rest - 10])
    else:
        if rest >= 20:
            parts.append(FA_TENS[rest // 10 - 2])
        if rest % 10:
            parts.append(FA_DIGITS[rest % 10])
    return " و ".join(parts)


def _fa_block(block: str) -> str:
    zeros = len(block) - len(block.lstrip("0"))
    said = ["صفر"] * zeros
    if block[zeros:]:
        said.append(_fa_number(int(block[zeros:])))
    return " ".join(said)


def _fa_spoken(chance: random.Random, number: str) -> str:
    """An Iranian mobile number, 10 digits without the leading zero."""
    if chance.random() < 0.4:
        return "صفر " + " ".join(FA_DIGITS[int(d)] for d in number)
    blocks = (number[:3], number[3:6], number[6:8], number[8:])
    return "صفر " + " ".join(_fa_block(block) for block in blocks)


def _persian_digits(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


# --- messages ---------------------------------------------------------------------------------

RECEIVED = {
    "en": datetime(2026, 3, 4, 10, 20, tzinfo=ZoneInfo("America/New_York")),
    "hu": datetime(2026, 3, 4, 10, 20, tzinfo=ZoneInfo("Europe/Budapest")),
    "fa": datetime(2026, 3, 4, 10, 20, tzinfo=ZoneInfo("Asia/Tehran")),
}
REGIONS = {"en": "US", "hu": "HU", "fa": "IR"}
AREAS = [
    "212",
    "617",
    "305",
    "404",
    "202",
    "703",
    "919",
    "646",
    "718",
    "516",
]  # New York time, so the wanted time is known
HOURS = {"two": 14, "three": 15, "four": 16, "five": 17, "six": 18, "eleven": 11}


def _at(language: str, days: int, hour: int, minute: int = 0) -> datetime:
    day = RECEIVED[language] + timedelta(days=days)
    return day.replace(hour=hour, minute=minute)


def _changed(chance: random.Random, tail: str) -> str:
    """Digits that differ from `tail` in one place."""
    place = chance.randrange(len(tail))
    digit = chance.choice([d for d in "23456789" if d != tail[place]])
    return tail[:place] + digit + tail[place + 1 :]


EN_FIRST = [
    "Laura",
    "Peter",
    "Susan",
    "Omar",
    "Priya",
    "Hannah",
    "Derek",
    "Mei",
    "Carlos",
    "Fiona",
    "Brian",
    "Yusuf",
    "Grace",
    "Walter",
    "Nadia",
]
EN_LAST = [
    "Bennett",
    "Okafor",
    "Hughes",
    "Patel",
    "Lindqvist",
    "Moreno",
    "Fitzgerald",
    "Nguyen",
    "Carter",
    "Ross",
    "Whitfield",
    "Abbott",
    "Stone",
]
EN_NAMES = [
    "my name is {n}",
    "this is {n}",
    "it's {n} here",
    "{n} speaking",
    "this is {n} from Harbour Foods",
    "{n} calling",
    "I'm {n} from Delta Printing",
    "the name's {n}",
]
EN_REASONS = [
    "I'm calling about the invoice you sent last week, the total is wrong",
    "my washing machine that I bought on Monday has stopped working",
    "I'd like to change my delivery address",
    "I have a question about my order number {ref}",
    "I was told somebody would come yesterday at nine and nobody came",
    "my account number is {ref} and I was charged 49 dollars twice",
    "I wanted to know if you have the blue one in stock",
    "the technician left at three and the router is still dead",
]
EN_NUMBER = [
    "my number is {p}",
    "you can reach me at {p}",
    "please call me back on {p}",
    "the best number to reach me is {p}",
    "give me a call at {p}",
    "I'm on {p}",
    "my cell is {p}",
    "it's {p} that's my mobile number",
]
EN_WISHES: list[tuple[str, datetime]] = [
    ("please call me tomorrow morning", _at("en", 1, 9)),
    ("I'm available after {h}", _at("en", 0, 0)),
    ("could you ring me at half past three", _at("en", 0, 15, 30)),
    ("please call before noon on Friday", _at("en", 2, 12)),
    ("the best time to call is tomorrow afternoon", _at("en", 1, 14)),
    ("call me back in two hours", _at("en", 0, 12, 20)),
    ("any time after {h} on Thursday works for me", _at("en", 1, 0)),
    ("please call me on Monday at ten", _at("en", 5, 10)),
    ("call me this evening", _at("en", 0, 18)),
    ("you can catch me the day after tomorrow at {h}", _at("en", 2, 0)),
    ("please ring next Tuesday morning", _at("en", 6, 9)),
    ("I'll be home tomorrow from {h}", _at("en", 1, 0)),
]


def _english(chance: random.Random, spoken: bool) -> Truth:  # noqa: FBT001 — a mark of the transcript's style
    name = f"{chance.choice(EN_FIRST)} {chance.choice(EN_LAST)}"
    digits = chance.choice(AREAS) + chance.choice("23456789") + "".join(chance.choices("0123456789", k=6))
    ref = "".join(chance.choices("0123456789", k=chance.choice([5, 6, 8, 10])))

    def say(number: str) -> str:
        if spoken:
            return _en_spoken(chance, number)
        forms = ("{0}-{1}-{2}", "({0}) {1}-{2}", "{0} {1} {2}", "{0}.{1}.{2}", "+1 {0} {1} {2}", "{0}{1}{2}")
        return chance.choice(forms).format(number[:3], number[3:6], number[6:])

    def tail(text: str) -> str:
        return _en_digits(chance, text) if spoken else text

    phrase, number = _numbered(
        chance,
        digits,
        (
            say,
            tail,
            EN_NUMBER,
            ["no sorry", "sorry", "I mean", "no wait", "make that", "no"],
            ["again that's", "I'll repeat that", "once more", "that's"],
        ),
    )
    wish, wanted = _wished(chance, "en", EN_WISHES)
    reason = chance.choice(EN_REASONS).format(ref=_en_digits(chance, ref) if spoken else ref)
    parts = ["hello", chance.choice(EN_NAMES).format(n=name), reason, phrase, wish, "thank you bye"]
    return Truth(_written(parts, spoken), number and f"+1{number}", name, wanted)


def _numbered(  # noqa: PLR0911 — one way out for each way to leave a number
    chance: random.Random,
    digits: str,
    how: tuple[Callable[[str], str], Callable[[str], str], list[str], list[str], list[str]],
) -> tuple[str, str | None]:
    """A sentence with a number in it, and the number it means: plain, read twice, corrected, cut short, or none."""
    say, tail, sentences, corrections, repeats = how
    sentence, style = chance.choice(sentences), chance.random()
    if style < 0.1:
        return "", None
    if style < 0.25:
        return f"{sentence.format(p=say(digits))}, {chance.choice(repeats)} {say(digits)}", digits
    if style < 0.4:
        k = chance.choice([2, 4])
        slip = digits[:-k] + _changed(chance, digits[-k:])
        return sentence.format(p=f"{say(slip)}, {chance.choice(corrections)}, {tail(digits[-k:])}"), digits
    if style < 0.45:
        slip = digits[:-4] + _changed(chance, digits[-4:])
        return sentence.format(p=f"{say(slip)}, {chance.choice(corrections)}, {say(digits)}"), digits
    if style < 0.5:
        slip = digits[:-4] + _changed(chance, digits[-4:])
        return f"{sentence.format(p=say(digits))}, {chance.choice(repeats)} {say(slip)}", None
    if style < 0.55:
        return sentence.format(p=tail(digits[-7:])), None
    return sentence.format(p=say(digits)), digits


def _wished(chance: random.Random, language: str, wishes: list[tuple[str, datetime]]) -> tuple[str, datetime | None]:
    if chance.random() < 0.4:
        return "", None
    text, wanted = chance.choice(wishes)
    if "{h}" not in text:
        return text, wanted
    word, hour = chance.choice(list(HOUR_WORDS[language].items()))
    return text.format(h=word), wanted.replace(hour=hour, minute=0)


def _written(parts: list[str], spoken: bool) -> str:  # noqa: FBT001 — a mark of the transcript's style
    said = [part for part in parts if part]
    if spoken:
        return " ".join(said).replace(",", "").replace(".", "").lower()
    return " ".join(part[0].upper() + part[1:] + "." for part in said)


HU_LAST = [
    "Kovács",
    "Szabó",
    "Tóth",
    "Nagy",
    "Horváth",
    "Varga",
    "Kiss",
    "Molnár",
    "Németh",
    "Farkas",
    "Balogh",
    "Papp",
    "Takács",
    "Juhász",
]
HU_FIRST = [
    "Anna",
    "Péter",
    "Eszter",
    "Gábor",
    "Zsolt",
    "Ildikó",
    "Márton",
    "Réka",
    "Tamás",
    "Judit",
    "Balázs",
    "Noémi",
    "Csaba",
]
HU_NAMES = ["{n} vagyok", "itt {n} beszél", "a nevem {n}", "{n} beszél", "{n} vagyok a Duna Bútor Kft.-től", "itt {n}"]
HU_REASONS = [
    "azért hívom önöket mert rossz összeg van a számlámon",
    "a hétfőn vásárolt mosógépem nem működik",
    "szeretném módosítani a szállítási címet",
    "a {ref} rendelésszámú csomagom még nem érkezett meg",
    "az ügyfélszámom {ref} és kétszer vontak le tőlem pénzt",
    "tegnap kilencre vártam a szerelőt és nem jött senki",
]
HU_NUMBER = [
    "a számom {p}",
    "a telefonszámom {p}",
    "kérem hívjanak vissza a {p} számon",
    "ezen érnek el {p}",
    "a {p} számon vagyok elérhető",
    "hívjon vissza a következő számon {p}",
]
HU_WISHES: list[tuple[str, datetime]] = [
    ("kérem hívjanak vissza holnap délután", _at("hu", 1, 14)),
    ("{h} után vagyok elérhető", _at("hu", 0, 0)),
    ("kérem holnap reggel hívjanak", _at("hu", 1, 9)),
    ("pénteken délelőtt tudok beszélni hívjanak akkor", _at("hu", 2, 9)),
    ("hívjanak vissza két óra múlva", _at("hu", 0, 12, 20)),
    ("hétfőn tízkor hívjanak legyen szíves", _at("hu", 5, 10)),
    ("kérem ma este hívjon vissza", _at("hu", 0, 18)),
    ("csütörtökön {h} után hívjanak", _at("hu", 1, 0)),
    ("hívjanak fél négykor", _at("hu", 0, 15, 30)),
    ("holnapután {h} órakor keressenek", _at("hu", 2, 0)),
]


def _hungarian(chance: random.Random, spoken: bool) -> Truth:  # noqa: FBT001 — a mark of the transcript's style
    name = f"{chance.choice(HU_LAST)} {chance.choice(HU_FIRST)}"
    digits = chance.choice(["20", "30", "70"]) + chance.choice("23456789") + "".join(chance.choices("0123456789", k=6))
    ref = "".join(chance.choices("0123456789", k=chance.choice([5, 6, 8])))

    def say(number: str) -> str:
        if spoken:
            return _hu_spoken(chance, number)
        forms = (
            "06 {0} {1} {2}",
            "06-{0}-{1}-{2}",
            "+36 {0} {1} {2}",
            "06{0}{1}{2}",
            "06 {0} {1} {3} {4}",
            "0036 {0} {1} {2}",
        )
        return chance.choice(forms).format(number[:2], number[2:5], number[5:], number[5:7], number[7:])

    def tail(text: str) -> str:
        return " ".join(HU_DIGITS[int(d)] for d in text) if spoken else text

    phrase, number = _numbered(
        chance,
        digits,
        (
            say,
            tail,
            HU_NUMBER,
            ["nem bocsánat", "bocsánat", "javítok", "elnézést", "akarom mondani"],
            ["ismétlem", "még egyszer", "tehát"],
        ),
    )
    wish, wanted = _wished(chance, "hu", HU_WISHES)
    reason = chance.choice(HU_REASONS).format(ref=tail(ref))
    parts = [
        "jó napot kívánok",
        chance.choice(HU_NAMES).format(n=name),
        reason,
        phrase,
        wish,
        "köszönöm viszonthallásra",
    ]
    return Truth(_written(parts, spoken), number and f"+36{number}", name, wanted)


FA_FIRST = ["علی", "مریم", "رضا", "سارا", "حسین", "زهرا", "مهدی", "نرگس", "امیر", "فاطمه", "پویا", "لیلا"]
FA_LAST = ["رضایی", "کریمی", "احمدی", "محمدی", "حسینی", "جعفری", "صادقی", "رحیمی", "موسوی", "نوری", "قاسمی"]
FA_NAMES = [
    "من {n} هستم",
    "{n} هستم",
    "اسم من {n} است",
    "بنده {n} هستم از شرکت پارس",
    "من {n} هستم و از اصفهان تماس می‌گیرم",
]
FA_REASONS = [
    "در مورد صورت‌حساب ماه گذشته تماس گرفتم مبلغش اشتباه است",
    "یخچالی که دوشنبه خریدم کار نمی‌کند",
    "می‌خواستم آدرس تحویل را عوض کنم",
    "شماره سفارش من {ref} است و هنوز نرسیده",
    "دیروز ساعت نه قرار بود تعمیرکار بیاید و کسی نیامد",
]
FA_NUMBER = [
    "شماره من {p} است",
    "شماره تماس من {p}",
    "لطفا با شماره {p} تماس بگیرید",
    "شماره‌ام {p}",
    "شماره موبایلم {p} هست",
]
FA_WISHES: list[tuple[str, datetime]] = [
    ("لطفا فردا صبح زنگ بزنید", _at("fa", 1, 9)),
    ("لطفا بعد از ساعت {h} تماس بگیرید", _at("fa", 0, 0)),
    ("فردا بعد از ظهر با من تماس بگیرید", _at("fa", 1, 14)),
    ("دو ساعت دیگه زنگ بزنید", _at("fa", 0, 12, 20)),
    ("شنبه ساعت ده تماس بگیرید", _at("fa", 3, 10)),
    ("لطفا امشب زنگ بزنید", _at("fa", 0, 18)),
    ("پس‌فردا ساعت {h} زنگ بزنید", _at("fa", 2, 0)),
    ("ساعت سه و نیم با من تماس بگیرید", _at("fa", 0, 15, 30)),
]
HOUR_WORDS = {
    "en": HOURS,
    "hu": {"kettő": 14, "három": 15, "négy": 16, "öt": 17, "hat": 18, "tizenegy": 11},
    "fa": {"دو": 14, "سه": 15, "چهار": 16, "پنج": 17, "شش": 18, "یازده": 11},
}


def _persian(chance: random.Random, spoken: bool) -> Truth:  # noqa: FBT001 — a mark of the transcript's style
    name = f"{chance.choice(FA_FIRST)} {chance.choice(FA_LAST)}"
    digits = (
        chance.choice(["912", "935", "919", "921", "901"])
        + "".join(chance.choices("123456789", k=1))
        + "".join(chance.choices("0123456789", k=6))
    )
    ref = "".join(chance.choices("123456789", k=chance.choice([5, 6])))

    def say(number: str) -> str:
        if spoken:
            return _fa_spoken(chance, number)
        forms = ("0{0} {1} {2}", "0{0}{1}{2}", "0{0}-{1}-{2}", "+98 {0} {1} {2}", "0{0} {1} {3} {4}")
        text = chance.choice(forms).format(number[:3], number[3:6], number[6:], number[6:8], number[8:])
        return _persian_digits(text)

    def tail(text: str) -> str:
        return " ".join(FA_DIGITS[int(d)] for d in text) if spoken else _persian_digits(text)

    phrase, number = _numbered(
        chance,
        digits,
        (say, tail, FA_NUMBER, ["نه ببخشید", "ببخشید", "اشتباه گفتم", "اصلاح می‌کنم"], ["تکرار می‌کنم", "دوباره می‌گم"]),
    )
    wish, wanted = _wished(chance, "fa", FA_WISHES)
    reason = chance.choice(FA_REASONS).format(ref=tail(ref))
    parts = ["سلام وقت بخیر", chance.choice(FA_NAMES).format(n=name), reason, phrase, wish, "ممنون خداحافظ"]
    return Truth(_written(parts, spoken), number and f"+98{number}", name, wanted)


MAKERS = {"en": _english, "hu": _hungarian, "fa": _persian}

if __name__ == "__main__":
    main()
