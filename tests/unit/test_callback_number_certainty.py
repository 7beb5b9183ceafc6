"""No wrong callback number is ever certain, whatever is read out and however; and reading always ends."""

from hypothesis import given, settings
from hypothesis import strategies as st

from voiceops.analysis.caller_facts import caller_facts
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

CERTAIN = 0.9
ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
HUNGARIAN = ["nulla", "egy", "kettő", "három", "négy", "öt", "hat", "hét", "nyolc", "kilenc"]
HUNGARIAN_TENS = ["", "tizen", "huszon", "harminc", "negyven", "ötven", "hatvan", "hetven", "nyolcvan", "kilencven"]
PERSIAN = ["صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه"]
PERSIAN_TEENS = ["ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"]
PERSIAN_TENS = ["بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
PERSIAN_HUNDREDS = ["صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]
REGIONS = {"en": "US", "hu": "HU", "fa": "IR"}
OPENINGS = {"en": "my number is", "hu": "a számom", "fa": "شماره من"}
AGAIN = {
    "en": ["again", "that's", "i repeat", "", "so"],
    "hu": ["ismétlem", "tehát", "", "még egyszer"],
    "fa": ["تکرار می‌کنم", "", "دوباره می‌گم"],
}
CORRECTIONS = {
    "en": ["no sorry", "no", "i mean", "wait", "sorry", "oh that's wrong the end is"],
    "hu": ["nem", "bocsánat", "nem jó hanem", "javítom", "ja nem a vége"],
    "fa": ["نه ببخشید", "ببخشید", "یعنی", "اشتباه گفتم", "نه آخرش"],
}
NOISE = {
    "en": ["hundert", "blue", "before ten", "my wife's number is", "uh", "extension twelve", "for"],
    "hu": ["kettö", "nyócvan", "zöld", "tíz előtt", "a férjem száma", "öö", "mellék tizenkettő"],
    "fa": ["شیشت", "سبز", "قبل از ده", "شماره همسرم", "خب", "داخلی دوازده", "و"],
}


def english_pair(pair: str) -> str:
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if pair[0] in "01":
        return " ".join(ENGLISH[int(d)] for d in pair)
    return tens[int(pair[0]) - 2] + ("" if pair[1] == "0" else f" {ENGLISH[int(pair[1])]}")


def hungarian_group(group: str) -> str:
    if group.startswith("0") or len(group) == 1:
        return " ".join(HUNGARIAN[int(d)] for d in group)
    hundred = ("" if group[0] == "1" else HUNGARIAN[int(group[0])]) + "száz" if len(group) > 2 else ""
    tens, unit = int(group[-2]), int(group[-1])
    if not unit:
        return hundred + {1: "tíz", 2: "húsz"}.get(tens, HUNGARIAN_TENS[tens])
    return hundred + HUNGARIAN_TENS[tens] + HUNGARIAN[unit]


def persian_group(group: str) -> str:
    zeros = len(group) - len(group.lstrip("0"))
    value = int(group)
    parts = [PERSIAN_HUNDREDS[value // 100 - 1]] if value >= 100 else []
    if value % 100 >= 20:
        parts.append(PERSIAN_TENS[value % 100 // 10 - 2])
        parts += [PERSIAN[value % 10]] if value % 10 else []
    elif value % 100 >= 10:
        parts.append(PERSIAN_TEENS[value % 100 - 10])
    elif value % 100:
        parts.append(PERSIAN[value % 10])
    return " ".join([PERSIAN[0]] * zeros + ([" و ".join(parts)] if parts else []))


def spoken(language: str, digits: str, sizes: list[int], *, doubles: bool) -> str:
    """The digits in groups as the language says them; `sizes` are taken in turn, a one means digit by digit."""
    said, at, turn = [], 0, 0
    while at < len(digits):
        size = sizes[turn % len(sizes)]
        group, turn = digits[at : at + size], turn + 1
        at += size
        if language == "en":
            pairs = [group[n : n + 2] for n in range(0, len(group), 2)] if size > 1 else [group]
            said += [
                f"double {ENGLISH[int(p[0])]}" if doubles and len(set(p)) == 1 and len(p) > 1
                else english_pair(p) if len(p) > 1 else ENGLISH[int(p)]
                for p in pairs
            ]  # fmt: skip
        else:
            said.append(hungarian_group(group) if language == "hu" else persian_group(group))
    return " ".join(said)


@st.composite
def numbers(draw: st.DrawFn, language: str) -> tuple[str, str]:
    """A valid number as it is dialled at home, and in E.164."""
    last = "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=7, max_size=7)))
    if language == "en":
        dialled = draw(st.sampled_from(["212", "646", "415"])) + draw(st.sampled_from("23456789")) + last[1:]
        return dialled, f"+1{dialled}"
    if language == "hu":
        area = draw(st.sampled_from(["20", "30", "70", "1"]))
        last = last if area != "1" else draw(st.sampled_from("234")) + last[1:]
        return f"06{area}{last}", f"+36{area}{last}"
    area = draw(st.sampled_from(["912", "935", "901"]))
    return f"0{area}{last}", f"+98{area}{last}"


@st.composite
def messages(draw: st.DrawFn) -> tuple[str, str, str, str | None]:
    """Language, text, the number that was meant and the number called from; some words may be lost or strange."""
    language = draw(st.sampled_from(["en", "hu", "fa"]))
    dialled, meant = draw(numbers(language))

    def read(digits: str) -> str:
        sizes = draw(st.sampled_from([[1], [2], [3, 2, 2], [2, 2, 3, 2, 2], [3, 3, 2, 2], [1, 3, 1, 2]]))
        words = spoken(language, digits, sizes, doubles=draw(st.booleans())).split(" ")
        fault = draw(st.integers(0, 8))
        at = draw(st.integers(0, len(words) - 1))
        if fault == 0:
            words.insert(at, draw(st.sampled_from(NOISE[language])))
        return " ".join(words)

    text = [OPENINGS[language] if draw(st.booleans()) else ""]
    if draw(st.booleans()):
        cut = draw(st.integers(1, 4))
        wrong = "".join(str((int(d) + draw(st.integers(0, 9))) % 10) for d in dialled[-cut:])
        text += [read(dialled[:-cut] + wrong), draw(st.sampled_from(CORRECTIONS[language])), read(dialled[-cut:])]
    else:
        text.append(read(dialled))
    for _ in range(draw(st.integers(0, 2))):
        text += [draw(st.sampled_from([" ", ". ", ", "])), draw(st.sampled_from(AGAIN[language])), read(dialled)]
    if draw(st.integers(0, 3)) == 0:
        other, other_meant = draw(numbers(language))
        text += [draw(st.sampled_from([*NOISE[language], *AGAIN[language]])), read(other)]
        own = other_meant
    else:
        own = meant
    return language, " ".join(text), meant, draw(st.sampled_from([None, own, meant]))


@settings(max_examples=100, deadline=None)
@given(messages())
def test_no_wrong_number_is_ever_certain(message: tuple[str, str, str, str | None]) -> None:
    language, text, meant, own = message
    transcript = Transcript(language, 30, (Utterance(Party.CALLER, 0, 30, text),))
    number = caller_facts(transcript, region=REGIONS[language], caller_number=own).callback_number
    assert number is None or number.value in {None, meant} or number.confidence < CERTAIN, text


WORDS = [
    *ENGLISH, *HUNGARIAN, *PERSIAN, *PERSIAN_TENS, "hundred", "thousand", "double", "and", "és", "و", "هزار", "تا",
    "plus", "plusz", "no", "sorry", "nem", "نه", "ببخشید", "but", "hanem", "area", "code", "کد", "number", "my", "is",
    "a", "számom", "mellék", "extension", "شماره", "داخلی", "from", "the", "call", "me", "on", "this", "Anna", "anna",
    "vagyok", "هستم", "itt", "من", "at", "half", "past", "monday", "order", "rendelés", "سفارش", "212", "06", "-", ".",
    ",", ":", "+", "/", "b", "as", "in", "12:30", "2026.04.01", "kft", "از", "شرکت", "Kft.-től", "…", "\u200c",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["en", "hu", "fa"]), st.lists(st.sampled_from(WORDS), max_size=80))
def test_the_facts_of_any_row_of_words_are_found_in_the_end(language: str, row: list[str]) -> None:
    transcript = Transcript(language, 30, (Utterance(Party.CALLER, 0, 30, " ".join(row)),))
    assert caller_facts(transcript, region=REGIONS[language]).urgency is not None
