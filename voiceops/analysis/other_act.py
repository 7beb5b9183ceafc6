"""Whether a verb of the wording was heard of somebody else or in another mood: "you sent" for "I send"."""

from collections.abc import Sequence
from enum import IntEnum

from rapidfuzz.distance import Levenshtein

from voiceops.analysis.align import Alignment
from voiceops.analysis.framed import in_place
from voiceops.analysis.languages import Language
from voiceops.analysis.languages.language import Verb
from voiceops.analysis.normalise import Token
from voiceops.analysis.wording import Wording


class OtherAct(IntEnum):
    """NONE: as in the wording. PERHAPS: one sound away from it, so that it may be a slip. CERTAIN: further."""

    NONE = 0
    PERHAPS = 1
    CERTAIN = 2


def other_act(wording: Wording, found: Alignment, tokens: Sequence[Token], language: Language) -> OtherAct:
    """The strongest of what its verbs say. Mood says nothing in polite verbs, nor in what depends on another verb."""
    verbs = _verbs(wording, language)
    main = min(verbs, default=-1)
    act = OtherAct.NONE
    for at, token in in_place(wording, found, tokens):
        if at in verbs:
            wanted = wording.parts[at].form
            in_mood = at == main and wanted not in language.polite
            act = max(act, _act(wanted, tokens[token].form, verbs[at], language, in_mood=in_mood))
    return act


def _verbs(wording: Wording, language: Language) -> dict[int, Verb]:
    """The parts that are verbs by their form; neither nouns behind an article nor what a modal verb governs."""
    verbs: dict[int, Verb] = {}
    before = ""
    for at, part in enumerate(wording.parts):
        verb = language.verb(part.form)
        governed = before in language.articles or before.startswith(tuple(language.modal))
        if verb is not None and verb.person and not governed:
            verbs[at] = verb
        before = part.form
    return verbs


def _act(wanted: str, heard: str, verb: Verb, language: Language, *, in_mood: bool) -> OtherAct:
    other = language.verb(heard)
    if other is None or other.stem != verb.stem or wanted == heard:
        return OtherAct.NONE
    if (other.person or 3) == verb.person and (other.mood == verb.mood or not in_mood):
        return OtherAct.NONE
    is_near = not other.person or heard in wanted or Levenshtein.distance(wanted, heard, score_cutoff=1) <= 1
    return OtherAct.PERHAPS if is_near else OtherAct.CERTAIN
