"""Hungarian numbers written as one word, case endings on names, and words that are never a name."""

import re

from voiceops.analysis.facts.language import words

UNITS = {
    "nulla": 0, "zero": 0, "nullas": 0, "egy": 1, "egyes": 1, "ketto": 2, "ket": 2, "kettes": 2, "harom": 3,
    "harmas": 3, "negy": 4, "negyes": 4, "ot": 5, "otos": 5, "hat": 6, "hatos": 6, "het": 7, "hetes": 7,
    "nyolc": 8, "nyolcas": 8, "kilenc": 9, "kilences": 9,
}  # fmt: skip
TENS = {
    "husz": 20,
    "harminc": 30,
    "negyven": 40,
    "otven": 50,
    "hatvan": 60,
    "hetven": 70,
    "nyolcvan": 80,
    "kilencven": 90,
}
TENS_IN_WORDS = TENS | {"huszon": 20, "tizen": 10, "tiz": 10}
TEENS = {"tiz": 10} | {
    f"tizen{unit}": 10 + UNITS[unit]
    for unit in ["egy", "ketto", "ket", "harom", "negy", "ot", "hat", "het", "nyolc", "kilenc"]
}

_UNIT = "nulla|egy|ketto|ket|harom|negy|ot|hat|het|nyolc|kilenc"
_TEN = "|".join(sorted(TENS_IN_WORDS, key=len, reverse=True))
_BELOW_THOUSAND = rf"(?:(?P<h{{0}}>{_UNIT})?(?P<hundred{{0}}>szaz))?(?:(?P<t{{0}}>{_TEN}))?(?P<u{{0}}>{_UNIT})?"
_COMPOUND = re.compile(rf"(?:(?:{_BELOW_THOUSAND.format(1)})(?P<thousand>ezer))?{_BELOW_THOUSAND.format(2)}")


# "Ötvenhatos" names the number that ends in fifty-six.
_STEMS = {"egyes": "egy", "kettes": "ketto", "harmas": "harom", "negyes": "negy", "otos": "ot", "hatos": "hat"} | {
    "hetes": "het", "nyolcas": "nyolc", "kilences": "kilenc", "tizes": "tiz", "huszas": "husz", "harmincas": "harminc",
    "negyvenes": "negyven", "otvenes": "otven", "hatvanas": "hatvan", "hetvenes": "hetven", "nyolcvanas": "nyolcvan",
    "kilencvenes": "kilencven", "szazas": "szaz",
}  # fmt: skip
_ADJECTIVE = re.compile("(?:" + "|".join(sorted(_STEMS, key=len, reverse=True)) + ")$")


# "On … seventy-eight" is an ending; "to seven" is a time of day, so small numbers do not take that one.
_ON, _TO, LAST_HOUR = ("on", "en", "n"), ("ra", "re"), 24


def compound(word: str) -> int | None:
    """The value of a number written as one folded word ("ketszazharminchat"), endings included, or None."""
    for ending in ("", *_ON, *_TO):
        value = _value_of(word.removesuffix(ending)) if word.endswith(ending) else None
        if value is not None and (ending not in _TO or value > LAST_HOUR):
            return value
    return None


def _value_of(word: str) -> int | None:
    found = _COMPOUND.fullmatch(word) or _COMPOUND.fullmatch(_ADJECTIVE.sub(lambda m: _STEMS[m.group()], word))
    if not word or found is None:
        return None
    said = found.groupdict()
    below = _below_thousand(said, "2")
    return below + (max(_below_thousand(said, "1"), 1) * 1000 if said["thousand"] else 0)


def _below_thousand(said: dict[str, str | None], half: str) -> int:
    hundreds = UNITS[said[f"h{half}"] or "egy"] * 100 if said[f"hundred{half}"] else 0
    return hundreds + TENS_IN_WORDS.get(said[f"t{half}"] or "", 0) + UNITS.get(said[f"u{half}"] or "", 0)


# "Ott" and "Zsolt" end in t themselves; so short a name keeps it.
SHORTEST_WITH_ENDING = 3
_LONG = str.maketrans("áé", "ae")


def without_object_ending(name: str) -> str:
    """Give "Annát" as "Anna", "Kovácsot" as "Kovács": the accusative taken off a name's last word."""
    if name.endswith((" urat", " úrat")):
        return f"{name[:-5]} úr"
    if name.endswith("nét"):
        return name[:-1]
    stem = re.sub(r"(?<=[^aáeéiíoóöőuúüű])(?:[aoeö]t)$", "", name)
    if stem != name:
        return stem
    return _short_vowel(name[:-1]) if name.endswith("t") and len(name) > SHORTEST_WITH_ENDING else name


def without_with_ending(name: str) -> str:
    """Give "Annával" as "Anna", "Péterrel" as "Péter", "Kovács úrral" as "Kovács úr"."""
    found = re.search(r"(?:v|(?P<same>sz|zs|cs|gy|ny|ty|ly|[bcdfghjklmnpqrstvwxz]))[ae]l$", name)
    if not found:
        return name
    stem = name[: found.start()]
    double = found.group("same")
    if double is None:
        return _short_vowel(stem)
    # "Kováccsal" doubles only the first letter of "cs"; "Kovácssal" writes it out.
    return stem if stem.endswith((double, double[0])) and len(double) == 1 else stem.removesuffix(double[0]) + double


def without_dative_ending(name: str) -> str:
    """Give "Annának" as "Anna"."""
    return _short_vowel(name[:-3]) if name.endswith(("nak", "nek")) else name


def without_from_ending(name: str) -> str:
    """Give "Balaton Bútor Kft.-től" as "Balaton Bútor Kft."."""
    found = re.fullmatch(r"(?P<name>.+?)-?(?:tól|től|tol|ról|ről|rol|ból|ből|bol)", name, re.IGNORECASE)
    if found is None:
        return name
    return found["name"] if "-" in name else _short_vowel(found["name"])


def _short_vowel(stem: str) -> str:
    return stem[:-1] + stem[-1:].translate(_LONG) if stem[-1:] in "áé" else stem


COMMON = words("""
hallo haho szervusz szervusztok szevasz csa csao na
a az egy es vagy de ha hogy nem igen is csak meg mar most itt ott ez azt ezt aki ami amit amely mert majd
akkor ugy igy olyan ilyen nagyon szepen jo rossz uj regi ma holnap tegnap holnaputan reggel delelott delutan
este ejjel vagyok vagyunk van vannak volt voltam lesz leszek lenne nincs sincs en te o mi ti ok engem minket
onok on onoket maguk kerem kerek kernek kerjuk koszonom koszonjuk koszi szeretnem szeretnek szeretnenk kell
kellene tudna tudnanak tudok hivom hivok hivna hivjon hivjanak hivas hivast vissza visszahivast telefonalok
telefonal beszel beszelek beszelni udv hali kedves tisztelt szep hello halo szia sziasztok udvozlom udvozlet
jo napot reggelt estet kivanok viszontlatasra viszhall viszonthallasra szam szama szamom szamon szamra
telefonszam telefonszamom mobil mobilom telefon elerheto elerhetosegem neve nevem hivnak azert miatt
kapcsolatban ugyben ugyeben ugyem problema problemam gond gondom rendeles rendelesem szamla szamlam ora orakor
utan elott kozott kor korul fel perc mulva het hetfo hetfon kedd kedden szerda szerdan csutortok csutortokon
pentek penteken szombat szombaton vasarnap nap napja nulla ketto ket harom negy ot hat nyolc kilenc tiz hozzam
nekem velem tolem rolam ram magam sajat minden semmi valaki valami senki meg mindig ujra ismet azonnal surgos
surgosen kerdes kerdesem uzenet uzenetet hagyok hagyni errol arrol ezen azon erre arra onnan innen fogok fogom
legyen legyenek szives sziveskedjen hogyha amikor ahogy mivel ugyanis tehat szoval hat no nos igazabol
elnezest bocsanat javitok javitom kerlek legyszi legyszives hivj hivjal hivjatok keress keressel
keressen keressenek csorogj csorgess telefonalj irj irjal irjon gyere szolj szoljon szoljanak beszeljunk beszelunk
tudsz tudtok raersz raer raernek hivhato elerheto elerhetok hivhatnak kereshetnek engedjek
visszahivni visszahivna keresem keresnem keresek
""")

NOT_A_NAME = COMMON | words("""
hallo haho he hej sziasztok megint ismet eves delutant delig delben reggelig
estig zaras nyitas muszak tetszik tetszenek lehet minket bennunket magukat ize
lehetoleg esetleg talan bol tol otthon bent benn kint szabad foglalt raerek biztos kivancsi ideges duhos
elegedett elegedetlen ugyfel ugyfeluk ugyfelek vevo vevojuk elofizeto berlo beteg rosszul jol itthon uton
munkaban dolgozom munkahelyen iroda irodaban ugyintezo ugyfelszolgalat kollega kollegaja munkatars munkatarsa
vezeto fonok titkarno osztaly penzugy szerviz fontos vegre megint eleg kicsit mindjart nagyjabol varom varok
varakozom kivul belul elegge nemsokara egesz ferjem felesegem edesanyja edesapja anyja apja ferje felesege fia
lanya edesanyam edesapam anyam apam gyerekem fiam lanyom szomszed cegtol cegnel ceg kft bt zrt zrt utca ut ter
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
""")
