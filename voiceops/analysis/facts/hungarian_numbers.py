"""Hungarian: number words, and the wording around telephone numbers."""

from voiceops.analysis.facts.hungarian_words import TEENS, TENS, UNITS, compound
from voiceops.analysis.facts.language import NumberWords, PhoneWords, pattern, words

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
    written={"nullahat": "06", "nullanulla": "00"},
    spaced=False,
)

REFERENCE_KINDS = (
    r"(?:rendelés\w*|megrendelés\w*|ügyfél\w*|számla\w*|szerződés\w*|ügy|ügyszám\w*|hibajegy\w*|bejelentés\w*"
    r"|vevő\w*|azonosító\w*|foglalás\w*|csomag\w*|hivatkozási|hivatkozás\w*|kötvény\w*|iktató\w*|előfizető\w*)"
)

PHONE = PhoneWords(
    cue=pattern(
        r"(?:az? )?(?:én |új |jelenlegi )?(?:mobil|telefon|vezetékes |munkahelyi |közvetlen )?(?:szám|telefonszám"
        r"|mobilszám)(?:om|unk|a|ám)?(?: az?)?",
        r"(?:az? )?(?:telefonom|mobilom|elérhetőségem|elérhetőségünk)(?: az?)?",
        r"(?:vissza ?)?(?:hívjon|hívjanak|hívj|hívjatok|hívna|hívnának|hívni|hívható|hívást)(?: engem| fel| vissza| "
        r"kérem| kérnék| kérek| vagyok)*(?: az?| ezen az?)?",
        r"(?:el)?(?:ér|érnek|érhető|érhetnek|érhet|elér|elérnek|elérhető|elérhetnek)(?: el| engem| vagyok)*(?: az?)?",
        r"(?:keressen|keressenek|csörgessen|telefonáljon|telefonáljanak)(?: meg| meg | engem| vissza| kérem)*(?: "
        r"az?)?",
        r"(?:es|os|as|ös) (?:telefon|mobil)?számon",
        r"(?:telefon|mobil)?szám(?:on|ra|omon|omra)",
    ),
    other=pattern(
        rf"(?:az? )?{REFERENCE_KINDS} ?(?:szám|azonosító|kód)\w*(?: az?)?",
        r"(?:az? )?(?:hibajegy|ügyszám|azonosító|iktatószám)\w*(?: az?)?",
        r"(?:es |os |as |ös )?(?:rendelés|ügyfél|szerződés|hibajegy|bejelentés|számla)(?:i )?(?:szám|azonosító)\w*",
        r"(?:irányítószám\w*|adószám\w*|bankkártya\w*|kártyaszám\w*|bankszámla\w*|pin ?kód\w*|fax\w*|ajtó|emelet"
        r"|házszám\w*|taj ?szám\w*|születés\w*|születtem|utca|út|típusszám\w*)(?: az?)?",
        r"(?:régi|korábbi|előző|rossz|önök|az önök|maguk)(?: telefon| mobil)?(?: ?szám\w*)(?: az?)?",
        r"ne (?:az? )?(?:hívj\w*|használj\w*)(?: az?)?",
    ),
    bridge=pattern(
        r"(?:ö|öö|ööö|hm|hmm|ő|izé|tehát|szóval|és|majd|utána|aztán|kötőjel|vessző|na|igen|hát|akkor)",
        r"(?:és )?(?:a )?(?:körzetszám|körzet)(?: a)?",
        r"(?:a )?(?:többi|folytatása)(?: a)?",
    ),
    correction=pattern(
        r"(?:nem |jaj |jaj nem |na |ó |hoppá |várjon |várjunk )*(?:bocsánat|bocs|bocsánatot kérek|bocsáss meg"
        r"|elnézést|elnézést kérek|pardon|javítok|javítom|javítanám|helyesbítek|helyesbítem|pontosabban|akarom "
        r"mondani|azt akartam mondani|akartam mondani|rosszul mondtam|rosszat mondtam|elrontottam|tévedtem|mégsem"
        r"|vagyis|azaz)(?: nem| bocsánat| elnézést| javítok| hanem| helyesen| tehát| a vége| az utolsó| rosszul "
        r"mondtam| újra)*",
        r"(?:nem nem|nem hanem|nem jó|várjon|várjunk|hoppá|jaj nem|na nem|nem)(?: hanem| bocsánat| nem)*",
        r"(?:a )?(?:vége|helyesen|utolsó (?:két|három|négy)? ?(?:szám|számjegy|jegy)\w*)(?: az?)?",
    ),
    this_number=pattern(
        r"(?:ezen|ugyanezen|ugyanazon|ezt|ugyanezt|erre|ugyanerre) (?:az? )?(?:telefon|mobil)?szám\w*",
        r"(?:az? )?(?:(?:telefon|mobil)?szám\w*,? )?(?:amiről|amelyikről|amelyről|ahonnan|amin|amelyen) (?:most "
        r")?(?:hívom|hívok|telefonálok|hívtam|hívom önöket|beszélek)",
        r"(?:erről|innen) (?:az? )?(?:telefon|mobil)?(?:számról)",
        r"ez (?:az? )?(?:telefon|mobil)?szám\w*",
    ),
    not_this_number=pattern(
        r"(?:ne|nem)(?: \w+){0,3} (?:ezen|ezt|erre|ez|erről)(?: az?)? (?:telefon|mobil)?szám\w*",
        r"(?:ezen|ez|erre) az? (?:telefon|mobil)?szám\w* (?:nem|ne|már nem)",
        r"(?:hívás\w*|hívtak|kerestek)(?: \w+)? erről az? (?:telefon|mobil)?szám\w*",
        r"erről az? (?:telefon|mobil)?szám\w* (?:hívtak|kerestek|hívott|keresett)",
    ),
    or_words=words("vagy"),
    instead=words("hanem"),
    after_area_code=pattern(
        r"(?:az? )?(?:telefonom|mobilom|számom)(?: az?)?", r"(?:és )?(?:a )?(?:többi|szám|folytatás)(?:a)?"
    ),
    extension=pattern(r"(?:a )?(?:mellék|melléke|mellékem|mellékállomás)(?: száma| szám)?(?: az?)?"),
    units=words(
        "forint forintot forintos forintért euro eurot eurós dollár óra órakor órától óráig órára perc perce percet "
        "nap "
        "napja hét hete hónap hónapja éve év éves kor tól től ig szor szer ször százalék darabot fő emelet kerület "
        "kilométer méter km kg liter után előtt körül"
    ),
    extension_after=pattern(r"(?:es |os |as |ös )?mellék\w*"),
)
