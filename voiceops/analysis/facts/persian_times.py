"""Persian: days, parts of a day, clock times, and the wording around wishes to be called."""

from voiceops.analysis.facts.language import TimeWords, pattern
from voiceops.analysis.facts.message import fold
from voiceops.analysis.facts.persian_words import TEENS, TENS, UNITS

LAST_HOUR_IN_WORDS, LAST_DAY = 12, 31
_HOUR_WORDS = {w: n for w, n in {**UNITS, **TEENS}.items() if 1 <= n <= LAST_HOUR_IN_WORDS}
_HOURS = "|".join(sorted(_HOUR_WORDS, key=len, reverse=True))
_MINUTES = TENS | TEENS | {"پنج": 5} | {f"{ten} و پنج": n + 5 for ten, n in TENS.items()}
_MINUTE = "|".join(sorted(_MINUTES, key=len, reverse=True))
# "Yeh" is an article too ("give me a call"), so alone it is no hour.
_ON_THE_CLOCK = "|".join(word for word in sorted(_HOUR_WORDS, key=len, reverse=True) if word != "یه")
_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_GREGORIAN = "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"

_MONTH_NAMES = "|".join(sorted((_MONTHS + " " + _GREGORIAN).split(), key=len, reverse=True))
_COUNTED = {**{w: n for w, n in {**UNITS, **TEENS, **TENS}.items() if 1 <= n <= LAST_DAY}}
_COUNTED |= {f"{ten} و {unit}": TENS[ten] + n for ten in ("بیست", "سی") for unit, n in UNITS.items() if n}
_ORDINALS = {fold(f"{word}م"): n for word, n in _COUNTED.items()} | {
    fold(word): n for word, n in (("اول", 1), ("سوم", 3), ("بیست و سوم", 23), ("سی ام", 30), ("سی‌ام", 30))
}
_DAY_WORDS = {word: n for word, n in (_COUNTED | _ORDINALS).items() if n <= LAST_DAY}
_DAYS = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))

TIMES = TimeWords(
    days=((pattern(r"پس ?فردا(?:ی)?"), 2), (pattern(r"فردا(?:ی)?"), 1), (pattern(r"امروز(?:ی)?", r"همین امروز"), 0)),
    weekdays=tuple(
        (pattern(rf"(?:روز |این )?{day}(?:ها)?(?: ?ی)?(?: آینده| بعد(?! از))?"), n)
        for n, day in enumerate(("دو ?شنبه", "سه ?شنبه", "چهار ?شنبه", "پنج ?شنبه", "جمعه", "شنبه", "یک ?شنبه"))
    ),
    next_week=pattern(r"هفته ?(?:ی )?(?:آینده|بعد|دیگه|دیگر)"),
    parts=(
        (pattern(r"(?:اول )?صبح(?: زود)?"), 9),
        (pattern(r"(?:موقع |سر |وقت )?ناهار"), 12),
        (pattern(r"بعد از ناهار"), 13),
        (pattern(r"بعد ?از ?ظهر", r"بعدازظهر"), 14),
        (pattern(r"(?:طرف )?عصر", r"(?:طرف|دم) ?های عصر"), 16),
        (
            pattern(
                r"(?:قبل|پیش) از (?:تعطیلی|بستن)",
                r"(?:آخر|پایان) وقت(?: اداری)?",
                r"بعد از (?:کار|ساعت کاری|ساعت اداری)",
            ),
            17,
        ),
        (pattern(r"امشب", r"شب", r"غروب"), 18),
    ),
    clock=pattern(
        rf"(?P<oclock>ساعت(?: ?ی| های)? ?(?:(?:حدود|حدودا|حوالی) )?)?"
        rf"(?:(?:(?P<quarter_to>(?:یک |یه )?ربع)|(?P<to>{_MINUTE}|\d\d?) دقیقه) به (?:ساعت )?)?"
        rf"(?P<hour>\d{{1,2}}(?:[:.]\d\d)?|{_ON_THE_CLOCK}|ظهر)(?: و (?:(?P<half>نیم)|(?P<quarter_past>ربع)"
        rf"|(?P<minute>\d\d|{_MINUTE})(?P<counted> دقیقه)?))?",
    ),
    delay=pattern(
        rf"(?:تا )?(?:(?P<half>نیم)|(?P<amount>\d+|چند|{_HOURS}|{'|'.join(_MINUTES)})) ?(?:(?P<minutes>دقیقه)"
        rf"|(?P<hours>ساعت)|(?P<days>روز)|(?P<weeks>هفته)) ?(?:ی )?(?:دیگه|دیگر|بعد|آینده)",
    ),
    date=pattern(rf"(?:روز )?(?P<day>\d{{1,2}}|{_DAYS})(?: ?(?:م|ام))? (?:ماه )?(?P<month>{_MONTH_NAMES})(?: ?ماه)?"),
    solar_months=tuple(fold(word) for word in _MONTHS.split()),
    months=tuple(fold(word) for word in _GREGORIAN.split()),
    wish=pattern(
        r"(?:تماس|زنگ) ?(?:بگیرید|بگیرین|بگیر|بگیرند|بزنید|بزنین|بزن|بزنند|بگیره|بزنه|بگیرد|بزند)",
        r"(?:تماس|زنگ) ?(?:بگیر|بزن)\w*",
        r"(?:بگیرید|بگیرین|بزنید|بزنین)",
        r"(?:در دسترس|خونه|خانه|منزل|آزاد|بیکار) (?:هستم|ام|میباشم|خواهم بود)",
        r"(?:وقت|فرصت) دارم",
        r"هستم",
        r"منتظر (?:تماس|زنگ)\w*",
        r"صحبت کنیم",
        r"(?:خوبه|خوب است|خوب می ?شه|مناسبه|مناسب است|آزادم|در دسترسم)",
        r"پیگیری کنید",
    ),
    elsewhere=pattern(
        r"(?:دیروز|پریروز|گذشته|قبل(?! از)|پیش(?! از)"
        r"|از وقتی|سفارش دادم|خریدم|رسید|قرار بود|قرار است|نوبت|نوبتم|تحویل|زنگ زدم"
        r"|تماس گرفتم|اتفاق|خراب|قطع|باز می ?کن\w+|می ?بند\w+|تعطیل|مسافر\w*|کنسل|لغو|تایید|می ?آیم|میام|کم شده"
        r"|برداشت)"
    ),
    link=pattern(
        r"(?:و|از|به|در|تا|قبل|بعد|حدود|حدودا|حوالی|ساعت|ی|که|هم|یا|با|من|لطفا|باشه|باشد|بین|روز|هر|طرف|حتما|فقط"
        r"|اگه|بشه|می ?شه|موقع)"
    ),
    bound=pattern(r"(?:بعد از|پس از|قبل از|پیش از|تا|از|حدود|حوالی|بین|راس)(?: ساعت)?"),
    deadline=pattern(r"(?:حداکثر )?تا(?: آخر)?(?: روز)?", r"حداکثر"),
    but_not=pattern(r"(?:نه|بجز|به جز|غیر از)"),
    is_bad=pattern(
        r"(?:(?<!ساعت )(?<!از )(?<!حدود )(?<!تا )نه|نشه|نباشه|نباشد|نمی ?تونم|نمی ?توانم|نیستم|خوابم"
        r"|سر کارم)(?! (?:صد|نه))"
    ),
    week_end=pattern(r"(?:آخر|پایان|اواخر) (?:این )?هفته"),
    between=frozenset({"بین", "از"}),
    tonight=frozenset({"امشب"}),
    greeting=pattern(
        r"(?:صبح|ظهر|عصر|شب|روز|بعد ?از ?ظهر)(?: ?تون| ?تان| شما)? ?(?:بخیر|به ?خیر|خوش)",
        r"(?:شیفت|کار) (?:شب|صبح|عصر)",
    ),
    week_starts=5,
    last_working_day=3,
    numbers={**_DAY_WORDS, **UNITS, **TEENS, **TENS, **_MINUTES, "ظهر": 12, "چند": 3},
    cue_follows=True,
)
