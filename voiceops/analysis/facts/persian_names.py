"""Persian: the wording around names of callers, colleagues and companies."""

from voiceops.analysis.facts.language import NameCue, NameWords, pattern, words
from voiceops.analysis.facts.message import fold
from voiceops.analysis.facts.persian_given import GIVEN
from voiceops.analysis.facts.persian_words import NOT_A_NAME

# Words that a company's name begins with: those that say what it is, many by their ending ("-foroushi" sells).
_KIND = (
    r"(?:شرکت|موسسه|دفتر|سازمان|بانک|کلینیک|مطب|رستوران|هتل|مدرسه|آژانس|بیمه|نمایندگی|گالری|املاک|کافه|انتشارات|موزه"
    r"|دامپزشکی|نجاری|قنادی|آپاراتی|مجتمع|مهدکودک|هنرستان|سوپرمارکت|تشریفات|تعاونی|لوازم|گروه|فروشگاه"
    r"|(?!دست|هیچ)\w{2,}(?:فروشی|سازی|داری|کاری|گاه|سرا|خانه|خونه|ستان|پزی|شویی|بری|کشی|برداری|ورزی))"
)
_ROLE = (
    r"(?:صاحب|مدیر|مدیرعامل|مسئول|معلم|کارمند|کارشناس|نماینده|منشی|رئیس|پرستار|حسابدار|نگهبان|سرایدار|مربی|وکیل"
    r"|مهندس|فروشنده)(?: ?ی)?"
)
_LETTERS = {
    fold(said): letter
    for letter, said in (
        ("ا", "الف"), ("ج", "جیم"), ("د", "دال"), ("ذ", "ذال"), ("س", "سین"), ("ش", "شین"), ("ص", "صاد"), ("ض", "ضاد"),
        ("ط", "طا"), ("ظ", "ظا"), ("ع", "عین"), ("غ", "غین"), ("ق", "قاف"), ("ک", "کاف"), ("گ", "گاف"), ("ل", "لام"),
        ("م", "میم"), ("ن", "نون"), ("و", "واو"),
    )
}  # fmt: skip
# Somebody else is to call: the third person.
_CALLS = r"(?:(?:زنگ|تماس)(?: \w+){0,3} ?(?:بزنه|بزنن|بزند|بزنند|بگیره|بگیرن|بگیرد|بگیرند))"
# Verbs as a caller says them of himself, and light verbs: "zadam", "mikhastam", "bezanid".
_VERB = (
    r"(?:ن?می|ب|ن)?(?:خواست|خواه|کرد|کن|زد|زن|گرفت|گیر|شد|شو|ش|رفت|رو|گفت|گو|گ|داشت|دار|بود|باش|آمد|اومد|یاد|داد|ده"
    r"|خورد|رسید|گذاشت|مونده|نوشت|فرستاد|خرید|دید|تون|تونست|ساخت|هست)(?:م|ی|یم|ید|ین|ن|ند|ه|ش)"
)


def without_copula(name: str) -> str:
    """Take the spoken "is" off a name: "my name is Niloufar Rahmani-e", "… Shiva-st". First names may end alike."""
    last = name.rsplit(" ", maxsplit=1)[-1]
    if fold(last) in GIVEN:
        return name
    for ending in ("ست", "ه"):
        if last.endswith(ending) and fold(last.removesuffix(ending)) in GIVEN:
            return name.removesuffix(ending)
    return name[:-1] if " " in name and name.endswith("یه") else name


NAMES = NameWords(
    caller=(
        NameCue(
            pattern(
                r"(?:اسم|نام)(?: کامل| کوچک)? ?(?:من|بنده|خودم|م)(?: هم)?",
                r"(?:اسمم|نامم|اسم بنده|(?:اسم|نام) (?:کوچکم|کوچیکم|کاملم))",
            ),
            0.95,
            bare=without_copula,
        ),
        NameCue(
            pattern(r"(?:من|بنده|اینجانب)"),
            0.92,
            then=pattern(r"(?:هستم|صحبت می ?کنم|زنگ می ?زنم|تماس می ?گیرم|تماس گرفتم|زنگ زدم|ام|از)"),
        ),
        NameCue(pattern(r"(?:هستم|صحبت می ?کنم|تماس می ?گیرم|زنگ می ?زنم)"), 0.85, name_precedes=True),
        NameCue(pattern(r"بودم"), 0.82, name_precedes=True, usual=True),
        NameCue(pattern(r"منم", r"هستم"), 0.75, usual=True),
        NameCue(pattern(r"ام"), 0.7, name_precedes=True),
        NameCue(pattern(r"(?:معرفی می ?کنم|معرفی کنم)"), 0.82),
    ),
    asked_for=(
        NameCue(pattern(r"با"), 0.9, then=pattern(r"(?:صحبت|کار|حرف|تماس داشته)(?: \w+)?")),
        NameCue(pattern(r"با(?= (?:[^\s]+ ){1,12}(?:صحبت|حرف|کار (?:دارم|داشتم|داریم|داشتیم)))"), 0.88, usual=True),
        NameCue(
            pattern(r"(?:پیغام|پیام)(?: من)?(?: رو| را)? (?:برای|به)", r"به"),
            0.85,
            then=pattern(r"(?:هست|است|برسانید|برسونید|بگید|بگویید|بگین|بفرمایید|اطلاع)"),
        ),
        NameCue(pattern(r"(?:پیغام|پیام)(?: من)? (?:برای|واسه)"), 0.82, bare=without_copula, usual=True),
        NameCue(pattern(r"(?:با من|به من|بهم|باهام) (?:تماس بگیر\w*|زنگ بزن\w*)"), 0.85, name_precedes=True),
        NameCue(
            pattern(r"(?:لطفا|خواهش می ?کنم|اگه می ?شه|اگر ممکنه|ممکنه|می ?شه)(?: به)?"),
            0.82,
            then=pattern(r"(?:به من|با من|بهم|باهام)(?: \w+)* ?(?:زنگ|تماس)?"),
        ),
        NameCue(
            pattern(
                rf"(?:لطفا|اگه می ?شه|اگر? ممکنه|اگر? ممکن است|می ?شه|می ?شود|که|ممنون می ?ش\w+|بگید|بگین|بگویید"
                rf"|بفرمایید)(?= (?:[^\s]+ ){{1,24}}{_CALLS})"
            ),
            0.82,
            usual=True,
        ),
        NameCue(pattern(r"تماس"), 0.8, then=pattern(r"(?:را|رو) (?:جواب|پاسخ)"), usual=True),
    ),
    company=(
        NameCue(pattern(r"(?:هستم |تماس می ?گیرم |زنگ می ?زنم )?از(?: طرف)?(?: شرکت| موسسه| دفتر| سازمان)?"), 0.7),
        NameCue(
            pattern(r"(?:هستم |تماس می ?گیرم |زنگ می ?زنم )?از (?:طرف )?(?:شرکت|موسسه|دفتر|سازمان)"),
            0.85,
        ),
        NameCue(pattern(r"از"), 0.8, then=pattern(r"(?:تماس|زنگ|مزاحم)(?: \w+)?")),
        NameCue(pattern(r"(?:تو|توی|در)"), 0.8, then=pattern(r"کار می ?کنم")),
        NameCue(pattern(rf"(?:از(?: طرف)?|{_ROLE}(?: \w+){{0,3}}?)(?= {_KIND} \w)"), 0.8),
        NameCue(
            pattern(
                r"(?:از طرف شرکت|از طرف|نماینده شرکت|نماینده ی شرکت|از شرکت)",
                r"(?:به نمایندگی|از جانب)(?: از)?(?: (?:کارفرما|شرکت)\w*)?",
            ),
            0.85,
        ),
    ),
    stop=NOT_A_NAME,
    titles=words("آقای آقا خانم خانوم دکتر مهندس جناب سرکار حاج استاد خان کاپیتان ناخدا سرهنگ"),
    never=frozenset(),
    also_first=words("پیام"),
    am="م",
    given=GIVEN,
    others=words("در به با از برای و طرف"),
    kin=words(
        "مادر پدر مامان بابا همسر خانم خانوم شوهر پسر دختر برادر خواهر عموی خاله دایی دوست همکار منشی مدیر "
        "نماینده مسئول"
    ),
    surname=pattern(r"(?:فامیلیم|فامیلم|فامیلی|نام خانوادگیم|(?:فامیلی|نام خانوادگی)(?: ?ام| من| بنده)?)"),
    letters=_LETTERS,
    verb=pattern(_VERB),
    company_kind=pattern(_KIND),
    places=words(
        "تهران مشهد اصفهان شیراز تبریز کرج قم اهواز کرمان رشت یزد همدان ارومیه ساری گرگان قزوین زنجان اراک "
        "بندرعباس کیش "
        "ایران دبی ترکیه استانبول بروکسل لندن پاریس برلین آلمان کانادا تورنتو هامبورگ وین"
    ),
)
