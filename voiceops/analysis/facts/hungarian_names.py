"""Hungarian: the wording around names of callers, colleagues and companies."""

from voiceops.analysis.facts.hungarian_given import GIVEN
from voiceops.analysis.facts.hungarian_words import (
    NOT_A_NAME,
    without_dative_ending,
    without_from_ending,
    without_object_ending,
    without_with_ending,
)
from voiceops.analysis.facts.language import NameCue, NameWords, pattern, words

_TITLES = (
    "úr asszony hölgy doktor dr úrral asszonnyal hölggyel úrnak asszonynak urat asszonyt ifj id özv mérnök doktornő "
    "tanár tanárnő tanító néni bácsi nénit bácsit néninek bácsinak nénivel bácsival doktornőt doktornőnek "
    "doktornővel "
    "tanárnőt tanárnőnek tanárnővel kapitány főnővér nővér professzor igazgató igazgatónő"
)
# Somebody else's part in a firm, or the caller's: "… Kft. munkatársa".
_ROLE = (
    r"(?:munkatárs|tulajdonos|vezető|igazgató|képviselő|alkalmazott|portás|titkár|osztályfőnök|gondnok|"
    r"szerelő|sofőr|ügyintéző|asszisztens|recepciós|üzletvezető|titkárnő|elnök)\w*"
)
_BEHALF = r"(?:képviseletében|nevében|részéről|megbízásából)"
# Where somebody is asked to call: the third person, and politely the caller's own wish.
_CALLS = r"(?:(?:vissza|fel)?hív(?:na|jon|hatna|ni)|(?:vissza)?telefonál(?:na|jon|ni)|keres(?:sen|ne)|csörögjön)"

NAMES = NameWords(
    caller=(
        NameCue(pattern(r"(?:az? )?(?:én )?(?:teljes |kereszt)?nevem(?: az?)?"), 0.95),
        NameCue(pattern(r"itt(?: az?| csak)?"), 0.92, then=pattern(r"(?:beszél\w*|vagyok|telefonál\w*)")),
        NameCue(
            pattern(r"(?:beszél|beszélek)(?: itt)?", r"vagyok(?: itt)?", r"(?:az? )?(?:kereszt)?nevem"),
            0.9,
            name_precedes=True,
        ),
        NameCue(
            pattern(r"(?:hívom|hívnám|telefonálok|hagyok üzenetet|telefonálok)(?: önöket| önt)?"),
            0.82,
            name_precedes=True,
        ),
        NameCue(pattern(r"itt(?: az?| csak)?"), 0.8),
        NameCue(pattern(r"voltam"), 0.85, name_precedes=True, usual=True),
        NameCue(
            pattern(r"vagyok(?: itt)?(?: az)?", r"(?:keresi|kereste|hívja|hívta)(?: önöket| önt)?"), 0.8, usual=True
        ),
        NameCue(pattern(r"engem"), 0.85, then=pattern(r"hívnak"), bare=without_dative_ending, inflected=True),
        NameCue(pattern(r"hívnak"), 0.82, name_precedes=True, bare=without_dative_ending, inflected=True),
    ),
    asked_for=(
        NameCue(
            pattern(
                r"(?:szeretnék|szeretnénk|szerettem volna|kellene|tudnék|tudok|lehetne|akartam|akarok)(?: \w+)? "
                r"(?:beszélni|egyeztetni)",
                r"(?:beszélnék|beszélhetnék|egyeztetnék)",
            ),
            0.9,
            name_precedes=True,
            bare=without_with_ending,
            inflected=True,
        ),
        NameCue(
            pattern(r"(?:szeretnék|szeretnénk|szerettem volna)(?: beszélni)?"),
            0.85,
            then=pattern(r"(?:beszélni|egyeztetni)"),
            bare=without_with_ending,
            inflected=True,
        ),
        NameCue(
            pattern(r"(?:beszélni|egyeztetni)(?: szeretnék| szeretnénk)?"),
            0.8,
            bare=without_with_ending,
            inflected=True,
        ),
        NameCue(
            pattern(r"(?:keresem|keresném|keresek|kérem szépen|kérném)(?: meg| szépen)*"),
            0.82,
            name_precedes=True,
            bare=without_object_ending,
            inflected=True,
        ),
        NameCue(
            pattern(r"(?:meg)?(?:kérem|kérném|kérlek)(?: szépen)?"),
            0.82,
            then=pattern(r"(?:hogy|hívjon|hívja)"),
            bare=without_object_ending,
            inflected=True,
        ),
        NameCue(
            pattern(
                r"(?:az )?(?:üzenem|üzenet|üzenetem)",
                r"(?:(?:mondj[aá]k?|szólj(?:on|anak)|adj[aá]k?|üzenem)(?: meg| át)?)(?: kérem| légy szíves"
                r"| legyenek? szívese?k?)*",
            ),
            0.85,
            bare=without_dative_ending,
            inflected=True,
        ),
        NameCue(
            pattern(
                r"(?:üzenem|üzenek|(?:szeretnék |szeretnénk )?(?:hagyok |hagyni )?(?:egy )?üzenetet|szól(?: az"
                r"| ez)?(?: üzenet)?)"
            ),
            0.8,
            name_precedes=True,
            bare=without_dative_ending,
            inflected=True,
            usual=True,
        ),
        NameCue(pattern(rf"(?:ha|hogy)(?: az?)?(?= (?:[^\s]+ ){{1,12}}{_CALLS})"), 0.82, usual=True),
        NameCue(
            pattern(r"legyen(?: olyan)? (?:szíves|kedves)", rf"{_CALLS}(?: minket| engem| vissza| fel| meg)*"),
            0.8,
            name_precedes=True,
            usual=True,
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
            pattern(
                r"(?:hívjon|hívna|telefonáljon)(?: engem)? (?:vissza|fel)",
                r"(?:visszahívna|felhívna)(?: "
                r"engem)?",
            ),
            0.8,
            usual=True,
        ),
    ),
    company=(
        NameCue(pattern(r"(?:vagyok |beszél |beszélek |telefonálok |hívom |önöket |itt )*(?:az?)"), 0.8),
        NameCue(pattern(r"(?:telefonálok|hívom önöket|hívom) (?:az?)"), 0.8),
        NameCue(pattern(r"az?"), 0.8, then=pattern(_BEHALF, rf"(?:\w+ )?{_ROLE} vagyok", "vagyunk")),
        NameCue(pattern(r"az?"), 0.8, then=pattern(r"(?:től |tól )?(?:telefonálok|hívom|vagyok|keresem|beszélek)")),
    ),
    stop=NOT_A_NAME,
    titles=words(_TITLES),
    never=words("jo hello halo szia udvozlom koszonom kerem"),
    given=GIVEN | {f"{name}ne" for name in GIVEN},  # "Jánosné": the wife of János
    verb=pattern(
        r"\w+(?:[^d][áa]m|[eoö]m|unk|ünk|tek|tok|ja|je|juk|jük|[eo]tte|[eo]tt[uü]k|[eo]ttem|janak|jenek|[uü]k|ni)"
    ),
    given_last=True,
    leading_titles=words("dr doktor ifj id özv"),
    others=words("és"),
    kin=words(
        "anyukája apukája anyja apja édesanyja édesapja felesége férje fia lánya testvére bátyja húga öccse "
        "nővére barátja "
        "barátnője titkárnője asszisztense kollégája munkatársa könyvelője szomszédja unokája nagymamája nagypapája"
    ),
    surname=pattern(r"(?:az? )?(?:vezeték|család)nevem"),
    letters={letter: letter for letter in ("sz", "cs", "gy", "ny", "ly", "ty", "zs", "dz", "dzs")},
    company_end=pattern(r"(?:től|tól|ból|ből|vagyunk)", _BEHALF, _ROLE),
    company_endings=("tol", "arol", "erol", "orol", "bol"),
    company_words=words("kft bt zrt nyrt kkt iroda bolt pékség étterem szálló klinika gyógyszertár nyomda szerviz"),
    company_bare=without_from_ending,
)
