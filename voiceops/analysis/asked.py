"""Whether a wording that was found is only asked about or supposed, and so not said."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from voiceops.analysis.align import Alignment
from voiceops.analysis.languages import Language
from voiceops.analysis.languages.language import Words
from voiceops.analysis.normalise import Break, Kind, Token, goes_on
from voiceops.analysis.wording import Wording

# A question opens at most so many words before what it asks about.
NEAR_OPENING = 3
# How far back a clause may begin, and how far on its mark may stand, in words.
CLAUSE_BACK = 8
CLAUSE_ON = 8
REQUEST_WORDS = 2
SHORT_WORD = 3


def is_supposed(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Behind an "if", or with one among the words: "if this call is recorded", "az adatkezeléshez ha hozzájárulok"."""
    return _is_led_by(language.supposing, found, tokens, language) and not _is_request(found, tokens, language)


def _is_led_by(words: Words, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Whether one of the words stands before it, save in a polite phrase ("if possible"), or among its words."""
    lead = range(max(_clause_start(found, tokens), found.first - 3), found.first)
    leading = [at for at in lead if tokens[at].form in words and tokens[at + 1].form not in language.polite]
    missing = found.pairs[0][0]
    if leading and (not missing or leading[-1] + missing >= found.first - 1):
        return True
    return _is_among(words, found, tokens, language)


def is_asked(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Only asked: "is this call recorded?"."""
    start = _clause_start(found, tokens)
    if _is_request(found, tokens, language):
        return False
    end = found.last
    while end + 1 < len(tokens) and goes_on(tokens, end, language.alternative) and end - found.last < CLAUSE_ON:
        end += 1
    questioned = tokens[end].border is Break.QUESTION
    opening = tokens[start].form
    inverted = opening in language.inverted and start <= found.first
    is_opened = start + 1 < len(tokens) and _is_inverted(tokens, start, language)
    if is_opened and (found.first - start <= NEAR_OPENING or _asks_whether(tokens, start, found, language)):
        return True
    wondered = _is_led_by(language.wondering, found, tokens, language)
    if wondered or _asks_before(found, tokens, language) or _wonders(found, tokens, language):
        return True
    return questioned and (inverted or opening in language.asking or not language.inverted)


def _asks_whether(tokens: Sequence[Token], start: int, found: Alignment, language: Language) -> bool:
    """Such as "is it right that ...", but not "can I remind you that ...", which tells."""
    tells = tokens[start].form in language.modal and tokens[start + 1].form in language.speaker_pronouns
    return not tells and tokens[found.first - 1].form in language.complementizers


def _is_among(words: Words, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Where the verb comes late, its "if" may stand among the words: "az adatkezeléshez ha hozzájárulok"."""
    if language.inverted:
        return False
    used = {token for _, token, _ in found.pairs}
    for at in range(found.last + (tokens[found.last].border is Break.NONE), found.first - 1, -1):
        if at < len(tokens) and at not in used and tokens[at].form in words:
            return True
        if found.first < at <= found.last and tokens[at - 1].border > Break.NONE:
            return False
    return False


def _asks_before(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A question word, or "do I", right before the wording; marks may have been lost, so clauses are not trusted."""
    has_subject = any(part == 0 for part, _, _ in found.pairs)
    for at in range(found.first - 1, max(-1, found.first - 1 - NEAR_OPENING), -1):
        if tokens[at].border is not Break.NONE or tokens[at].closes:
            return False
        form, following = tokens[at].form, tokens[at + 1].form
        if form in language.asking and (not language.inverted or (at + 1 == found.first and not has_subject)):
            return True
        if form in language.inverted and following in language.pronouns:
            before = tokens[at - 1].form if at else ""
            # Behind its own subject the auxiliary ends a statement: "yes it is you have the right to cancel".
            return before not in language.inverted | language.subjects | language.number_links | {"to", "not"}
    return False


def _wonders(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """What would follow is asked beside it: "what happens if I agree", "hozzájárulok, mi történik"."""
    near = (*range(max(0, found.first - NEAR_OPENING - 1), found.first - 1), found.last + 1)
    return any(
        at + 1 < len(tokens)
        and (tokens[at].form, tokens[at + 1].form) in language.consequences
        and tokens[at - 1 if at > found.last else at + 1].border < Break.STOP
        for at in near
    )


def may_be_opened(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A word that may be a damaged "if", or "have" before its "you", stands right before the wording: "uf I agree"."""
    if not found.first or tokens[found.first - 1].border is not Break.NONE:
        return False
    form = tokens[found.first - 1].form
    if form in language.function_words | language.common | language.light | language.negations:
        return False
    if _may_be(form, language.supposing, language):
        return True
    if tokens[found.first].form not in language.pronouns or not _may_be(form, language.inverted, language):
        return False
    # Another little word would make it a statement, and many look alike.
    return not _may_be(form, language.function_words - language.inverted, language)


def _may_be(form: str, words: Words, language: Language) -> bool:
    """Whether it is one letter from one of the words, or two and sounds the same."""
    return any(_is_slip(form, word, language) for word in words)


def _is_slip(form: str, word: str, language: Language) -> bool:
    if min(len(form), len(word)) > SHORT_WORD and language.sound(form) == language.sound(word):
        return Levenshtein.distance(form, word, score_cutoff=2) <= 2  # noqa: PLR2004 - see _may_be
    return Levenshtein.distance(form, word, score_cutoff=1) == 1


def _is_request(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Such as "can you put me through": a polite way of saying what the wording says bluntly."""
    heard_from = found.pairs[0][0]
    if found.first < REQUEST_WORDS or heard_from > 1:
        return False
    before = tuple(token.form for token in tokens[found.first - REQUEST_WORDS : found.first])
    opening = tokens[found.first]
    begins = heard_from == 1 or opening.kind is Kind.CONTENT or opening.form in language.pleading
    return before in language.requests and begins


def asks_why(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A "why" before a wording that has none, which makes a complaint of a request: "why do you send me ..."."""
    if any(part.form in language.reasons for part in wording.parts):
        return False
    for at in range(found.first - 1, max(-1, found.first - 1 - NEAR_OPENING), -1):
        if tokens[at].border is not Break.NONE or tokens[at].closes:
            return False
        if tokens[at].form in language.reasons:
            return tokens[at + 1].kind is not Kind.NEGATION
    return False


def is_turned(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """An auxiliary stands before the wording, and the wording's own is missing: "is this call recorded"."""
    if tokens[found.first].form in language.inverted and wording.parts[0].form not in language.inverted:
        return any(part == 0 for part, _, _ in found.pairs)
    opening = tokens[found.first - 1] if found.first else None
    if opening is None or opening.form not in language.inverted or opening.border is not Break.NONE:
        return False
    if opening.form in language.supporting and any(part == 0 for part, _, _ in found.pairs):
        before = tokens[found.first - 2].form if found.first > 1 else ""
        return before not in language.pronouns
    own = {at for at, part in enumerate(wording.parts) if part.form in language.inverted}
    return bool(own) and not own & {part for part, _, _ in found.pairs}


def _is_inverted(tokens: Sequence[Token], start: int, language: Language) -> bool:
    """Such as "do you ...", "what would I ...": an auxiliary before its subject opens the clause."""
    if tokens[start].form in language.asking and tokens[start + 1].form in language.inverted:
        return True
    return tokens[start].form in language.inverted and tokens[start + 1].form in language.subjects


def _clause_start(found: Alignment, tokens: Sequence[Token]) -> int:
    at = found.first
    while at > 0 and tokens[at - 1].border is Break.NONE and found.first - at < CLAUSE_BACK:
        at -= 1
    return at


def is_obliged(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Having to is not doing: "hozzá kell járulnom" consents to nothing."""
    if wording.asks or any(part.form in language.obliging for part in wording.parts):
        return False
    near = range(max(0, found.first - 1), found.last)
    return any(tokens[at].form in language.obliging and tokens[at].border is Break.NONE for at in near)


def is_marked_as_question(found: Alignment, tokens: Sequence[Token]) -> bool:
    """A question mark right behind the wording."""
    return tokens[found.last].border is Break.QUESTION
