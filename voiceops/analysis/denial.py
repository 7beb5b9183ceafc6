"""Which negations near a wording reach it: within it, before it, behind it, or written together with its words."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from rapidfuzz import fuzz

from voiceops.analysis.align import Alignment
from voiceops.analysis.languages import Language
from voiceops.analysis.normalise import Break, Kind, Token, goes_on
from voiceops.analysis.wording import Wording

# So many words that belong to nothing may stand between a negation and what it denies; then it is a doubt.
FOREIGN_WORDS = 2
# A word is two written together only where so many letters are left, and as alike to the wording's, 0..100.
LEFT_LETTERS = 4
LEFT_LIKENESS = 75


def denials(found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    """Indexes of the negations whose reach covers the wording."""
    used = {token for _, token, _ in found.pairs}
    around = range(max(0, found.first - 2), min(len(tokens), found.last + 3))
    inside = [at for at in range(found.first, found.last + 1) if at not in used and is_live(tokens, at, language, used)]
    inside += [at for at in around if tokens[at].form in language.governing and _governed(tokens, at, language) in used]
    before, foreign = reach_back(found, tokens, language)
    return inside + (before if not foreign else []) + _reach_on(found, tokens, language)


def denies_more(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """One denial more than the wording has ("not without risk"); those that only go along with another do not count."""
    uncounted = language.concord | language.governing
    own = sum(form not in uncounted for form in wording.denial_forms)
    after = found.last + 1
    span = range(found.first, found.last + 1)
    is_cut = max(part for part, _, _ in found.pairs) < max(wording.denials)
    if after < len(tokens) and tokens[found.last].border is Break.NONE and (language.denies_at_end or is_cut):
        span = range(found.first, after + 1)
    heard = {at for at in span if tokens[at].kind is Kind.NEGATION and tokens[at].form not in uncounted}
    heard.update(at for at in _all_before(wording, found, tokens, language) if tokens[at].form not in uncounted)
    return len(heard) > own + _in_its_stead(wording, found, heard, language)


def _in_its_stead(wording: Wording, found: Alignment, heard: AbstractSet[int], language: Language) -> int:
    """Denials heard just where the wording says "without": "and you don't have to give a reason"."""
    if language.governing_side < 0:
        return 0
    place = {part: token for part, token, _ in found.pairs}
    return sum(
        any(place.get(at - 1, at_ + 1) < at_ < place.get(at, at_) for at_ in heard)
        for at, form in zip(wording.denials, wording.denial_forms, strict=True)
        if form in language.governing
    )


def _all_before(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    """The nearest denial that reaches the wording, and where that may be its own, the one before it too."""
    nearest, foreign = reach_back(found, tokens, language)
    if not nearest or foreign or _opens_as_answer(tokens, nearest[0], language):
        return []
    if wording.denials[0] or nearest[0] != found.first - 1:
        return nearest
    further, foreign = reach_back(replace(found, first=nearest[0]), tokens, language)
    return nearest + [at for at in further if not foreign and not _opens_as_answer(tokens, at, language)]


def _opens_as_answer(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """A "no" that opens its clause answers something else, unless it denies the verb right behind it."""
    if tokens[at].form not in language.answers or (at and tokens[at - 1].border is Break.NONE):
        return False
    if language.denies_by_prefix:
        return not _is_within(tokens, at)
    return not language.denies_verbs or tokens[at + 1].kind is not Kind.CONTENT


def joined_denials(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    """Words found only because a negation was written together with them ("noobligation", "nemjárulok")."""
    joined = []
    for part, token, _ in found.pairs:
        wanted, form = wording.parts[part].form, tokens[token].form
        for denial in language.negations:
            rest = form[len(denial) :]
            if (
                form.startswith(denial)
                and len(rest) >= LEFT_LETTERS
                and fuzz.ratio(rest, wanted) > max(LEFT_LIKENESS, fuzz.ratio(form, wanted))
            ):
                joined.append(token)
    return joined


def is_live(tokens: Sequence[Token], at: int, language: Language, used: AbstractSet[int] = frozenset()) -> bool:
    """A negation that is not part of a phrase that denies nothing ("no problem", "not only").

    Words in `used` belong to a wording, so they make no such phrase with a "not" before them.
    """
    if tokens[at].kind is not Kind.NEGATION:
        before = tokens[at - 1].form if at else ""
        return tokens[at].form in language.refusing or (before, tokens[at].form) in language.averting
    if tokens[at].form in language.governing:
        return False
    for phrase in language.harmless:
        for start in range(max(0, at - len(phrase) + 1), at + 1):
            place = range(start, start + len(phrase))
            if tuple(token.form for token in tokens[start : place.stop]) == phrase and used.isdisjoint(place):
                return _forbids(tokens, start, language)
    return True


def _forbids(tokens: Sequence[Token], start: int, language: Language) -> bool:
    """Whether a phrase such as "not just" is part of an order, "do not just leave it": that denies all the same."""
    if not start or (tokens[start - 1].form, tokens[start].form) not in language.orders:
        return False
    return start == 1 or tokens[start - 2].border > Break.NONE or tokens[start - 2].form in language.pleading


def begins_with_no(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a turn that begins at `at` answers with a no."""
    head = tokens[at : at + 3]
    return any(
        token.kind is Kind.NEGATION and is_live(tokens, at + step, language)
        for step, token in enumerate(head)
        if step == 0 or all(before.kind is Kind.FUNCTION for before in head[:step])
    )


def _governed(tokens: Sequence[Token], at: int, language: Language) -> int:
    """The one word that "without" takes away: the next of meaning, or the one before where it follows its noun."""
    step = language.governing_side
    place = at + step
    while 0 <= place < len(tokens) and tokens[place].kind is Kind.FUNCTION:
        place += step
    return place


def reach_back(found: Alignment, tokens: Sequence[Token], language: Language) -> tuple[list[int], int]:
    """The negation before the wording whose reach covers it, and how many foreign words stand between."""
    foreign = 0
    for step in range(1, language.reach_before + 1):
        at = found.first - step
        if at < 0 or tokens[at].closes or not goes_on(tokens, at, language.complementizers):
            break
        if is_live(tokens, at, language) and not _is_answer(tokens, at, found, language):
            return ([], 0) if _denies_its_verb(tokens, at, found, language) else ([at], foreign)
        if tokens[at].form in language.breaks:
            break
        foreign += tokens[at].kind is Kind.CONTENT and tokens[at].form not in language.light | language.needing
        if foreign > FOREIGN_WORDS:
            break
    return [], 0


def _is_within(tokens: Sequence[Token], at: int) -> bool:
    """Whether a negation is a part of the word that the next token is of too."""
    return at + 1 < len(tokens) and tokens[at + 1].first <= tokens[at].last


def _denies_its_verb(tokens: Sequence[Token], at: int, found: Alignment, language: Language) -> bool:
    """A prefix that denies the verb of another clause, and nothing that follows: "قطعه نرسیده این تماس ضبط می‌شود"."""
    verb = at + 1
    if not language.denies_by_prefix or not _is_within(tokens, at) or verb >= found.first:
        return False
    form = tokens[verb].form
    is_own = any(form.endswith(ending) for ending in language.own_endings) or any(m in form for m in language.modal)
    governs = is_own or tokens[verb].kind is not Kind.CONTENT or form in language.light | language.common
    return not governs and tokens[verb + 1].form not in language.complementizers


def _is_answer(tokens: Sequence[Token], at: int, found: Alignment, language: Language) -> bool:
    """A "no" that opens its clause and is followed by a clause of its own answers something else."""
    if tokens[at].form not in language.answers or language.code != "en":
        return False
    following = tokens[at + 1].form if at + 1 <= found.last else ""
    return following in language.subjects | {"he", "she", "they", "all", "there"}


def _reach_on(found: Alignment, tokens: Sequence[Token], language: Language) -> list[int]:
    """A negation behind the wording that still denies it: "... that I do not", "... nem szeretnék"."""
    if tokens[found.last].border >= Break.COMMA:
        return []
    for step in range(1, language.reach_after + 1):
        at = found.last + step
        if at >= len(tokens) or tokens[at].form in language.breaks | language.number_links:
            return []
        if is_live(tokens, at, language):
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
    if language.infinitive and _has_its_own(tokens, at, language):
        return False
    if following is None or tokens[at].border >= Break.COMMA or tokens[at].form in language.refusing:
        return True
    denies_verb = language.denies_by_prefix and _is_within(tokens, at) and language.verb(tokens[at - 1].form) is None
    if denies_verb and (at + 2 >= len(tokens) or following.border >= Break.COMMA):
        # The clause's own verb, denied, comes last: "بسته را به نگهبان نده".
        return True
    return (
        following.form in language.light
        or (following.kind is Kind.FUNCTION and following.border >= Break.COMMA)
        or (following.kind is Kind.FUNCTION and at + 2 >= len(tokens))
        or (following.kind is Kind.FUNCTION and language.code == "fa")
    )


def _has_its_own(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a "must not" behind the wording has a verb of its own to deny: "... nem kell ennyit várni"."""
    if at + 1 >= len(tokens) or tokens[at + 1].form not in language.obliging:
        return False
    for following in range(at + 2, min(len(tokens), at + 6)):
        if tokens[following - 1].border > Break.NONE:
            return False
        if tokens[following].kind is Kind.CONTENT and tokens[following].form.endswith(language.infinitive):
            return True
    return False
