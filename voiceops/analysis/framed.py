"""What the clause before a wording makes of it: a condition, a report of somebody's words, a guess, another's act."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import pairwise

from voiceops.analysis.align import Alignment
from voiceops.analysis.languages import Language
from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.wording import Wording

# So many words may stand between a verb that reports and the words it reports ("told me yesterday that").
REPORT_BACK = 5
# And so many between that verb and whoever said it.
SPEAKER_BACK = 3
GUESS_BACK = 3
# And so many between an "if" and the act that depends on it.
CONDITION_BACK = 6
# A courtesy follows its "if" within so many words: "if that is possible".
COURTESY_ON = 3
LEAST_STEM = 3
PAIR = 2


class Frame(IntEnum):
    """NONE: said outright. DOUBT: perhaps only guessed or possible. UNSAID: a condition, a report, another's act."""

    NONE = 0
    DOUBT = 1
    UNSAID = 2


def frame_of(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> Frame:
    """The strongest of what stands around the wording."""
    if is_conditional(found, tokens, language) or _is_reported(found, tokens, language):
        return Frame.UNSAID
    others = _is_anothers(wording, found, tokens, language) or _is_of_another(wording, found, tokens, language)
    if others or _is_to_come(wording, found, tokens, language):
        return Frame.UNSAID
    guessed = not wording.addresses and _is_guess(found, tokens, language)
    guessed = guessed or _is_hedged(wording, found, tokens, language)
    guessed = guessed or _is_talked_about(wording, found, tokens, language)
    guessed = guessed or _depends(wording, found, tokens, language)
    return Frame.DOUBT if guessed else Frame.NONE


def is_conditional(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Such as "before I agree", "as soon as I agree": the clause says when or whether, not that."""
    at = found.first - 1
    if at < 0 or tokens[at].border is not Break.NONE:
        return False
    form, before = tokens[at].form, tokens[at - 1].form if at else ""
    if (before, form) in language.subordinating_pairs:
        return True
    return form in language.subordinating and before not in language.not_subordinating


def _is_reported(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Words of somebody else, or from another time: "he told me that ...", unless "as he told me"."""
    linked = False
    for at in range(found.first - 1, max(-1, found.first - 1 - REPORT_BACK), -1):
        token = tokens[at]
        joins = tokens[at + 1].form in language.complementizers
        linked = linked or joins
        told = token.form in language.reporting and not _is_own_report(tokens, at, language)
        if told and token.border is Break.COMMA and at == found.first - 1:
            return True
        if (token.border > Break.NONE and not joins) or token.closes or token.form in language.breaks:
            return False
        if told or (token.form in language.telling and _is_asked_or_wanted(tokens, at, language)):
            return True
        means = token.kind is Kind.CONTENT and token.form not in language.light | language.common
        if means and not linked:
            return False
    return False


def _is_own_report(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether the speaker reports their own words, or agrees with the report ("as my colleague told you")."""
    for before in range(at - 1, max(-1, at - 1 - SPEAKER_BACK), -1):
        if tokens[before].border > Break.STOP or (tokens[before].border is Break.STOP):
            break
        if tokens[before].form in language.conforming:
            return True
        if before >= at - SPEAKER_BACK and tokens[before].form in language.speaker_pronouns:
            return tokens[at].form not in language.hearing
    opens = at == 0 or tokens[at - 1].border > Break.NONE
    return opens and bool(language.speaker_pronouns)


def _is_asked_or_wanted(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Such as "did the garage tell you" and "you want me to say": whether it was told is asked, or it shall be."""
    if at >= PAIR and tokens[at - 1].form == language.infinitive_mark and tokens[at - 2].form in language.objects:
        return True
    back = range(at - 1, max(-1, at - 2 - SPEAKER_BACK), -1)
    for before in back:
        if tokens[before].border > Break.NONE:
            return False
        if tokens[before].form in language.supporting:
            return not before or tokens[before - 1].form not in language.pronouns
    return False


def _is_guess(found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A "maybe" within the clause, before the wording or inside it."""
    used = {token for _, token, _ in found.pairs}
    for at in range(found.first, found.last + 1):
        if at not in used and tokens[at].form in language.guessing:
            return True
    for at in range(found.first - 1, max(-1, found.first - 1 - GUESS_BACK), -1):
        if tokens[at].border > Break.NONE:
            return False
        if tokens[at].form in language.guessing:
            return True
    return False


def _is_hedged(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """Such as "I might agree" for "I agree": the speaker could, and does not."""
    if any(part.form in language.hedging for part in wording.parts):
        return False
    used = {token for _, token, _ in found.pairs}
    for at in range(max(1, found.first), found.last):
        hedged = at not in used and tokens[at].form in language.hedging
        if hedged and tokens[at - 1].form in language.speaker_pronouns:
            return tokens[at + 1].form not in language.wishing
    return False


def _is_talked_about(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """The speaker's own act in the infinitive, behind a verb that is no wish: "I forgot to agree" for "I agree"."""
    if not language.infinitive_mark or wording.parts[0].form not in language.speaker_pronouns:
        return False
    act = next((part for part in range(1, len(wording.parts)) if wording.parts[part].carries), None)
    if act is None or any(part.form == language.infinitive_mark for part in wording.parts[:act]):
        return False
    place = next((token for part, token, _ in found.pairs if part == act), 0)
    if place < PAIR or tokens[place - 1].form != language.infinitive_mark:
        return False
    return tokens[place - 2].form not in language.wishing | language.light


def _depends(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """The speaker's own act, but on a condition: "if you take ten off, I agree", "I agree as long as it is free"."""
    if not _is_own_act(wording, language):
        return False
    if tokens[found.last].border <= Break.COMMA and _opens_condition(tokens, found.last + 1, language):
        return True
    for at in range(found.first - 1, max(-1, found.first - 1 - CONDITION_BACK), -1):
        if tokens[at].border > Break.COMMA or tokens[at].closes or tokens[at].form in language.breaks:
            return False
        if tokens[at].form in language.supposing:
            return not _is_courtesy(tokens, at, language)
    return False


def _opens_condition(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether "if" or "as long as" begins at `at`."""
    forms = [token.form for token in tokens[at : at + 1 + PAIR]]
    if any(pair in language.subordinating_pairs for pair in pairwise(forms)):
        return True
    return bool(forms) and forms[0] in language.supposing and not _is_courtesy(tokens, at, language)


def _is_courtesy(tokens: Sequence[Token], at: int, language: Language) -> bool:
    return any(token.form in language.polite for token in tokens[at + 1 : at + 1 + COURTESY_ON])


def _is_own_act(wording: Wording, language: Language) -> bool:
    """Whether the wording tells what the speaker does or wants; what is done already depends on nothing."""
    if any(part.form in language.perfect for part in wording.parts):
        return False
    if wording.parts[0].form in language.speaker_pronouns & language.present_persons:
        return True
    verbs = (language.verb(part.form) for part in wording.parts)
    return any(verb is not None and verb.person == 1 and verb.mood != "done" for verb in verbs)


def _is_anothers(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """One's own act, told of another person: "my wife agrees", "the bank has", for "I agree", "I have"."""
    first = wording.parts[0].form
    if first not in language.pronouns:
        return False
    heard = next((tokens[token].form for part, token, _ in found.pairs if part == 0), "")
    if heard in language.speaker_pronouns or heard == first:
        return False
    act = next((token for part, token, _ in found.pairs if part), found.first)
    subject = tokens[act - 1] if act else None
    if subject is None or subject.border > Break.NONE:
        return False
    if subject.form in language.pronouns | language.asking and subject.form not in language.speaker_pronouns:
        return first in language.speaker_pronouns
    wanted = next((wording.parts[part].form for part, token, _ in found.pairs if token == act), "")
    is_noun = subject.kind is Kind.CONTENT and subject.form not in language.light | language.common | language.agreeing
    of_other = len(wanted) >= LEAST_STEM and tokens[act].form == f"{wanted}s"
    return is_noun and (of_other or (wanted, tokens[act].form) in language.of_others)


def _is_of_another(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """A third person in the place of the speaker or the listener: "his card", "for him" for "your card", "for you"."""
    return any(
        wording.parts[part].form in language.present_persons and tokens[token].form in language.absent_persons
        for part, token in in_place(wording, found, tokens)
    )


def _is_to_come(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> bool:
    """What the wording says is done will or can only be done: "I will block it" for "I have blocked it"."""
    return any(
        wording.parts[part].form in language.perfect and tokens[token].form in language.modal
        for part, token in in_place(wording, found, tokens)
    )


def in_place(wording: Wording, found: Alignment, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Parts with the tokens that stand for them: what they were found as, or what stands beside their neighbours."""
    token_of = {part: token for part, token, _ in found.pairs}
    for part in range(len(wording.parts)):
        if part in token_of:
            yield part, token_of[part]
            continue
        if part - 1 in token_of and token_of[part - 1] + 1 < len(tokens):
            yield part, token_of[part - 1] + 1
        if part + 1 in token_of and token_of[part + 1]:
            yield part, token_of[part + 1] - 1
