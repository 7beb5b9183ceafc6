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

_TITLES = "úr asszony hölgy doktor dr úrral asszonnyal hölggyel úrnak asszonynak urat asszonyt ifj id özv mérnök"

NAMES = NameWords(
    caller=(
        NameCue(pattern(r"(?:az? )?(?:én )?(?:teljes )?nevem(?: az?)?"), 0.95),
        NameCue(pattern(r"itt(?: az?| csak)?"), 0.92, then=pattern(r"(?:beszél\w*|vagyok|telefonál\w*)")),
        NameCue(pattern(r"(?:beszél|beszélek)(?: itt)?", r"vagyok(?: itt)?", r"(?:a )?nevem"), 0.9, name_precedes=True),
        NameCue(
            pattern(r"(?:hívom|hívnám|telefonálok|hagyok üzenetet|telefonálok)(?: önöket| önt)?"),
            0.82,
            name_precedes=True,
        ),
        NameCue(pattern(r"itt(?: az?| csak)?"), 0.82),
        NameCue(pattern(r"én vagyok(?: itt)?(?: az)"), 0.82),
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
            pattern(
                r"(?:hívjon|hívna|telefonáljon)(?: engem)? (?:vissza|fel)",
                r"(?:visszahívna|felhívna)(?: "
                r"engem)?",
            ),
            0.8,
        ),
    ),
    company=(
        NameCue(pattern(r"(?:vagyok |beszél |beszélek |telefonálok |hívom |önöket |itt )*(?:az?)"), 0.8),
        NameCue(pattern(r"(?:telefonálok|hívom önöket|hívom) (?:az?)"), 0.8),
        NameCue(pattern(r"az?"), 0.8, then=pattern(r"(?:től |tól )?(?:telefonálok|hívom|vagyok|keresem|beszélek)")),
    ),
    stop=NOT_A_NAME,
    titles=words(_TITLES),
    never=words("jo hello halo szia udvozlom koszonom kerem"),
    given=GIVEN | {f"{name}ne" for name in GIVEN},  # "Jánosné": the wife of János
    verb=pattern(r"\w+(?:[^d][áa]m|[eoö]m|unk|ünk|tek|tok)"),
    given_last=True,
    leading_titles=words("dr doktor ifj id özv"),
    others=words("és"),
    letters=words("sz cs gy ny ly ty zs dz dzs"),
    company_end=pattern(r"(?:től|tól|képviseletében|nevében|részéről)"),
    company_endings=("tol", "arol", "erol", "orol"),
    company_bare=without_from_ending,
)
