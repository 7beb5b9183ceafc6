"""Whether a wording that was found is affirmed, denied, or only asked about: the negation guard."""

from collections.abc import Sequence
from enum import IntEnum

from rapidfuzz import fuzz

from voiceops.analysis.align import Alignment
from voiceops.analysis.languages import Language
from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.wording import Wording


# So many words that belong to nothing may stand between a negation and what it denies; then it is a doubt.
FOREIGN_WORDS = 2
SURE_WORD = 0.9
# A question opens at most so many words before what it asks about.
NEAR_OPENING = 3


class Stance(IntEnum):
    """How the speaker stands to the words.

    DOUBTFUL: something there may be a damaged negation. OPPOSED: the wording denies, the speaker did not.
    """

    AFFIRMED = 0
    DOUBTFUL = 1
    DENIED = 2
    ASKED = 3
    OPPOSED = 4


def stance_of(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> Stance:
    """The stance of the words at `found`; `tokens` is the speaker's whole run."""
    denials = _denials(found, tokens, language) or _joined_denials(wording, found, tokens, language)
    if wording.denies:
        if _denies_more(wording, found, tokens, language):
            return Stance.DENIED
        around = tokens[max(0, found.first - 2) : found.last + 3]
        inside = any(token.kind is Kind.NEGATION for token in around)
        return Stance.AFFIRMED if inside or denials else _without_denial(wording, found, tokens, language)
    if denials:
        return Stance.DENIED
    if not wording.asks and (_is_asked(found, tokens, language) or _is_turned(wording, found, tokens, language)):
        return Stance.ASKED
    return Stance.DOUBTFUL if _maybe_denied(wording, found, tokens, language) else Stance.AFFIRMED


def _denies_more(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """One denial more than the wording has ("not without risk"); those that only go along with another do not count."""
    own = sum(form not in language.concord for form in wording.denial_forms)
    after = found.last + 1
    span = range(found.first, found.last + 1)
    if after < len(tokens) and tokens[found.last].border is Break.NONE and language.denies_at_end:
        span = range(found.first, after + 1)
    heard = {at for at in span if tokens[at].kind is Kind.NEGATION and tokens[at].form not in language.concord}
    before = found.first - 1
    if before >= 0 and tokens[before].border is Break.NONE and _is_live(tokens, before, language):
        opens = before == 0 or tokens[before - 1].border > Break.NONE
        is_answer = opens and tokens[before].form in language.answers
        if not is_answer and tokens[before].form not in language.concord | language.refusing:
            heard.add(before)
    return own > 0 and len(heard) > own


def _without_denial(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> Stance:
    """A wording that denies was heard without its negation: lost on the way, or was the opposite said?"""
    used = {token for _, token, _ in found.pairs}
    around = range(max(0, found.first - 2), min(len(tokens), found.last + 3))
    if any(at not in used and _looks_denying(tokens[at].form, language, inside=True) for at in around):
        return Stance.DOUBTFUL
    if len(wording.denials) > 1:
        return Stance.OPPOSED
    place = next((token for part, token, _ in found.pairs if part == wording.denials[0]), None)
    instead = place is not None and place > 0 and place - 1 not in used and tokens[place - 1].border is Break.NONE
    return Stance.OPPOSED if instead else Stance.DOUBTFUL


def begins_with_no(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a turn that begins at `at` answers with a no."""
    head = tokens[at : at + 3]
    return any(
        token.kind is Kind.NEGATION and _is_live(tokens, at + step, language)
        for step, token in enumerate(head)
        if step == 0 or all(before.kind is Kind.FUNCTION for before in head[:step])
    )


def _denials(found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    """Indexes of the negations whose reach covers the wording."""
    used = {token for _, token, _ in found.pairs}
    around = range(max(0, found.first - 2), min(len(tokens), found.last + 3))
    inside = [at for at in range(found.first, found.last + 1) if at not in used and _is_live(tokens, at, language)]
    inside += [at for at in around if tokens[at].form in language.governing and _governed(tokens, at, language) in used]
    before, foreign = _reach_back(found, tokens, language)
    return inside + (before if not foreign else []) + _reach_on(found, tokens, language)


def _governed(tokens: Sequence[Token], at: int, language: Language) -> int:
    """The one word that "without" takes away: the next of meaning, or the one before where it follows its noun."""
    step = language.governing_side
    place = at + step
    while 0 <= place < len(tokens) and tokens[place].kind is Kind.FUNCTION:
        place += step
    return place


def _joined_denials(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    """Words found only because a negation was written together with them ("noobligation", "nemjárulok")."""
    joined = []
    for part, token, _ in found.pairs:
        wanted, form = wording.parts[part].form, tokens[token].form
        for denial in language.negations:
            rest = form[len(denial) :]
            if (
                form.startswith(denial)
                and len(rest) >= 4
                and fuzz.ratio(rest, wanted) > max(75, fuzz.ratio(form, wanted))
            ):
                joined.append(token)
    return joined


def _is_live(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """A negation that is not part of a phrase that denies nothing ("no problem", "not only")."""
    if tokens[at].kind is not Kind.NEGATION:
        return tokens[at].form in language.refusing
    if tokens[at].form in language.governing:
        return False
    for phrase in language.harmless:
        for start in range(max(0, at - len(phrase) + 1), at + 1):
            if tuple(token.form for token in tokens[start : start + len(phrase)]) == phrase:
                return False
    return True


def _reach_back(found: Alignment, tokens: Sequence[Token], language: Language) -> tuple[list[int], int]:
    """The negation before the wording whose reach covers it, and how many foreign words stand between."""
    foreign = 0
    for step in range(1, language.reach_before + 1):
        at = found.first - step
        if at < 0 or tokens[at].border > Break.NONE or tokens[at].form in language.breaks:
            break
        if _is_live(tokens, at, language) and not _is_answer(tokens, at, found, language):
            return [at], foreign
        foreign += tokens[at].kind is Kind.CONTENT and tokens[at].form not in language.light
        if foreign > FOREIGN_WORDS:
            break
    return [], 0


def _is_answer(tokens: Sequence[Token], at: int, found: Alignment, language: Language) -> bool:
    """A "no" that opens its clause and is followed by a clause of its own answers something else."""
    if tokens[at].form not in language.answers or language.code != "en":
        return False
    following = tokens[at + 1].form if at + 1 <= found.last else ""
    return following in {"this", "that", "the", "i", "we", "you", "it", "your", "our", "my", "he", "she", "they", "all"}


def _reach_on(found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    """A negation behind the wording that still denies it: "... that I do not", "... nem szeretnék"."""
    if tokens[found.last].border >= Break.COMMA:
        return []
    for step in range(1, language.reach_after + 1):
        at = found.last + step
        if at >= len(tokens) or tokens[at].form in language.breaks | language.number_links:
            return []
        if _is_live(tokens, at, language):
            return [at] if _ends_clause(tokens, at, language) else []
        is_foreign = tokens[at].kind is Kind.CONTENT and tokens[at].form not in language.light
        if tokens[at].border >= Break.COMMA or is_foreign:
            return []
    return []


def _ends_clause(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether nothing but light words follows the negation, so that it speaks of what went before."""
    if tokens[at].form in language.answers and language.code == "en":
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or tokens[at].border >= Break.COMMA or tokens[at].form in language.refusing:
        return True
    return (
        following.form in language.light
        or (following.kind is Kind.FUNCTION and following.border >= Break.COMMA)
        or (following.kind is Kind.FUNCTION and at + 2 >= len(tokens))
        or (following.kind is Kind.FUNCTION and language.code == "fa")
    )


def _clause_start(found: Alignment, tokens: Sequence[Token]) -> int:
    at = found.first
    while at > 0 and tokens[at - 1].border is Break.NONE and found.first - at < 8:
        at -= 1
    return at


def _is_asked(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Only asked or supposed: "is this call recorded?", "if this call is recorded"."""
    start = _clause_start(found, tokens)
    lead = [token.form for token in tokens[max(start, found.first - 3) : found.first]]
    if any(form in language.supposing for form in lead) and any(part == 0 for part, _, _ in found.pairs):
        return True
    end = found.last
    while end + 1 < len(tokens) and tokens[end].border is Break.NONE and end - found.last < 5:
        end += 1
    questioned = tokens[end].border is Break.QUESTION
    opening = tokens[start].form
    inverted = opening in language.inverted and start <= found.first
    if start + 1 < len(tokens) and found.first - start <= NEAR_OPENING and _is_inverted(tokens, start, language):
        return True
    if found.first and tokens[found.first - 1].form in language.asking and not language.inverted:
        return True
    return questioned and (inverted or opening in language.asking or not language.inverted)


def _is_inverted(tokens: Sequence[Token], start: int, language: Language) -> bool:
    """ "do you ...", "what would I ...": an auxiliary before its subject opens the clause."""
    if tokens[start].form in language.asking and tokens[start + 1].form in language.inverted:
        return True
    return tokens[start].form in language.inverted and tokens[start + 1].form in language.subjects


def _is_turned(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """An auxiliary stands before the wording, and the wording's own is missing: "is this call recorded"."""
    if tokens[found.first].form in language.inverted and wording.parts[0].form not in language.inverted:
        return any(part == 0 for part, _, _ in found.pairs)
    opening = tokens[found.first - 1] if found.first else None
    if opening is None or opening.form not in language.inverted or opening.border is not Break.NONE:
        return False
    own = {at for at, part in enumerate(wording.parts) if part.form in language.inverted}
    return bool(own) and not own & {part for part, _, _ in found.pairs}


def _maybe_denied(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Signs that a negation was there and was lost or damaged on the way."""
    used = {
        token for part, token, _ in found.pairs if wording.parts[part].number >= 0 or tokens[token].kind is Kind.NUMBER
    }
    if _damaged_within(wording, found, tokens, language):
        return True
    for at in range(max(0, found.first - 1), found.last + 1):
        if at not in used and not _border_between(tokens, at, found.first):
            if _looks_denying(tokens[at].form, language, inside=at > found.first):
                return True
    if _stressed(found, tokens, used, language):
        return True
    if _reach_back(found, tokens, language)[0] or _damaged_before(found, tokens, language):
        return True
    return _prefix_behind(wording, found, tokens, language) or _verb_unheard(wording, found, tokens, language)


def _damaged_within(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A word taken for one of the wording's that is rather its denial ("ouldnt" for "would", "ندارحد" for "دارید")."""
    for part, token, similarity in found.pairs:
        wanted, heard = wording.parts[part].form, tokens[token].form
        if heard == wanted or wording.parts[part].number < 0:
            continue
        prefix = language.negating_prefix
        if prefix and heard.startswith(prefix) and not wanted.startswith(prefix):
            return True
        if similarity < SURE_WORD and any(
            fuzz.ratio(heard, form) > fuzz.ratio(heard, wanted) for form in language.denying_forms
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


def _border_between_on(tokens: Sequence[Token], at: int, last: int) -> bool:
    return at > last and tokens[last].border > Break.NONE


def _stressed(found: Alignment, tokens: Sequence[Token], used: set[int], language: Language) -> bool:
    """ "I do agree" is what "I do not agree" becomes when its "not" is lost; a "yes" before it settles the matter."""
    for at in range(max(1, found.first - 1), found.last):
        follows_subject = tokens[at - 1].kind is Kind.FUNCTION and tokens[at - 1].form not in language.inverted
        if at not in used and tokens[at].form in language.emphatic and follows_subject:
            return not any(token.form in language.agreeing for token in tokens[max(0, at - 4) : at])
    return False


def _verb_unheard(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """The ending that makes a word a statement was not heard, nor a verb in its stead ("موافق" for "موافقم")."""
    part, token, _ = found.pairs[-1]
    for ending, verbs in language.affirming.items():
        if wording.parts[part].form == tokens[token].form + ending:
            following = tokens[token + 1].form if token + 1 < len(tokens) else ""
            return following not in verbs
    return False


def _damaged_before(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A damaged negation a few light words before the wording ("em szeretnék hozzájárulni")."""
    for at in range(found.first - 1, max(-1, found.first - 4), -1):
        if tokens[at].border > Break.NONE:
            return False
        if tokens[at].form in language.near_negations:
            return True
        if tokens[at].kind is Kind.CONTENT and tokens[at].form not in language.light:
            return False
    return False


def _looks_denying(form: str, language: Language, *, inside: bool) -> bool:
    """Whether a word may be a damaged negation; common words only where they stand within the wording."""
    if form in language.negations:
        return False  # whether it denies this has been looked at already
    if form in language.near_negations or (inside and form in language.near_negations_inside):
        return True
    if form in language.function_words or len(form) < 3 or form in language.near_negations_inside:
        return False
    if any(fuzz.ratio(form, word) >= 75 for word in language.denying_forms):
        return form not in language.common and form not in language.light
    return any(
        len(word) >= 3 and (fuzz.ratio(form, word) >= 75 or (form.startswith(word) and len(form) > len(word) + 2))
        for word in language.negations
    )


def _border_between(tokens: Sequence[Token], at: int, first: int) -> bool:
    return at < first and tokens[at].border > Break.NONE


def _prefix_behind(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A Hungarian verb whose prefix follows it was most likely denied: "járulok hozzá" wants its "nem"."""
    for part, token, _ in found.pairs:
        form = wording.parts[part].form
        prefix = next((p for p in language.prefixes if form.startswith(p) and len(form) - len(p) >= 4), None)
        if prefix and not tokens[token].form.startswith(prefix[:3]):
            following = [t.form for t in tokens[token + 1 : token + 3]]
            if prefix in following:
                return True
    return False
