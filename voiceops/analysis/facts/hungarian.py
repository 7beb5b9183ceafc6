"""Hungarian: cues and time words. Patterns are folded, so they match with and without accents."""

from voiceops.analysis.facts.hungarian_words import (
    COMMON,
    NOT_A_NAME,
    TEENS,
    TENS,
    UNITS,
    compound,
    without_dative_ending,
    without_from_ending,
    without_object_ending,
    without_with_ending,
)
from voiceops.analysis.facts.language import (
    Language,
    NameCue,
    NameWords,
    NumberWords,
    PhoneWords,
    ReasonWords,
    TimeWords,
    UrgencyWords,
    pattern,
    words,
)

NUMBERS = NumberWords(
    units=UNITS,
    teens=TEENS,
    tens=TENS,
    hundreds={},
    hundred=words("száz"),
    thousand=words("ezer"),
    repeats={"dupla": 2, "duplan": 2, "tripla": 3},
    and_words=frozenset(),
    plus=words("plusz plussz"),
    compound=compound,
    tally=words("darab db"),
    spaced=False,
)

_REFERENCE = (
    r"(?:rendelés\w*|megrendelés\w*|ügyfél\w*|számla\w*|szerződés\w*|ügy|ügyszám\w*|hibajegy\w*|bejelentés\w*"
    r"|vevő\w*|azonosító\w*|foglalás\w*|csomag\w*|hivatkozási|hivatkozás\w*|kötvény\w*|iktató\w*|előfizető\w*)"
)

PHONE = PhoneWords(
    cue=pattern(
        r"(?:az? )?(?:én |új |jelenlegi )?(?:mobil|telefon|vezetékes |munkahelyi |közvetlen )?(?:szám|telefonszám|mobilszám)(?:om|unk|a|ám)?(?: az?)?",
        r"(?:az? )?(?:telefonom|mobilom|elérhetőségem|elérhetőségünk)(?: az?)?",
        r"(?:vissza ?)?(?:hívjon|hívjanak|hívj|hívjatok|hívna|hívnának|hívni|hívható|hívást)(?: engem| fel| vissza| kérem| kérnék| kérek| vagyok)*(?: az?| ezen az?)?",
        r"(?:el)?(?:ér|érnek|érhető|érhetnek|érhet|elér|elérnek|elérhető|elérhetnek)(?: el| engem| vagyok)*(?: az?)?",
        r"(?:keressen|keressenek|csörgessen|telefonáljon|telefonáljanak)(?: meg| meg | engem| vissza| kérem)*(?: az?)?",
        r"(?:es|os|as|ös) (?:telefon|mobil)?számon",
        r"(?:telefon|mobil)?szám(?:on|ra|omon|omra)",
    ),
    other=pattern(
        rf"(?:az? )?{_REFERENCE} ?(?:szám|azonosító|kód)\w*(?: az?)?",
        r"(?:az? )?(?:hibajegy|ügyszám|azonosító|iktatószám)\w*(?: az?)?",
        r"(?:es |os |as |ös )?(?:rendelés|ügyfél|szerződés|hibajegy|bejelentés|számla)(?:i )?(?:szám|azonosító)\w*",
        r"(?:irányítószám\w*|adószám\w*|bankkártya\w*|kártyaszám\w*|bankszámla\w*|pin ?kód\w*|fax\w*|ajtó|emelet|házszám\w*|taj ?szám\w*|születés\w*|születtem|utca|út|típusszám\w*)(?: az?)?",
        r"(?:régi|korábbi|előző|rossz|önök|az önök|maguk)(?: telefon| mobil)?(?: ?szám\w*)(?: az?)?",
        r"ne (?:az? )?(?:hívj\w*|használj\w*)(?: az?)?",
    ),
    bridge=pattern(
        r"(?:ö|öö|ööö|hm|hmm|ő|izé|tehát|szóval|és|majd|utána|aztán|kötőjel|vessző|na|igen|hát|akkor)",
        r"(?:és )?(?:a )?(?:körzetszám|körzet)(?: a)?",
        r"(?:a )?(?:többi|folytatása)(?: a)?",
    ),
    correction=pattern(
        r"(?:nem |jaj |jaj nem |na |ó |hoppá |várjon |várjunk )*(?:bocsánat|bocs|bocsánatot kérek|bocsáss meg|elnézést|elnézést kérek|pardon|javítok|javítom|javítanám|helyesbítek|helyesbítem|pontosabban|akarom mondani|azt akartam mondani|akartam mondani|rosszul mondtam|rosszat mondtam|elrontottam|tévedtem|mégsem|vagyis|azaz)(?: nem| bocsánat| elnézést| javítok| hanem| helyesen| tehát| a vége| az utolsó| rosszul mondtam| újra)*",
        r"(?:nem nem|nem hanem|nem jó|várjon|várjunk|hoppá|jaj nem|na nem|nem)(?: hanem| bocsánat| nem)*",
        r"(?:a )?(?:vége|helyesen|utolsó (?:két|három|négy)? ?(?:szám|számjegy|jegy)\w*)(?: az?)?",
    ),
    this_number=pattern(
        r"(?:ezen|ugyanezen|ugyanazon|ezt|ugyanezt|erre|ugyanerre) (?:az? )?(?:telefon|mobil)?szám\w*",
        r"(?:az? )?(?:(?:telefon|mobil)?szám\w*,? )?(?:amiről|amelyikről|amelyről|ahonnan|amin|amelyen) (?:most )?(?:hívom|hívok|telefonálok|hívtam|hívom önöket|beszélek)",
        r"(?:erről|innen) (?:az? )?(?:telefon|mobil)?(?:számról)",
        r"ez (?:az? )?(?:telefon|mobil)?szám\w*",
    ),
    not_this_number=pattern(
        r"(?:ne|nem)(?: \w+){0,2} (?:ezen|ezt|erre|ez)(?: az?)? (?:telefon|mobil)?szám\w*",
    ),
    after_area_code=pattern(r"(?:és )?(?:a )?(?:többi|szám|folytatás)(?:a)?"),
    extension=pattern(r"(?:a )?(?:mellék|melléke|mellékem|mellékállomás)(?: száma| szám)?(?: az?)?"),
    units=words(
        "forint forintot forintos forintért euro eurot eurós dollár óra órakor órától óráig órára perc perce percet nap "
        "napja hét hete hónap hónapja éve év éves kor tól től ig szor szer ször százalék darabot fő emelet kerület "
        "kilométer méter km kg liter után előtt körül"
    ),
    extension_after=pattern(r"(?:es |os |as |ös )?mellék\w*"),
)

_TITLES = "úr asszony hölgy doktor dr úrral asszonnyal hölggyel úrnak asszonynak urat asszonyt ifj id özv mérnök"

NAMES = NameWords(
    caller=(
        NameCue(pattern(r"(?:az? )?(?:én )?(?:teljes )?nevem(?: az?)?"), 0.95),
        NameCue(pattern(r"itt(?: az?| csak)?"), 0.92, then=pattern(r"(?:beszél\w*|vagyok|telefonál\w*)")),
        NameCue(pattern(r"(?:beszél|beszélek)(?: itt)?", r"vagyok(?: itt)?"), 0.9, name_precedes=True),
        NameCue(
            pattern(r"(?:hívom|hívnám|telefonálok|hagyok üzenetet|keresem|keresném)(?: önöket| önt)?"),
            0.82,
            name_precedes=True,
        ),
        NameCue(pattern(r"itt(?: az?| csak)?"), 0.82),
        NameCue(pattern(r"engem", r"hívnak"), 0.8, then=pattern(r"hívnak")),
    ),
    asked_for=(
        NameCue(
            pattern(
                r"(?:szeretnék|szeretnénk|szerettem volna|kellene|tudnék|tudok|lehetne|akartam|akarok)(?: \w+)? (?:beszélni|egyeztetni)",
                r"(?:beszélnék|beszélhetnék|egyeztetnék)",
            ),
            0.9,
            name_precedes=True,
            bare=without_with_ending,
        ),
        NameCue(
            pattern(r"(?:szeretnék|szeretnénk|szerettem volna)(?: beszélni)?"),
            0.85,
            then=pattern(r"(?:beszélni|egyeztetni)"),
            bare=without_with_ending,
        ),
        NameCue(
            pattern(r"(?:beszélni|egyeztetni)(?: szeretnék| szeretnénk)?"),
            0.8,
            bare=without_with_ending,
            then=pattern(r"(?:úrral|asszonnyal|\w*)$", r"szeretn\w+"),
        ),
        NameCue(
            pattern(r"(?:keresem|keresném|keresek|kérem szépen|kérném)(?: meg| szépen)*"),
            0.82,
            name_precedes=True,
            bare=without_object_ending,
        ),
        NameCue(
            pattern(r"(?:üzenem|üzenet|szól az üzenet|az üzenetem)", r"(?:kérem )?(?:adják|adja) át"),
            0.8,
            then=pattern(r"(?:szól|üzen\w*|az üzenet|hogy)"),
            bare=without_dative_ending,
        ),
        NameCue(
            pattern(
                r"(?:vissza )?(?:hívjon|hívna|tudna|telefonáljon|hívhatna)(?: \w+)? ?(?:vissza|fel|hívni)",
                r"(?:visszahívna|felhívna|visszahívhatna|visszatelefonálna)",
            ),
            0.85,
            name_precedes=True,
        ),
        NameCue(
            pattern(r"(?:hívjon|hívna|telefonáljon)(?: engem)? (?:vissza|fel)", r"(?:visszahívna|felhívna)(?: engem)?"),
            0.8,
        ),
    ),
    company=(
        NameCue(pattern(r"(?:vagyok |beszél |beszélek |telefonálok |hívom |önöket |itt )*(?:az?)"), 0.8),
        NameCue(pattern(r"(?:telefonálok|hívom önöket|hívom) (?:az?)"), 0.8),
    ),
    stop=NOT_A_NAME,
    titles=words(_TITLES),
    spelling=pattern(r"(?:betűzve|betűzöm|lebetűzöm)"),
    company_bare=without_from_ending,
)

REFERENCE = pattern(
    rf"(?:az? )?(?:rendelés|megrendelés|ügyfél|számla|szerződés|ügy|hibajegy|bejelentés|vevő|foglalás|csomag|hivatkozás|előfizető|kötvény)(?:i ?)?(?:szám|azonosító|kód)\w*(?: az?| ez)?",
    rf"(?:az? )?{_REFERENCE} (?:szám|azonosító|kód)\w*(?: az?| ez)?",
    r"(?:az? )?(?:azonosító|hibajegy|ügyszám|hivatkozási szám)\w*(?: az?| ez)?",
)

URGENCY = UrgencyWords(
    vulnerable=pattern(
        r"\w*kórház\w*",
        r"(?:kisbab|bab[aá]|csecsemő|újszülött|kisgyerek)\w*",
        r"oxigén\w*",
        r"lélegeztető\w*",
        r"inzulin\w*",
        r"várandós\w*",
        r"terhes",
        r"mozgáskorlátozott\w*",
        r"(?:nincs|nincsen|megszűnt|elment|elzárták|kikapcsolták)(?: az?| se| sem)? (?:fűtés\w*|meleg víz\w*|melegvíz\w*|víz\w*|áram\w*|gáz\w*)",
        r"(?:az? )?(?:fűtés|áram|víz|gáz|kazán)(?:ünk|unk|em)? (?:nem működik|elment|leállt|elromlott|megszűnt)",
        r"gáz ?(?:szag|szivárgás)\w*",
        r"(?:tűz|füst|füstöl|szikrázik|ömlik|beázás|beázik|csőtörés)\w*",
        r"(?:idős|beteg|súlyosan beteg) (?:anyám|apám|édesanyám|édesapám|szüleim|nagymamám|néni|bácsi)",
        r"(?:mentő|életveszély|rosszul lett)\w*",
    ),
    pressing=pattern(
        r"sürg(?:ős|ősen|et|ősség)\w*",
        r"azonnal\w*",
        r"minél (?:előbb|hamarabb|gyorsabban)",
        r"mielőbb\w*",
        r"(?:amint|ahogy|amilyen gyorsan) (?:csak )?(?:lehet|tud|tudnak)\w*",
        r"haladéktalanul",
        r"vészhelyzet\w*",
        r"nem várhat",
        r"nagyon fontos",
        r"(?:harmadszor|negyedszer|ötödször|sokadszor|másodszor|sokadik|harmadik|negyedik|többször)(?:ra|re)?(?: is)?(?: már)?(?: (?:hív|telefonál|keres|üzen)\w*)?",
        r"(?:még mindig|továbbra) (?:sem|nem)",
        r"(?:senki|sem) (?:nem )?(?:hívott|keresett) vissza",
        r"(?:ügyvéd|fogyasztóvédel|feljelent|panaszt)\w*",
        r"(?:ellopták|csalás)\w*",
        r"ma (?:még|mindenképp\w*|estig)",
        r"határidő\w*",
    ),
    calm=pattern(
        r"(?:nem|egyáltalán nem|nem annyira|nem túl|nem is|nem olyan) (?:sürgős|sürgősen|sietős|siet|fontos|vészes)",
        r"ráér(?:nek| vele| a dolog)?(?: holnap| később)?",
        r"nincs (?:sietség|rohanás)",
        r"(?:amikor|ha|majd ha|majd amikor) (?:van |lesz |épp |éppen )?(?:ráér|ráérnek|idejük|ideje|van ideje|lesz ideje|van idejük|lesz idejük|egy perce|alkalma|alkalmas)",
        r"nem kell (?:sietni|kapkodni)",
        r"nem sürget\w*",
    ),
)

REASON = ReasonWords(
    cue=pattern(
        r"(?:azért|azzal|az ügyben|abban az ügyben)(?: \w+)? (?:hívom|hívok|telefonálok|hívtam|kapcsolatban|keresem)(?: önöket)?",
        r"(?:azért|amiatt) (?:hívom|telefonálok|keresem)",
        r"(?:szeretném|szeretnék|szeretnénk|szerettem volna) (?!beszélni|ha)",
        r"(?:problémám|gondom|kérdésem|panaszom|bejelentésem) (?:van|lenne|volna)",
        r"(?:az? )?\w+ (?:kapcsolatban|ügyében|miatt|kapcsán) (?:hívom|telefonálok|keresem|hívtam)",
        r"(?:érdeklődni|érdeklődnék|érdeklődöm|bejelenteni)",
    ),
    trouble=pattern(
        r"(?:probléma|gond|hiba|hibás|rossz|elromlott|nem működik|nem jött|nem érkezett|nem kaptam|lemondani|lemondan\w*|módosítani|felmondani|visszatérít\w*|számla\w*|számlá\w*|kétszer|duplán|díj\w*|fizet\w*|rendelés\w*|csomag\w*|szállít\w*|késik|elveszett|internet\w*|szerződés\w*|időpont\w*|ajánlat\w*|javítás\w*|szerelő\w*|csere|cserélni|jelszó\w*|beázik|kazán\w*|fűtés\w*|ára|áram\w*|költöz\w*|reklamáció\w*|garancia\w*|nem|sem|kapcsolatban|ügyében|miatt)",
    ),
    dangling=words("és de hogy mert a az kérem ha vagy tehát szóval"),
    aside=pattern(
        r"(?:hívjon|hívjanak|hívna|keressen|keressenek)(?: vissza| fel| meg)?",
        r"(?:vissza|fel)hív\w*",
        r"(?:az? )?(?:telefon|mobil)?számom",
        r"(?:az? )?nevem",
        r"(?:jó (?:napot|reggelt|estét)|üdvözlöm|hello|halló)",
        r"köszön(?:öm|jük)",
        r"(?:viszont ?hallásra|viszlát|viszontlátásra)",
        r"(?:itt \w+ \w+ beszél|vagyok)",
        r"(?:nem sürgős|ráér)",
        r"(?:elérhető|ráérek)",
    ),
)

_HOUR_WORDS = {
    **{w: n for w, n in UNITS.items() if n},
    **TEENS,
    **{f"husz{w}": n for w, n in (("", 20), ("onegy", 21), ("onketto", 22))},
}
_HOURS = "|".join(sorted(_HOUR_WORDS, key=len, reverse=True))
_ORDINALS = {
    "elseje": 1, "masodika": 2, "harmadika": 3, "negyedike": 4, "otodike": 5, "hatodika": 6, "hetedike": 7,
    "nyolcadika": 8, "kilencedike": 9, "tizedike": 10, "huszadika": 20, "harmincadika": 30, "harmincegyedike": 31,
} | {
    f"{ten}{unit}": value + n
    for ten, value in (("tizen", 10), ("huszon", 20))
    for unit, n in (("egyedike", 1), ("kettedike", 2), ("harmadika", 3), ("negyedike", 4), ("otodike", 5), ("hatodika", 6), ("hetedike", 7), ("nyolcadika", 8), ("kilencedike", 9))
}  # fmt: skip
_ORDINAL_FORMS = {word[:-1] + ending: n for word, n in _ORDINALS.items() for ending in (word[-1], word[-1] + "n")}
_MONTHS = "január február március április május június július augusztus szeptember október november december"
_MINUTES = {w: n for w, n in (*TENS.items(), *TEENS.items())} | {
    "negyvenot": 45,
    "huszonot": 25,
    "harmincot": 35,
    "otvenot": 55,
}

TIMES = TimeWords(
    days=((pattern(r"holnap ?után"), 2), (pattern(r"holnap"), 1), (pattern(r"ma", r"a mai nap(?:on)?"), 0)),
    weekdays=tuple(
        (pattern(rf"(?:most |jövő |ezen a )?{day}"), n)
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
        (pattern(r"(?:munka|munkaidő) után", r"(?:a )?nap végé(?:n|ig)"), 17),
        (pattern(r"este", r"estefelé", r"ma este"), 18),
    ),
    clock=pattern(
        rf"(?:(?:(?P<half>fél)|(?P<quarter_before>negyed)|(?P<quarter_to>háromnegyed)) )?(?P<hour>\d{{1,2}}(?:[:.]\d\d)?|{_HOURS}|dél|déltől|délig|délben)(?P<oclock>(?:kor|től|tól|ig|re|ra)?(?: (?:óra|órakor|órától|óráig|órára|kor|től|tól|ig|re|ra))?(?: (?P<minute>\d\d|{'|'.join(_MINUTES)})(?: ?perc\w*| ?kor)?)?(?: (?:után|előtt|körül|felé|tájban|és))?)",
    ),
    delay=pattern(
        rf"(?:úgy |kb |körülbelül |egy )?(?:(?P<half>fél)|(?P<amount>\d+|pár|néhány|{_HOURS}|{'|'.join(_MINUTES)})) ?(?:(?P<minutes>perc\w*)|(?P<hours>órá?\w*)|(?P<days>nap\w*)|(?P<weeks>hét|héten)) (?:múlva|belül)",
    ),
    date=pattern(
        rf"(?P<month>{'|'.join(_MONTHS.split())}) (?P<day>\d{{1,2}}|{'|'.join(sorted(_ORDINAL_FORMS, key=len, reverse=True))})(?: (?:an|én|án|e|a|i))?"
    ),
    months=tuple(
        word
        for word in "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december".split()
    ),
    wish=pattern(
        r"(?:hívjon|hívjanak|hívj|hívjatok|hívna|hívnának|keressen|keressenek|telefonáljon|telefonáljanak|csörgessen)(?: engem| fel| vissza| meg)*",
        r"(?:vissza|fel) ?(?:hív|telefonál)\w*",
        r"(?:elérhető|ráérek|hívható|elérnek|elér|szabad|itthon|otthon)(?: vagyok| leszek)?",
        r"(?:vagyok|leszek) (?:elérhető|szabad|otthon|itthon)",
        r"hívás\w*",
        r"beszél(?:ni|jünk|hetnénk)",
        r"bármikor",
        r"jó lenne",
        r"alkalmas",
    ),
    elsewhere=pattern(
        r"(?:tegnap\w*|múlt|óta|rendelt\w*|érkezett|érkezik|jött|volt|kaptam|vettem|hívtam|beszéltem|időpont\w*|szerelő\w*|kiszállít\w*|megbeszél\w*|ezelőtt|korábban|nyit\w*|zár\w*|történt|lejár\w*|elromlott|nem működik)"
    ),
    link=pattern(
        r"(?:az?|és|kb|körülbelül|úgy|valamikor|bármikor|lehetőleg|inkább|csak|is|legyen|után|előtt|körül|felé|között|kor|óra|órakor|ig|tól|től|vagy|majd|még|mondjuk|akár|de|a|hívjon|vissza|hívjanak|kérem|lesz|lenne|jó|egy)"
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
    half_is_before=True,
    cue_follows=True,
)

HUNGARIAN = Language("hu", "HU", NUMBERS, PHONE, NAMES, REFERENCE, URGENCY, REASON, TIMES, COMMON)
