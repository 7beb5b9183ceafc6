"""Hungarian: verb prefixes and endings, numbers in one word, spelling to sound, and how it says no."""

# ruff: noqa: SIM905, PLR2004 - lists that people read and edit are one text, in the language's
# own letters, and how many letters an ending leaves is said where it is stripped

import re

from voiceops.analysis.languages.language import Language, Verb, fold_accents, pair_set, word_set

_PREFIXES = (
    "hozza", "vissza", "tovabb", "keresztul", "ossze", "szet", "fel", "meg", "ala", "ra", "at", "el", "ki", "be", "le",
    "oda", "ide", "bele", "vegig", "elo", "felul", "igenybe",
)  # fmt: skip

# Endings of nouns and verbs after folding; the outer ones are stripped once, then the inner ones once.
_OUTER = (
    "bol rol tol ban ben nak nek hoz hez val vel ert nal nel kent kor ig ra re ba be on en ot et at t k juk jak jek uk "
    "unk jatok itek otok om em am od ed ja i ik ok ek ak ni va ve ott ett tt nank nenk nam nem na ne ja je janak jenek "
    "a e lak lek sz tuk tek tak tam tem tad ted"
).split()
_INNER = "asa ese asat eset as es asok esek ok ek ak ott ett hato heto tato teto hat het tat tet ja a e".split()
_OUTER.sort(key=len, reverse=True)
_INNER.sort(key=len, reverse=True)


def _stem(word: str) -> str:
    """Without endings, at least four letters: "rogzitesre" and "rogzitjuk" become "rogzit"."""
    for endings, least in ((_OUTER, 4), (_INNER, 4)):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word[: -len(ending)]
                break
    return word


_SOUNDS = (
    (r"dzs|zs|cs|s(?!z)", "C"), (r"sz|z", "s"), (r"dz|tsz|tz|c", "c"), (r"gy|ty", "T"), (r"ny", "n"), (r"ly", "j"),
    (r"b", "p"), (r"d", "t"), (r"g", "k"), (r"v|w", "f"), (r"q", "k"), (r"x", "ks"), (r"h(?![aeiou])", ""),
    (r"[aeiouy]+", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_SOUND_STEPS = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)


def _sound(word: str) -> str:
    # The letters s and sz stand for different sounds, so the capital keeps "sz" safe while s is read.
    word = word.replace("ssz", "sz").replace("sz", "Z")
    for pattern, sound in _SOUND_STEPS:
        word = pattern.sub(sound, word)
    return re.sub(r"(.)\1+", r"\1", word.replace("Z", "s"))


_SMALL = {
    "nulla": 0, "egy": 1, "ketto": 2, "ket": 2, "harom": 3, "negy": 4, "ot": 5, "hat": 6, "het": 7, "nyolc": 8,
    "kilenc": 9, "tiz": 10, "tizen": 10, "husz": 20, "huszon": 20, "harminc": 30, "negyven": 40, "otven": 50,
    "hatvan": 60, "hetven": 70, "nyolcvan": 80, "kilencven": 90,
}  # fmt: skip
_SCALES = {"szaz": 100, "ezer": 1000, "millio": 1_000_000}
_PARTS = tuple(sorted({**_SMALL, **_SCALES}, key=len, reverse=True))


def _number(word: str) -> int | None:
    """The value of a number in words, also one written together ("ketezerotszaz")."""
    total, group, rest = 0, 0, word.replace("-", "")
    if not rest:
        return None
    while rest:
        part = next((part for part in _PARTS if rest.startswith(part)), None)
        if part is None:
            return None
        rest = rest[len(part) :]
        if part in _SMALL:
            group += _SMALL[part]
        elif part == "szaz":
            group = max(group, 1) * 100
        else:
            total, group = total + max(group, 1) * _SCALES[part], 0
    return total + group


_PIECES = {
    "nincs": "nem van", "nincsen": "nem van", "nincsenek": "nem van", "sincs": "nem van", "sincsen": "nem van",
    "nemcsak": "nem csak", "oke": "rendben", "okes": "rendben", "koszi": "koszonom", "koszonjuk": "koszonjuk",
}  # fmt: skip


def _split(word: str) -> tuple[str, ...]:
    if word in _PIECES:
        return tuple(_PIECES[word].split())
    counted = _COUNTED.fullmatch(word)
    if counted and _number(counted[1]) is not None:
        return (counted[1], counted[2])
    before = word.removesuffix("nem")
    if before != word and before in _JOINS_NO:
        return (before, "nem")
    if word.endswith("-e") and len(word) > 3:
        return (word[:-2], "vajon")
    return tuple(piece for piece in word.split("-") if piece)


# Little words that a recogniser writes together with the "nem" behind them.
_JOINS_NO = word_set("ez ezt az azt de es hogy en on onok mi igy ugy itt mar meg most is ehhez ahhoz")

# Numbers are written, and heard, together with what they count: "ötezerforint".
_COUNTED = re.compile(r"(\w{3,}?)(forint\w*|euro\w*|szazalek\w*|napos\w*|napon|honap\w*|percen?|eves)")

_STATING = ("juk", "unk", "om", "em", "ok", "ek", "kerul", "lesz", "fogjuk", "ott", "ett", "heto", "hato", "mentes")

_NOT_STATING = ("hetek", "hatok", "nek", "nak")
_STATES = word_set("szeretnek szeretnem kell")


def _addresses(words: tuple[str, ...]) -> bool:
    """No verb that states: "segíthetek" and "elfogadja" ask, "rögzítjük", "szeretnék" and "kell" state."""
    return not any(
        w in _STATES or (w.endswith(_STATING) and len(w) > 4 and w != "kerem" and not w.endswith(_NOT_STATING))
        for w in words
    )


# Whose act an ending tells, and how: done, not yet done, or only supposed. A "-t" may be no verb's.
_ACTS = {
    (1, "done"): "ottam ettem ottuk ettuk ottunk ettunk",
    (2, "done"): "ottad etted ottal ettel",
    (3, "done"): "otta ette ta te ott ett ottak ettek tak tek",
    (1, "does"): "om em ok ek juk uk unk nek hatom hetem hatok hetek hatjuk hetjuk hatunk hetunk",
    (2, "does"): "od ed",
    (3, "does"): "ja je i ik jak jek nak anak enek janak jenek jon jen nie nia na ne "
                 "hatja heti hat het hatjak hetik hatnak hetnek",
    (1, "supposed"): "nam nem nom nank nenk jam jem sam sem",
    (0, "done"): "t",
}  # fmt: skip
_ACT_OF = {ending: act for act, endings in _ACTS.items() for ending in endings.split()}
_LONGEST_ENDING = max(map(len, _ACT_OF))


def _verb(form: str) -> Verb:
    """By its ending, before which a stem of three letters is left; its prefix may stand elsewhere."""
    stem, act = form, (0, "does")
    for length in range(min(_LONGEST_ENDING, len(form) - 3), 0, -1):
        if form[-length:] in _ACT_OF:
            stem, act = form[:-length], _ACT_OF[form[-length:]]
            break
    prefix = next((p for p in _PREFIXES if stem.startswith(p) and len(stem) - len(p) > 2), "")
    return Verb(stem.removeprefix(prefix), *act)


HUNGARIAN = Language(
    code="hu",
    fold=fold_accents,
    split=_split,
    stem=_stem,
    sound=_sound,
    number=_number,
    verb=_verb,
    fillers=word_set("oo ooo o hu hm hmm mm izé ize ja aha na ee eee ehm"),
    function_words=word_set(
        "a az egy ez ezt azt ezek azok es s de vagy hogy ha is csak mar meg most majd itt ott en te o mi ti ok on "
        "onok onnek onoket ont nekem neki nekunk minket engem van volt lesz lenne legyen kerul kerulnek fog fogja "
        "fogjuk kell lehet tud tudja nem ne se sem igen hat akkor mint igy ugy ami aki amely hogyan kerem szepen "
        "tessek rendben jo nagyon kulon el ki be le fel ra at hozza vissza ehhez ahhoz errol arrol ebben abban "
        "ezzel azzal erte ezert azert"
    ),
    negations=word_set(
        "nem ne se sem soha sose sosem nelkul dehogy tilos senki semmi semmilyen"
    ),
    concord=word_set("soha sose sosem se sem senki semmi semmilyen"),
    governing=frozenset({"nelkul"}),
    governing_side=-1,
    refusing=word_set(
        "elutasitom elutasitja visszautasitom visszautasitja megtagadom megtagadja tiltakozom ellenzem visszavonom "
        "elzarkozom ellenzi tiltakozik aligha kizart ketlem tagadom tiltom megtiltom bajosan"
    ),
    common=word_set(
        "szeretnem szeretne szeretnek akarom akarok kerem tudok tudom fog fogom nap napon honap havonta ev ido ma "
        "mindig onnek neki jelenleg most majd egyszer mondom mondani van lenne"
    ),
    addresses=_addresses,
    polite=word_set("vajon kerem szives szivesked megadna megmondana elmondana mondana megismetelne ismertetne"),
    turned_cost=0.05,
    answers=frozenset({"nem"}),
    agreeing=word_set("igen rendben persze termeszetesen jo"),
    harmless=tuple(
        tuple(words.split())
        for words in (
            "nem baj", "nem gond", "nem problema", "nem csak", "nem banja", "nem art", "nem vitas", "nem ketseges",
            "nem felejtse", "ne felejtse", "ne aggodjon", "nem tart sokaig", "miert ne", "miert nem", "ne haragudjon",
            "nem haragszik", "nem zavarom", "nem zavar", "nem rossz", "vagy nem", "ha nem",
        )
    ),
    kin=tuple(
        word_set(words)
        for words in (
            "a az egy ez ezt azt ezek", "es s meg", "kell lehet", "on onok onnek onoket", "van volt lesz lenne legyen",
            "engem minket",
        )
    ),
    breaks=word_set("de mert viszont azonban ugyanis hiszen ezert igen kulonben pedig"),
    light=word_set(
        "szeretnem szeretnek akarom akarok kivanom kivanok tudom tudok fogom fogok hiszem gondolom allok vagyok "
        "tudjuk tudja tudunk szeretnenk akarjuk akarja akarunk fogjuk fogunk kivanjuk vallaljuk "
        "mondhatom mondhatjuk allithatom allithatjuk igerhetem igerhetjuk igerem mondtuk igertem igaz"
        "all ertek egyet szeretne akarja kivan lehet kell azt mondom mondtam adom adok engedem biztos egyaltalan"
    ),
    reach_before=5,
    reach_after=3,
    alternative=frozenset({"vagy"}),
    wondering=frozenset({"vajon"}),
    supposing=word_set(
        "ha hacsak hogyha amennyiben felteve mielott miutan amikor amint mihelyt amig ameddig mintha"
    ),
    complementizers=frozenset({"hogy"}),
    averting=pair_set("ahelyett hogy, eszem agaban"),
    reporting=word_set(
        "mondta mondtak mondjak mondja mondtad kerdezte kerdeztek kerdezi allitotta allitja allitjak allitottak igerte "
        "igertek kerte kertek akarta akartak irta irtak olvasta olvastak hallotta hallottak hallani "
        "emlitette emlitettek hallottam hallottuk olvastam gondoltam hittem erdeklodott"
    ),
    conforming=word_set("ahogy mint ahogyan amint"),
    guessing=word_set("talan esetleg valoszinuleg allitolag tan"),
    denies_verbs=True,
    asking=word_set(
        "mit miert hogyan mikor hol kinek melyik mennyi mihez mivel mire mirol kihez hova miben mibol milyen "
        "mekkora hany meddig mettol merre honnan kit kivel kinel kitol kirol minek"
    ),
    consequences=frozenset({("mi", "tortenik"), ("mi", "lesz"), ("akkor", "mi"), ("mit", "jelent")}),
    needing=word_set("szukseges muszaj kotelezo koteles kell kellene"),
    slipping=frozenset({"nem"}),
    reasons=word_set("miert minek"),
    obliging=word_set("kell kellene kene muszaj koteles kotelezo szukseges kenytelen"),
    articles=word_set("a az"),
    infinitive="ni",
    opposing_endings=("tlan", "tlen"),
    prefixes=_PREFIXES,
    near_negations=word_set("nen nam nim num mem nemm nom em nehm nehem lem"),
    symbols={"%": "szazalek", "€": "euro", "$": "dollar"},
)  # fmt: skip
