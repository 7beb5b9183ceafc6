"""Persian: letter forms, half-spaces, verb prefixes, numbers in words, sounds, and how it says no."""

# ruff: noqa: SIM905, PLR2004, RUF001 - lists that people read and edit are one text, in the language's
# own letters, and how many letters an ending leaves is said where it is stripped

import re
import unicodedata

from voiceops.analysis.languages.language import Language, pair_set
from voiceops.analysis.languages.persian_verbs import VERB_FORMS, VERBS

_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ء": "", "ـ": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "", "ٔ": "",
    }
)  # fmt: skip


def _fold(word: str) -> str:
    """One form for each letter, no vowel marks, digits as 0-9, and no half-space."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LETTERS)


_BE = {
    "نیست": "است", "نیستم": "هستم", "نیستی": "هستی", "نیستیم": "هستیم", "نیستید": "هستید", "نیستین": "هستید",
    "نیستند": "هستند", "نباید": "باید", "نباشد": "باشد", "نباشه": "باشد", "نبود": "بود",
}  # fmt: skip
_NO = "نه"


# Spoken forms, as people say them and recognisers write them, and the written ones.
_WRITTEN = {
    "منو": "من را", "اینو": "این را", "اونو": "ان را", "اون": "ان", "اونها": "انها", "دیگه": "دیگر", "اگه": "اگر",
    "یه": "یک", "بگید": "بگویید", "بگین": "بگویید", "بدید": "بدهید", "بدین": "بدهید", "میگم": "میگویم",
    "میگیم": "میگوییم", "میاد": "میاید", "باهاتون": "با شما",
    "باهاتان": "با شما", "بهتون": "به شما", "بهتان": "به شما", "ازتون": "از شما", "ازتان": "از شما",
    "براتون": "برای شما", "برایتان": "برای شما", "برام": "برای من", "برایم": "برای من", "خونه": "خانه",
    "بخواین": "بخواهید", "میشید": "میشوید", "رو": "را", "واسه": "برای", "دیگهای": "دیگری",
}  # fmt: skip
_NO_VERBS = frozenset({"بدن", "شن", "شی"})
_SPOKEN_ENDING = re.compile("(?<=..)([تمش])ون$")
_SPOKEN_CAN = re.compile("^(ن?می|ب|ن)تون(?=.)")


# Verbs whose stem is cut short in speech, by prefix, stem and ending: "میشم" is "میشوم", "نره" is "نرود".
_SPOKEN_VERB = re.compile("(ن?می|ب|ن|(?=ش))(ش|د|ر|خوا)(م|ی|ه|یم|ین|ن)")
_FULL_STEM = {"ش": "شو", "د": "ده", "ر": "رو", "خوا": "خواه"}
_FULL_ENDING = {"ه": "د", "ین": "ید", "ن": "ند"}


def _as_written(word: str) -> tuple[str, ...]:
    if word in _WRITTEN:
        return tuple(_WRITTEN[word].split())
    spoken = _SPOKEN_VERB.fullmatch(word)
    if spoken and word not in _NO_VERBS:
        prefix, stem, ending = spoken.groups()
        return (prefix + _FULL_STEM[stem] + _FULL_ENDING.get(ending, ending),)
    return (_SPOKEN_CAN.sub(r"\1توان", _SPOKEN_ENDING.sub(r"\1ان", word)),)


def _split(word: str) -> tuple[str, ...]:
    return tuple(piece for written in _as_written(word) for piece in _split_denial(written))


def _split_denial(word: str) -> tuple[str, ...]:
    if word in _BE:
        return (_NO, _BE[word])
    if word.startswith("نمی") and len(word) > 4:
        return (_NO, word[1:])
    if word.startswith("ن") and word[1:] in VERB_FORMS:
        return (_NO, word[1:])
    return tuple(piece for piece in word.split("-") if piece)


_SPOKEN = {"میشه": "میشود", "بشه": "بشود", "شه": "شود", "میخوام": "میخواهم", "میخواد": "میخواهد", "میدم": "میدهم"}
_TAILS = ("هایمان", "هایتان", "هایشان", "هایی", "های", "ها", "مان", "تان", "شان", "اید", "ایم", "اند", "ید", "یم", "ند",
          "ین", "ام", "ات", "اش", "م", "ت", "ش", "ی", "د", "ه")  # fmt: skip


def _stem(word: str) -> str:
    """Without the present prefix and one ending; never shorter than three letters."""
    word = _SPOKEN.get(word, word)
    if word.startswith("می") and len(word) > 4:
        word = word[2:]
    elif word.startswith("ب") and word[1:] in VERB_FORMS:
        word = word[1:]
    for tail in _TAILS:
        if word.endswith(tail) and len(word) - len(tail) >= 3:
            return word[: -len(tail)]
    return word


# Letters that sound alike in Persian share one class; unwritten vowels need none.
_SOUNDS = str.maketrans("ذضظثصطحقعژبدگجو", "زززسستهغاشپتکچو", "")


def _sound(word: str) -> str:
    sounds = word.translate(_SOUNDS).replace("ا", "").replace("خو", "خ")
    return re.sub(r"(.)\1+", r"\1", sounds)


_NUMBERS = {
    word: value
    for value, word in enumerate(
        ("صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده").split()
    )
    if word != _NO  # the word for nine is also the word for no
} | dict(zip(("بیست سی چهل پنجاه شصت هفتاد هشتاد نود").split(), range(20, 100, 10), strict=True))
_NUMBERS |= dict(zip(("صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد").split(), range(100, 1000, 100), strict=True))
_NUMBERS |= {"هزار": 1000, "میلیون": 1_000_000, "پونزده": 15, "شونزده": 16, "هیجده": 18, "هیفده": 17}


def _number(word: str) -> int | None:
    return _NUMBERS.get(word)


def _words(text: str) -> frozenset[str]:
    return frozenset(_fold(word) for word in text.split())


_ADDRESSING = ("ید", "ین")


def _addresses(words: tuple[str, ...]) -> bool:
    """The verb, which comes last, is of the second person, or the wording is a mere phrase."""
    speaks = any(word.startswith("می") and word.endswith("م") and len(word) > 4 for word in words)
    return bool(words) and words[-1].endswith(_ADDRESSING) and "باید" not in words and not speaks


PERSIAN = Language(
    code="fa",
    fold=_fold,
    split=_split,
    stem=_stem,
    sound=_sound,
    number=_number,
    verb=VERBS.get,
    number_links=frozenset({"و"}),
    glue=frozenset({"می", "نمی", "بی", "نی"}),
    glue_back=frozenset((
    "ها های هایی ام ای اید اند ایم ید م تر ترین"
).split()),
    fillers=_words("اوم ام اه خب امم ا"),
    function_words=_words(
        "این آن از به با در را رو که و یا تا برای بر ما شما من او آنها است هست هستم هستید هستند می شود میشود شد شده "
        "شوند کنم کنید کند کنیم میکنم میکنید میکند میکنیم کرد کردم کرده بود باشد باشید باید هم اگر چه نیز خیلی یک هر "
        "بله نه "
        "خود خودتان دارم دارید دارد داریم خواهد خواهم میشه لطفا آیا همین حالا الان"
    ),
    negations=_words("نه خیر بدون هرگز هیچ هیچوقت ابدا"),
    concord=_words("هیچ هیچوقت هرگز ابدا"),
    governing=_words("بدون"),
    denies_at_end=True,
    refusing=_words("مخالفم مخالف مخالفت مخالفیم امتناع عمرا بعید بعیده"),
    common=_words("میخواهم میخوام میتوانید میتوانم روز ماه سال بفرمایید حتما دیگر بیشتر دهید بدهید میدهم"),
    addresses=_addresses,
    polite=_words("آیا لطف لطفا بفرمایید میفرمایید بفرمایین میفرمایین ممکنه ممکن"),
    turned_cost=0.05,
    letter_worth=1.6,
    linked_numbers={_NO: 9},
    answers=_words("نه خیر"),
    agreeing=_words("بله آره باشه حتما"),
    harmless=tuple(tuple(_fold(word) for word in words.split()) for words in ("نه تنها", "نه فقط", "اشکالی نه دارد",
                   "مشکلی نه است", "مشکلی نه دارد", "اشکال نه دارد", "نگران نه باشید", "هیچ مشکلی", "هیچ اشکالی")),
    kin=tuple(_words(words) for words in ("این آن", "من ما", "از با به", "میشود شود میشه شد شده", "است هست میباشد",
                                          "کنم کنیم میکنم میکنیم", "کنید کند میکنید میکند", "را رو")),
    breaks=_words("اما ولی چون زیرا بله پس لیکن"),
    light=_words(
        "بگویم بگوییم میگویم بگم گفتم گفت بدهم بدم قول تضمین فکر خواستم میخواستم بتوانم میخواهم میخوام "
        "کنم کنید کند کنیم شود میشود دارم هستم است دهم میدهم توانم میتوانم خواهم اجازه قبول"
    ),
    reach_before=5,
    reach_after=3,
    alternative=_words("یا"),
    wondering=_words("آیا"),
    modal=_words("توان خواه خواست گذار"),
    supposing=_words("اگر اگه چنانچه مگر کاش وقتی هنگامی هرگاه درصورتیکه"),
    complementizers=_words("که"),
    subordinating=_words("مادامیکه هروقت"),
    subordinating_pairs=frozenset(
        (_fold(a), _fold(b)) for a, b in pair_set("از اینکه, از این, محض اینکه, صورتی که, زمانی که")
    ),
    averting=pair_set("به جای"),
    reporting=_words(
        "گفت گفتند گفتید گفته گفتن میگوید میگویند میگفت میگفتند میگن میگه پرسید پرسیدند شنیدم شنیده "
        "خواندم"
    ),
    conforming=_words("همانطور همان‌طور چنانکه همونطور"),
    guessing=_words("شاید احتمالا گویا ظاهرا"),
    denies_by_prefix=True,
    needing=_words("لازم نیاز نیازی ضرورتی ضروری مجبور اجباری الزامی قرار"),
    reasons=_words("چرا"),
    obliging=_words("باید بایستی مجبورم مجبور ناچارم ناچار"),
    asking=_words("چرا چگونه چطور چطوری کی کجا چه چی چقدر چند کدام"),
    consequences=frozenset(
        {("چه", "میشود"), ("چی", "میشه"), ("چی", "میشود"), ("چه", "اتفاقی"), ("یعنی", "چه"), ("یعنی", "چی")}
    ),
    own_endings=("م",),
    opposing=("نا", "بی"),
    affirming={"م": _words("هستم ام میباشم")},
    negating_prefix="ن",
    positive_prefix="ب",
    denying_forms=("نیست", "نیستم", "نیستید", "نیستین", "نیستیم", "نیستند"),
    negating_signs=("نمی",),
    unlike_negations=_words("نام نیز نظر نفر نیاز نزد نگاه نوع نشانی نسبت نرخ نقد "
                            "نصب نکته نتیجه نماینده نامه نمونه نهایت "
                            "بعدا ابتدا ابتدای ادا اینجا"),
    near_negations=_words("نم نمیی نمه لیست نیس نست نیسم سیستم ایست"),
    symbols={"%": "درصد", "٪": "درصد"},
)  # fmt: skip
