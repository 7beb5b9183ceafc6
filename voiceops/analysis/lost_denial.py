"""Signs that a negation was said and was lost or damaged on the way; then a person decides, never the machine."""

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from voiceops.analysis.align import Alignment
from voiceops.analysis.denial import is_live, reach_back
from voiceops.analysis.languages import Language
from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.wording import Wording

# From this similarity on a word was heard for what it is.
SURE_WORD = 0.9
# A word of three letters or more, this alike (0..100) to one that denies, may be that word.
DENYING_LETTERS = 3
DENYING_LIKENESS = 75
VERB_LETTERS = 4
# So long a negation is known by its sound alone ("nefor").
SOUNDING_LETTERS = 5
# A word that refuses is long, and taken for damaged only where most of it is left.
REFUSING_LETTERS = 5
REFUSING_LIKENESS = 82
# An emphatic "no" stands so near behind what it takes back.
EMPHASIS_ON = 2


def maybe_denied(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Signs that a negation was there and was lost or damaged on the way."""
    used = {
        token for part, token, _ in found.pairs if wording.parts[part].number >= 0 or tokens[token].kind is Kind.NUMBER
    }
    if _damaged_within(wording, found, tokens, language):
        return True
    is_whole = any(part == len(wording.parts) - 1 for part, _, _ in found.pairs)
    first = max(0, found.first - 2 + _gap_before(found, tokens, language))
    for at in range(first, min(len(tokens), found.last + (1 if is_whole else 2))):
        inside = at > found.first or (at > 0 and tokens[at - 1].form in language.inverted)
        is_free = at not in used and not _border_between(tokens, at, found.first)
        if is_free and looks_denying(tokens[at].form, language, inside=inside):
            return True
        if is_free and at + 1 < len(tokens) and tokens[at].form + tokens[at + 1].form in language.refusing:
            return True
    if reach_back(found, tokens, language)[0] or _damaged_before(found, tokens, language):
        return True
    if _denied_after_all(found, tokens, language) or wants_its_denial(found, tokens, language):
        return True
    return _prefix_behind(wording, found, tokens, language) or _verb_unheard(wording, found, tokens, language)


def _gap_before(found: Alignment, tokens: Sequence[Token], language: Language) -> int:
    """How far before the wording a negation may stand: not right before its subject ("wrote it down I would")."""
    has_subject = found.pairs[0][0] == 0 and tokens[found.first].form in language.pronouns
    return 2 if has_subject else 1


def looks_denying(form: str, language: Language, *, inside: bool) -> bool:
    """Whether a word may be a damaged negation; common words only where they stand within the wording."""
    if form in language.negations:
        return False  # whether it denies this has been looked at already
    if form in language.near_negations or (inside and form in language.near_negations_inside):
        return True
    known = language.function_words | language.near_negations_inside | language.unlike_negations
    if form in known:
        return False
    if len(form) < DENYING_LETTERS or any(_is_slip(form, no) for no in language.slipping):
        return _sounds_like_a_no(form, language)
    if _is_damaged_auxiliary(form, language) or _is_damaged_refusal(form, language):
        return True
    return any(_looks_like(form, word, language) for word in language.negations)


def _is_slip(form: str, negation: str) -> bool:
    return Levenshtein.distance(form, negation, score_cutoff=1) <= 1


def _sounds_like_a_no(form: str, language: Language) -> bool:
    """Such as "nu" for "no", "net" for "nem": too short to be known by its letters."""
    if form in language.common | language.light:
        return False
    return any(_is_slip(form, no) for no in language.slipping) or language.sound(form) in {
        language.sound(no) for no in language.negations
    }


def _looks_like(form: str, negation: str, language: Language) -> bool:
    if len(negation) < DENYING_LETTERS:
        return False
    if len(negation) >= SOUNDING_LETTERS and language.sound(form) == language.sound(negation):
        return True
    likeness = fuzz.ratio(form, negation)
    return (
        likeness > DENYING_LIKENESS
        or (likeness == DENYING_LIKENESS and len(negation) > DENYING_LETTERS)
        or (form.startswith(negation) and len(form) > len(negation) + 2)
    )


def _damaged_within(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A word taken for one of the wording's that is rather its denial ("ouldnt" for "would", "ندارحد" for "دارید")."""
    known = language.function_words | language.common | language.light
    for part, token, similarity in found.pairs:
        wanted, heard = wording.parts[part].form, tokens[token].form
        if heard == wanted or wording.parts[part].number < 0 or heard in known:
            continue
        if any(sign in heard and sign not in wanted for sign in language.negating_signs):
            return True
        prefix = language.negating_prefix
        if prefix and heard.startswith(prefix) and not wanted.startswith(prefix):
            return True
        if _lost_its_prefix(wanted, heard, language):
            return True
        if similarity < SURE_WORD and any(
            fuzz.ratio(heard, form) > max(fuzz.ratio(heard, wanted), DENYING_LIKENESS - 1)
            for form in language.denying_forms
        ):
            return True
    is_whole = any(part == len(wording.parts) - 1 for part, _, _ in found.pairs)
    after = range(found.first, min(len(tokens), found.last + (1 if is_whole else 3)))
    used = {token for _, token, _ in found.pairs}
    return bool(language.negating_prefix) and any(
        at not in used
        and tokens[at].form.startswith(language.negating_prefix)
        and tokens[at].form not in language.unlike_negations
        and not _border_between_on(tokens, at, found.last)
        for at in after
    )


def _lost_its_prefix(wanted: str, heard: str, language: Language) -> bool:
    """The first letter, which says yes or no, was not heard: "گیرید" for "بگیرید" or "نگیرید"."""
    prefix = language.positive_prefix
    is_verb = bool(prefix) and wanted.startswith(prefix) and len(wanted) > VERB_LETTERS
    return is_verb and heard[0] == wanted[1] and fuzz.ratio(heard, wanted[1:]) > fuzz.ratio(heard, wanted)


def _may_deny(form: str, language: Language) -> bool:
    return any(fuzz.ratio(form, word) >= DENYING_LIKENESS for word in language.denying_forms)


def _verb_unheard(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """The ending that makes a word a statement was not heard, nor a verb in its stead ("موافق" for "موافقم")."""
    part, token, _ = found.pairs[-1]
    for ending, verbs in language.affirming.items():
        wanted, heard = wording.parts[part].form, tokens[token].form
        if wanted in language.function_words or wanted[:2] in language.glue:
            continue
        if wanted.endswith(ending) and not heard.endswith(ending):
            following = tokens[token + 1].form if token + 1 < len(tokens) else ""
            return following not in verbs
    return False


def _damaged_before(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A damaged negation a few light words before the wording ("em szeretnék hozzájárulni")."""
    nearest = found.first - _gap_before(found, tokens, language)
    for at in range(found.first - 1, max(-1, found.first - 6), -1):
        if tokens[at].border > Break.NONE or tokens[at].closes:
            return False
        form = tokens[at].form
        behind_verb = at > 0 and tokens[at - 1].form in language.inverted and tokens[at - 1].border is Break.NONE
        if at <= nearest and looks_denying(form, language, inside=behind_verb):
            return True
        if at and tokens[at - 1].form in language.needing and _may_deny(form, language):
            return True
        if tokens[at].kind is Kind.CONTENT and form not in language.light:
            return False
    return False


def _denied_after_all(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A "no" with emphasis right behind the wording takes it back, also where it is damaged: "absolutely note"."""
    for at in range(found.last + 1, min(len(tokens) - 1, found.last + EMPHASIS_ON + 1)):
        if tokens[at - 1].border >= Break.STOP or tokens[at].border > Break.NONE:
            return False
        if tokens[at].form in language.emphatic:
            no = tokens[at + 1]
            return is_live(tokens, at + 1, language) if no.kind is Kind.NEGATION else _is_near(no.form, language)
    return False


def _is_near(form: str, language: Language) -> bool:
    return form in language.near_negations | language.near_negations_inside


def wants_its_denial(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Such as "I'd rather you did", "I'm afraid you can": nobody says so without a "not"."""
    for at in range(max(2, found.first - 1), min(len(tokens) - 1, found.last + 1)):
        lead, subject, verb = (token.form for token in tokens[at - 2 : at + 1])
        if subject in language.pronouns and (lead, verb) in language.wanting_denial:
            return tokens[at + 1].form not in language.limiting
    return False


def _is_damaged_auxiliary(form: str, language: Language) -> bool:
    """Such as "done" for "don't"; where it is a common word it says nothing."""
    known = language.function_words | language.common | language.light | language.unlike_negations
    return form not in known and any(
        fuzz.ratio(form, word) >= DENYING_LIKENESS and _may_begin(form, word, language)
        for word in language.denying_forms
    )


def _may_begin(form: str, word: str, language: Language) -> bool:
    """Whether a hearing of `word` may begin like `form`: with the same sound, or with its second letter."""
    return form[0] == word[1] or language.sound(form)[:1] == language.sound(word)[:1]


def _is_damaged_refusal(form: str, language: Language) -> bool:
    """Such as "refose" for "refuse"; what refuses for certain has been looked at already."""
    return (
        len(form) >= REFUSING_LETTERS
        and form not in language.refusing
        and any(fuzz.ratio(form, word) >= REFUSING_LIKENESS for word in language.refusing)
    )


def _prefix_behind(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A Hungarian verb whose prefix follows it was most likely denied: "járulok hozzá" wants its "nem"."""
    for part, token, _ in found.pairs:
        form = wording.parts[part].form
        prefix = next((p for p in language.prefixes if form.startswith(p) and len(form) - len(p) >= VERB_LETTERS), None)
        if prefix and not tokens[token].form.startswith(prefix[:3]):
            following = [t.form for t in tokens[token + 1 : token + 3]]
            if prefix in following:
                return True
    return False


def _border_between(tokens: Sequence[Token], at: int, first: int) -> bool:
    return at < first and (tokens[at].border > Break.NONE or tokens[at].closes)


def _border_between_on(tokens: Sequence[Token], at: int, last: int) -> bool:
    return at > last and tokens[last].border > Break.NONE
