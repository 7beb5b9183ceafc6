"""The common Persian verbs: which words are forms of them, and whose act a form tells, done or not."""

# ruff: noqa: SIM905, RUF001 - lists that people read and edit are one text, in the language's own letters

from collections.abc import Iterator

from voiceops.analysis.languages.language import Verb, pair_set

# The present and the past stem of a verb.
_STEMS = pair_set(
    "کن کرد, شو شد, ده داد, گذار گذاشت, گیر گرفت, رو رفت, گوی گفت, پذیر پذیرفت, زن زد, بر برد, یاب یافت, دان دانست, "
    "بین دید, ساز ساخت, فروش فروخت, خر خرید, پرداز پرداخت, رس رسید, شناس شناخت, شنو شنید, گرد گشت, مان ماند, "
    "اور اورد, فرست فرستاد, پسند پسندید, خور خورد, نویس نوشت, بند بست"
)
# Stems cut short in speech, and those of verbs that only help others; whose act it is they do not tell.
_OTHER_STEMS = "دار داشت خواه خوا خواست بود باش گو توان تون توانست تونست دون موند".split()
_ENDS = ("", *"م ی د یم ید ین ند ن ه ام ای است ایم اید اند مش ته تم یید یند ییم یی".split())
_SHORT_FORMS = "ره ری ریم رید رین رن شم شه شی شیم شین شن دم ده دی دیم دین دن یاد یام یای خوام خواد خوای".split()

_PRESENT_ENDS = {"م": 1, "یم": 1, "ی": 2, "ید": 2, "ین": 2, "د": 3, "ه": 3, "ند": 3, "ن": 3}
_PAST_ENDS = {"م": 1, "یم": 1, "ی": 2, "ید": 2, "ین": 2, "": 3, "ند": 3}
_PERFECT_ENDS = {"هام": 1, "هایم": 1, "های": 2, "هاید": 2, "هاین": 2, "هاست": 3, "هاند": 3}


def _forms() -> Iterator[tuple[str, Verb]]:
    for stem, past in _STEMS:
        for end, person in _PRESENT_ENDS.items():
            yield f"می{stem}{end}", Verb(stem, person, "does")
            yield f"ب{stem}{end}", Verb(stem, person, "wished")
            yield f"{stem}{end}", Verb(stem, person, "wished")
        for end, person in _PAST_ENDS.items():
            yield f"می{past}{end}", Verb(stem, person, "would")
        for end, person in (_PAST_ENDS | _PERFECT_ENDS).items():
            yield f"{past}{end}", Verb(stem, person, "done")


def _verbs() -> dict[str, Verb]:
    """Without what may be read in two ways: "رسید" is "arrived" and "may you arrive"."""
    readings: dict[str, set[Verb]] = {}
    for form, verb in _forms():
        readings.setdefault(form, set()).add(verb)
    return {form: next(iter(verbs)) for form, verbs in readings.items() if len(verbs) == 1}


VERBS = _verbs()
# Every word that is a form of a common verb, or what "ن" and "ب" leave of one; only before these do they deny and wish.
VERB_FORMS = frozenset(
    stem + end for stem in (*(stem for pair in _STEMS for stem in pair), *_OTHER_STEMS) for end in _ENDS
) | {*_SHORT_FORMS}
