"""Whether a wording that was found is affirmed, denied, or only asked about: the negation guard."""

from collections.abc import Sequence
from enum import IntEnum

from voiceops.analysis.align import Alignment
from voiceops.analysis.asked import (
    asks_why,
    is_asked,
    is_marked_as_question,
    is_obliged,
    is_supposed,
    is_turned,
    may_be_opened,
)
from voiceops.analysis.denial import denials, denies_more, joined_denials
from voiceops.analysis.framed import Frame, frame_of
from voiceops.analysis.languages import Language
from voiceops.analysis.lost_denial import looks_denying, maybe_denied, wants_its_denial
from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.other_act import OtherAct, other_act
from voiceops.analysis.wording import Wording

# A word of so many letters that is no little word may be what became of a "no".
SHORT_WORD = 2
# So near to the wording stands a word that makes a request of a question.
REQUEST_REACH = 3


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
    against = denials(found, tokens, language) or joined_denials(wording, found, tokens, language)
    denied = denies_more(wording, found, tokens, language) if wording.denies else bool(against)
    if denied:
        return Stance.DENIED
    if wording.denies:
        around = tokens[max(0, found.first - 2) : found.last + 3]
        if not against and not any(token.kind is Kind.NEGATION for token in around):
            return _without_denial(wording, found, tokens, language)
    wondering = _wondering(wording, found, tokens, language)
    if wondering is not Stance.AFFIRMED:
        return wondering
    if wording.denies:
        lost = language.governing.issuperset(wording.denial_forms) and wants_its_denial(found, tokens, language)
    else:
        lost = maybe_denied(wording, found, tokens, language)
    return Stance.DOUBTFUL if lost else Stance.AFFIRMED


def _wondering(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> Stance:
    """ASKED where the words are only asked or supposed, DOUBTFUL where they may be, else AFFIRMED.

    A wording that addresses the listener may itself be a question, but no condition and no report.
    """
    asked = is_asked(found, tokens, language) or is_turned(wording, found, tokens, language)
    unsaid = (asked and not wording.addresses) or is_supposed(found, tokens, language)
    if (unsaid and not wording.asks) or asks_why(wording, found, tokens, language):
        return Stance.ASKED
    if is_obliged(wording, found, tokens, language):
        return Stance.ASKED
    marked = is_marked_as_question(found, tokens)
    act = other_act(wording, found, tokens, language)
    if act is not OtherAct.NONE:
        return Stance.ASKED if act is OtherAct.CERTAIN or asked or marked else Stance.DOUBTFUL
    if wording.asks:
        return Stance.AFFIRMED
    frame = frame_of(wording, found, tokens, language)
    if frame is Frame.UNSAID:
        return Stance.ASKED
    asked = (asked or marked) and not (wording.addresses and _is_polite(found, tokens, language))
    doubted = asked or may_be_opened(found, tokens, language)
    return Stance.DOUBTFUL if doubted or frame is Frame.DOUBT else Stance.AFFIRMED


def _is_polite(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Whether the question is a way to ask for something: "megadná a nevét?"."""
    near = tokens[max(0, found.first - REQUEST_REACH) : found.last + 1 + REQUEST_REACH]
    return any(token.form in language.polite for token in near)


def _without_denial(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> Stance:
    """A wording that denies was heard without its negation: it was lost on the way, or the opposite was said."""
    used = {token for _, token, _ in found.pairs}
    around = range(max(0, found.first - 2), min(len(tokens), found.last + 3))
    if any(at not in used and looks_denying(tokens[at].form, language, inside=True) for at in around):
        return Stance.DOUBTFUL
    if len(wording.denials) > 1:
        return Stance.OPPOSED
    place = next((token for part, token, _ in found.pairs if part == wording.denials[0]), None)
    if not place or place - 1 in used:
        return Stance.DOUBTFUL
    instead = tokens[place - 1]
    is_word = len(instead.form) > SHORT_WORD or instead.form in language.function_words
    return Stance.OPPOSED if is_word and instead.border is Break.NONE else Stance.DOUBTFUL
