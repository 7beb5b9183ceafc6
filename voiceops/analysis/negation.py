"""Whether a wording that was found is affirmed, denied, or only asked about: the negation guard."""

from collections.abc import Sequence
from enum import IntEnum

from rapidfuzz import fuzz

from voiceops.analysis.align import Alignment
from voiceops.analysis.languages import Language
from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.wording import Wording


class Stance(IntEnum):
    """How the speaker stands to the words. DOUBTFUL: something there may be a damaged negation."""

    AFFIRMED = 0
    DOUBTFUL = 1
    DENIED = 2
    ASKED = 3


def stance_of(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> Stance:
    """The stance of the words at `found`; `tokens` is the speaker's whole run."""
    denials = _denials(found, tokens, language) or _joined_denials(wording, found, tokens, language)
    if wording.denies:
        inside = any(
            _is_live(tokens, at, language) for at in range(max(0, found.first - 2), min(len(tokens), found.last + 3))
        )
        return Stance.AFFIRMED if inside or denials else Stance.DOUBTFUL
    if denials:
        return Stance.DENIED
    if not wording.asks and _is_asked(found, tokens, language):
        return Stance.ASKED
    return Stance.DOUBTFUL if _maybe_denied(wording, found, tokens, language) else Stance.AFFIRMED


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
    inside = [at for at in range(found.first, found.last + 1) if at not in used and _is_live(tokens, at, language)]
    before = _reach_back(found, tokens, language)
    after = _reach_on(found, tokens, language)
    return inside + before + after


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
    for phrase in language.harmless:
        for start in range(max(0, at - len(phrase) + 1), at + 1):
            if tuple(token.form for token in tokens[start : start + len(phrase)]) == phrase:
                return False
    return True


def _reach_back(found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    foreign = 0
    for step in range(1, language.reach_before + 1):
        at = found.first - step
        if at < 0 or tokens[at].border >= Break.STOP:
            return []
        if tokens[at].border is Break.COMMA or tokens[at].form in language.breaks:
            return []
        if _is_live(tokens, at, language) and not _is_answer(tokens, at, found, language):
            return [at]
        foreign += tokens[at].kind is Kind.CONTENT and tokens[at].form not in language.light
        if foreign > 1:
            return []
    return []


def _is_answer(tokens: Sequence[Token], at: int, found: Alignment, language: Language) -> bool:
    """A "no" that opens its clause and is followed by a clause of its own answers something else."""
    if tokens[at].form not in language.answers or language.code != "en":
        return False
    following = tokens[at + 1].form if at + 1 <= found.last else ""
    return following in {"this", "that", "the", "i", "we", "you", "it", "your", "our", "my", "he", "she", "they", "all"}


def _reach_on(found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    if tokens[found.last].border >= Break.COMMA:
        return []
    for step in range(1, language.reach_after + 1):
        at = found.last + step
        if at >= len(tokens) or tokens[at].form in language.breaks | language.number_links:
            return []
        if _is_live(tokens, at, language):
            return [at]
        if tokens[at].border >= Break.COMMA or (
            tokens[at].kind is Kind.CONTENT and tokens[at].form not in language.light
        ):
            return []
    return []


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
    return questioned and (inverted or opening in language.asking or not language.inverted)


def _maybe_denied(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Signs that a negation was there and was lost or damaged on the way."""
    used = {token for _, token, _ in found.pairs}
    for at in range(max(0, found.first - 1), found.last + 1):
        if at not in used and not _border_between(tokens, at, found.first):
            if _looks_denying(tokens[at].form, language, inside=at > found.first):
                return True
    return _prefix_behind(wording, found, tokens, language)


def _looks_denying(form: str, language: Language, *, inside: bool) -> bool:
    """Whether a word may be a damaged negation; common words only where they stand within the wording."""
    if form in language.near_negations or (inside and form in language.near_negations_inside):
        return True
    if form in language.function_words or len(form) < 3 or form in language.near_negations_inside:
        return False
    return any(len(word) >= 3 and fuzz.ratio(form, word) >= 75 for word in language.negations)


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
