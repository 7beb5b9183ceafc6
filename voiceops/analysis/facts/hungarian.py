"""Hungarian: references, urgency and reasons, and the language as a whole.

Patterns are folded as the text is, so they match with and without accents.
"""

from voiceops.analysis.facts.hungarian_names import NAMES
from voiceops.analysis.facts.hungarian_numbers import NUMBERS, PHONE, REFERENCE_KINDS
from voiceops.analysis.facts.hungarian_times import TIMES
from voiceops.analysis.facts.hungarian_words import COMMON
from voiceops.analysis.facts.language import Language, ReasonWords, UrgencyWords, pattern, words

REFERENCE = pattern(
    r"(?:az? )?(?:rendelés|megrendelés|ügyfél|számla|szerződés|ügy|hibajegy|bejelentés|vevő|foglalás|csomag"
    r"|hivatkozás|előfizető|kötvény)(?:i ?)?(?:szám|azonosító|kód)\w*(?: az?| ez)?",
    rf"(?:az? )?{REFERENCE_KINDS} (?:szám|azonosító|kód)\w*(?: az?| ez)?",
    r"(?:az? )?(?:\w+ )?(?:hibajegy|rendelés|megrendelés|ügy|csomag|iktató|foglalás)\w*(?: miatt)?"
    r"(?= (?:\w{1,3} )?\S*\d)",
    r"(?:az? )?(?:csomag|iktató|foglalás|hibajegy|ügy|rendelés)(?:i )?szám\w*(?: az?)?",
    r"(?:az? )?hibajegy\w*",
    r"(?:az? )?\w*(?:számla|kár|bizonylat|jegyzőkönyv|munkalap|rendelés|ügy)\w*(?: sor)?szám\w*(?: az?)?",
    rf"(?:es|os|as|ös) {REFERENCE_KINDS}",
    r"(?:az? )?(?:azonosító|hibajegy|ügyszám|hivatkozási szám)\w*(?: az?| ez)?",
)

URGENCY = UrgencyWords(
    vulnerable=pattern(
        r"\w*kórház\w*",
        r"(?:kisbab|bab[aá](?!váró|kocsi|ruha)|csecsemő|újszülött|kisgyerek)\w*",
        r"oxigén\w*",
        r"lélegeztető\w*",
        r"inzulin\w*",
        r"várandós\w*",
        r"terhes",
        r"mozgáskorlátozott\w*",
        r"(?:nincs|nincsen|megszűnt|elment|elzárták|kikapcsolták)(?: az?| se| sem)? (?:fűtés\w*|meleg víz\w*"
        r"|melegvíz\w*|víz\w*|áram\w*|gáz\w*)",
        r"(?:az? )?(?:fűtés|áram|víz|gáz|kazán)(?:ünk|unk|em)? (?:nem működik|elment|leállt|elromlott|megszűnt)",
        r"gáz ?(?:szag|szivárgás)\w*",
        r"(?:tűz|füst|füstöl|szikrázik|ömlik|beázás|beázik|csőtörés)\w*",
        r"(?:idős|beteg|súlyosan beteg) (?:anyám|apám|édesanyám|édesapám|szüleim|nagymamám|néni|bácsi)",
        r"nem működik(?: az?)? (?:fűtés|áram|víz|gáz|kazán)\w*",
        r"egyedül élek",
        r"(?:hetven|nyolcvan|kilencven|7\d|8\d|9\d) ?\w* éves vagyok",
        r"(?:asztmás|cukorbeteg|vérzik|fulladok|eszméletlen)\w*",
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
        r"(?:harmadszor|negyedszer|ötödször|sokadszor|másodszor|sokadik|harmadik|negyedik|többször)(?:ra|re)?(?: "
        r"is)?(?: már)?(?: (?:hív|telefonál|keres|üzen)\w*)?",
        r"(?:még mindig|továbbra) (?:sem|nem) (?:hív|keres|válaszol|jelentkez)\w*",
        r"siessenek|siessen",
        r"(?:kérem )?segítsenek",
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
        r"(?:amikor|ha|majd ha|majd amikor) (?:van |lesz |épp |éppen )?(?:ráér|ráérnek|idejük|ideje|van ideje|lesz "
        r"ideje|van idejük|lesz idejük|egy perce|alkalma|alkalmas)",
        r"nem kell (?:sietni|kapkodni)",
        r"nem sürget\w*",
    ),
)

REASON = ReasonWords(
    cue=pattern(
        r"(?:azért|azzal|az ügyben|abban az ügyben)(?: \w+)? (?:hívom|hívok|telefonálok|hívtam|kapcsolatban"
        r"|keresem)(?: önöket)?",
        r"(?:azért|amiatt) (?:hívom|telefonálok|keresem)",
        r"(?:szeretném|szeretnék|szeretnénk|szerettem volna) (?!beszélni|ha)",
        r"(?:problémám|gondom|kérdésem|panaszom|bejelentésem) (?:van|lenne|volna)",
        r"(?:az? )?\w+ (?:kapcsolatban|ügyében|miatt|kapcsán) (?:hívom|telefonálok|keresem|hívtam)",
        r"(?:érdeklődni|érdeklődnék|érdeklődöm|bejelenteni)",
    ),
    trouble=pattern(
        r"(?:probléma|gond|hiba|hibás|rossz|elromlott|nem működik|nem jött|nem érkezett|nem kaptam|lemondani"
        r"|lemondan\w*|módosítani|felmondani|visszatérít\w*|számla\w*|számlá\w*|kétszer|duplán|díj\w*|fizet\w*"
        r"|rendelés\w*|csomag\w*|szállít\w*|késik|elveszett|internet\w*|szerződés\w*|időpont\w*|ajánlat\w*"
        r"|javítás\w*|szerelő\w*|csere|cserélni|jelszó\w*|beázik|kazán\w*|fűtés\w*|ára|áram\w*|költöz\w*"
        r"|reklamáció\w*|garancia\w*|nem|sem|kapcsolatban|ügyében|miatt)",
    ),
    leading=words("és de hát szóval tehát"),
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

HUNGARIAN = Language("hu", "HU", NUMBERS, PHONE, NAMES, REFERENCE, URGENCY, REASON, TIMES, COMMON)
