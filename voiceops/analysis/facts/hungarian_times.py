"""Hungarian: days, parts of a day, clock times, and the wording around wishes to be called."""

from voiceops.analysis.facts.hungarian_words import TEENS, TENS, UNITS
from voiceops.analysis.facts.language import TimeWords, pattern

_HOUR_WORDS = {
    **{w: n for w, n in UNITS.items() if n},
    **TEENS,
    **{f"husz{w}": n for w, n in (("", 20), ("onegy", 21), ("onketto", 22))},
}
_HOURS = "|".join(sorted(_HOUR_WORDS, key=len, reverse=True))
_ORDINAL_UNITS = (
    "egyedike", "kettedike", "harmadika", "negyedike", "otodike", "hatodika", "hetedike", "nyolcadika", "kilencedike",
)  # fmt: skip
_ORDINALS = {
    "elseje": 1, "masodika": 2, "harmadika": 3, "negyedike": 4, "otodike": 5, "hatodika": 6, "hetedike": 7,
    "nyolcadika": 8, "kilencedike": 9, "tizedike": 10, "huszadika": 20, "harmincadika": 30, "harmincegyedike": 31,
} | {
    f"{ten}{unit}": value + n
    for ten, value in (("tizen", 10), ("huszon", 20))
    for n, unit in enumerate(_ORDINAL_UNITS, start=1)
}  # fmt: skip
_ORDINAL_FORMS = {word[:-1] + ending: n for word, n in _ORDINALS.items() for ending in (word[-1], word[-1] + "n")}
_MONTHS = "január február március április május június július augusztus szeptember október november december"
_MINUTES = {
    **TENS,
    **TEENS,
    "negyvenot": 45,
    "huszonot": 25,
    "harmincot": 35,
    "otvenot": 55,
}

TIMES = TimeWords(
    days=((pattern(r"holnap ?után"), 2), (pattern(r"holnap(?:ig|ra)?"), 1), (pattern(r"ma", r"a mai nap(?:on)?"), 0)),
    weekdays=tuple(
        (pattern(rf"(?:most |jövő |következő |ezen a )?{day}"), n)
        for n, day in enumerate(
            (
                "hétfő(?:n|re|ig)?",
                "kedd(?:en|re|ig)?",
                "szerd[aá](?:n|ra|ig)?",
                "csütörtök(?:ön|re|ig)?",
                "péntek(?:en|re|ig)?",
                "szombat(?:on|ra|ig)?",
                "vasárnap(?:ra|ig)?",
            )
        )
    ),
    next_week=pattern(r"(?:a )?(?:jövő|következő) (?:hét|héten|hétre)"),
    parts=(
        (pattern(r"(?:kora |korán )?reggel"), 9),
        (pattern(r"(?:kora |késő )?délelőtt(?:re)?"), 9),
        (pattern(r"(?:kora )?délután(?:ra)?"), 14),
        (pattern(r"késő délután"), 16),
        (pattern(r"ebéd ?(?:időben|kor)", r"ebéd előtt"), 12),
        (pattern(r"ebéd után"), 13),
        (pattern(r"(?:munka|munkaidő) után", r"zárás előtt", r"zárásig", r"(?:a )?nap végé(?:n|ig)"), 17),
        (pattern(r"este", r"estefelé", r"ma este"), 18),
    ),
    clock=pattern(
        rf"(?:(?:(?P<half>fél(?! \w+ órá?\w* (?:múlva|belül)))|(?P<quarter_before>negyed)"
        rf"|(?P<quarter_to>háromnegyed)) "
        rf")?(?P<hour>\d{{1,2}}(?:[:.]\d\d)?|{_HOURS}|dél|déltől|délig|délben)(?P<oclock>(?:kor|től|tól|ig|re"
        rf"|ra)?(?: (?:óra|órakor|órától|óráig|órára|kor|től|tól|ig|re|ra))?(?: (?P<minute>\d\d"
        rf"|{'|'.join(_MINUTES)})(?: ?perc\w*| ?kor)?)?(?: (?:után|előtt|körül|felé|tájban|és))?)",
    ),
    delay=pattern(
        rf"(?:úgy |kb |körülbelül |egy )?(?:(?P<half>fél)|(?P<amount>\d+|pár|néhány|{_HOURS}|{'|'.join(_MINUTES)})) "
        rf"?(?:(?P<minutes>perc\w*)|(?P<hours>órá?\w*)|(?P<days>nap\w*)|(?P<weeks>hét|héten)) (?:múlva|belül)",
    ),
    date=pattern(
        rf"(?P<month>{'|'.join(_MONTHS.split())}) (?P<day>\d{{1,2}}"
        rf"|{'|'.join(sorted(_ORDINAL_FORMS, key=len, reverse=True))})(?: (?:an|én|án|e|a|i))?",
        r"(?P<day3>\d{1,2}) ?(?:án|én)",
        rf"(?P<day3b>{'|'.join(sorted((w for w in _ORDINAL_FORMS if w.endswith('n')), key=len, reverse=True))})",
    ),
    months=tuple(
        word
        for word in [
            "januar",
            "februar",
            "marcius",
            "aprilis",
            "majus",
            "junius",
            "julius",
            "augusztus",
            "szeptember",
            "oktober",
            "november",
            "december",
        ]
    ),
    wish=pattern(
        r"(?:hívjon|hívjanak|hívják|hívja|hívj|hívjatok|hívna|hívnának|keressen|keressenek|telefonáljon|telefonáljanak"
        r"|csörgessen)(?: engem| fel| vissza| meg)*",
        r"(?:vissza|fel) ?(?:hív|telefonál)\w*",
        r"(?:elérhető|ráérek|hívható|elérnek|elér|érnek el|szabad|itthon|otthon)(?: vagyok| leszek)?",
        r"(?:vagyok|leszek) (?:elérhető|szabad|otthon|itthon)",
        r"hívás\w*",
        r"(?:próbál|telefonál)(?:jon|janak|jatok)",
        r"(?:tud|tudna|tudnak|tudnának|tudnátok|lehetne)(?: \w+)? hívni",
        r"(?:vagyok|leszek) (?:bent|benn)",
        r"(?:bent|benn) (?:vagyok|leszek)",
        r"beszél(?:ni|jünk|hetnénk)",
        r"bármikor",
        r"jó lenne",
        r"(?<!nem )(?<!nagyon )jó(?! napot| reggelt| estét| éjszakát| lesz)",
        r"alkalmas",
    ),
    elsewhere=pattern(
        r"(?:tegnap\w*|múlt|óta|rendelt\w*|érkezett|érkezik|jött|volt|kaptam|vettem|hívtam|beszéltem|időpont\w*"
        r"|szerelő\w*|kiszállít\w*|megbeszél\w*|ezelőtt|korábban|nyit\w*|zár\w*|történt|lejár\w*|elromlott"
        r"|utaz\w*|ott leszek|megerősít\w*|foglalás\w*|levon\w*|nem működik)"
    ),
    link=pattern(
        r"(?:az?|és|kb|körülbelül|úgy|valamikor|bármikor|lehetőleg|inkább|csak|is|legyen|után|előtt|körül|felé"
        r"|között|kor|óra|órakor|ig|tól|től|vagy|majd|még|mondjuk|akár|de|a|hívjon|vissza|hívjanak|kérem|lesz|lenne"
        r"|jó|egy)"
    ),
    bound=pattern(r"(?:kb|körülbelül|úgy|valamikor|legkésőbb|legkorábban|olyan)"),
    numbers={
        **UNITS,
        **TEENS,
        **_MINUTES,
        **_HOUR_WORDS,
        **_ORDINAL_FORMS,
        "del": 12,
        "delben": 12,
        "deltol": 12,
        "delig": 12,
        "par": 3,
        "nehany": 3,
    },
    deadline=pattern(
        r"(?:legkésőbb )?(?:hétfő|kedd|szerdá|szerda|csütörtök|péntek|szombat|vasárnap|holnap)ig", r"legkésőbb"
    ),
    but_not=pattern(r"(?:ne|nem)(?: (?:hívjanak|hívjon|keressenek|keressen))?(?: (?:az|a))?", r"kivéve(?: az?)?"),
    is_bad=pattern(r"(?:nem (?:jó|alkalmas|érek rá|tudok)|ne)"),
    week_end=pattern(r"(?:az? )?(?:e )?(?:hét|heti) (?:végéig|végére|végén)", r"hétvégéig"),
    next_words=frozenset({"jovo", "kovetkezo"}),
    half_is_before=True,
    cue_follows=True,
)
