"""Who the caller says they are, spelled names included, and the company they call from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from voiceops.analysis.facts.bare_name import find_bare_names
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message, fold, heard_badly
from voiceops.analysis.facts.named import Named, as_name, explanation_length, find_named, name_after, name_before
from voiceops.domain.caller_facts import Fact

# A weak cue ("I'm …") in text without capitals may introduce anything.
WEAK_CUE = 0.8
# Whoever introduces themselves weakly does so among their first words, with first and last name or one of these.
EARLY = 8
USUAL_NAME_WORDS = 2
AFTER_A_NAME = frozenset({"from", "at", "with", "and", "calling", "here", "speaking", "i'm", "i"})
# A usual first name in it makes a name so much likelier.
USUAL_NAME = 0.1
SPELLED = 0.95
FEWEST_LETTERS = 3
# A spelling this near to all of the name spells all of it.
SLIP_IN_WHOLE_NAME = 0.25
# A spelling this near to one of the names spells that one; another is a surname not said before.
SLIP_IN_ONE_NAME = 0.6
SPELLED_SURNAME = 0.85
# Words between a name and the one that takes it back ("Doyle no not Doyle sorry Boyle").
CORRECTION_REACH = 2
# Words between a name and its spelling.
SPELLING_REACH = 12


def find_caller_name(message: Message, language: Language) -> tuple[Fact[str] | None, Named | None]:
    """The caller's name as they gave it, titles included, and where it stands; None if they gave none."""
    asked = list(find_named(message, language, cues=language.names.asked_for))
    found = [
        named
        for named in find_named(message, language, cues=language.names.caller)
        if _is_caller(named, message, language)
    ]
    bare = [n for n in find_bare_names(message, language) if not any(_overlap(n, other) for other in asked)]
    if not found and not bare:
        return None, None
    best = max((*found, *bare), key=lambda named: (_rank(named, message, language), -named.first))
    best = _corrected(best, message, language)
    best = _fuller(_restarted(best, message, language), [*found, *bare], message, language)
    tokens = message.tokens[best.first : best.stop]
    name = _with_surname(best.cue.bare(as_name(tokens)), message, language)
    value, stop, confidence = _with_spelling(name, best, (message, language))
    confidence = heard_badly(confidence, tokens)
    spoken = message.spoken(best.first, stop)
    return Fact(value, spoken, round(confidence, 2), tokens[0].start, message.tokens[stop - 1].end), best


def _overlap(one: Named, other: Named) -> bool:
    return one.first < other.stop and other.first < one.stop


def _rank(named: Named, message: Message, language: Language) -> float:
    """How likely a name is the caller's: by its cue, and more so where it holds a usual first name."""
    return named.strength + USUAL_NAME * _holds_first_name(named, message, language)


def _holds_first_name(named: Named, message: Message, language: Language) -> bool:
    return any(token.text in language.names.given for token in message.tokens[named.first : named.stop])


def _is_caller(named: Named, message: Message, language: Language) -> bool:
    """Whether a name beside a cue is the speaker's, for the cues that have other uses."""
    if _is_relatives(named, message, language):
        return False
    if named.strength > WEAK_CUE or _holds_first_name(named, message, language):
        return True
    if message.tokens[named.first].text in language.names.titles:
        return True
    early, several = named.first <= EARLY, named.stop - named.first > 1
    if message.is_cased and message.tokens[named.first].raw[0].isupper():
        return early or several or message.tokens[named.stop - 1].ends_sentence
    at_end = named.stop == len(message.tokens) or message.tokens[named.stop].text in AFTER_A_NAME
    if any(found.first == named.stop for found in message.find(language.phone.cue)):
        return several
    return early and (named.stop - named.first == USUAL_NAME_WORDS or at_end)


def _is_relatives(named: Named, message: Message, language: Language) -> bool:
    """Whether the speaker says whose relative they are: "this is john's wife"."""
    tokens, kin = message.tokens, language.names.kin
    begins = tokens[named.first].text in kin - language.names.titles
    before = named.cue.name_precedes and named.first > 0 and tokens[named.first - 1].text in kin
    after = tokens[named.stop - 1].text.endswith("'s") and named.stop < len(tokens) and tokens[named.stop].text in kin
    return begins or before or after


def _corrected(best: Named, message: Message, language: Language) -> Named:
    """The name that takes back the one before it: "it's Bridget sorry Brigitte …"."""
    for found in message.find(language.phone.correction):
        if 0 <= found.first - best.stop <= CORRECTION_REACH:
            first, stop = name_after(message, language, at=found.stop)
            again = replace(best, first=first, stop=stop)
            titled = stop > first and message.tokens[first].text in language.names.titles
            if titled or _holds_first_name(again, message, language):
                return again
    return best


def _restarted(best: Named, message: Message, language: Language) -> Named:
    """A name that was begun twice, from its second beginning: "Hank junior, Hank Dugan", "Mr Doyle, Peter Doyle"."""
    texts = [token.text for token in message.tokens[best.first : best.stop]]
    if texts[0] in texts[2:]:
        first, stop = name_after(message, language, at=best.first + texts.index(texts[0], 2))
        return replace(best, first=first, stop=stop)
    if texts[-1] in texts[:-2]:
        return replace(best, first=best.first + texts.index(texts[-1]) + 1)
    return best


def _fuller(best: Named, found: list[Named], message: Message, language: Language) -> Named:
    """A longer form of the same name said elsewhere: "it's Anna … my full name is Anna Kovács"."""
    words = {t.text for t in message.tokens[best.first : best.stop]}
    again = [n for n, token in enumerate(message.tokens) if n != best.first and {token.text} == words]
    after = [name_after(message, language, at=n) for n in again]
    before = [name_before(message, language, n + 1) for n in again]
    said_again = [replace(best, first=first, stop=stop) for first, stop in (*after, *before)]
    sure = () if language.names.given_last else said_again[: len(after)]
    usual = [n for n in said_again if n in sure or _holds_first_name(n, message, language)]
    longer = [n for n in (*found, *usual) if words < {t.text for t in message.tokens[n.first : n.stop]}]
    return max(longer, key=lambda n: (message.tokens[n.stop - 1].text in words, n.stop - n.first), default=best)


def _with_surname(name: str, message: Message, language: Language) -> str:
    """The name with a last name that was given apart: "my first name is Carla and my last name is Diaz"."""
    for found in message.find(language.names.surname) if language.names.surname else ():
        before = name_before(message, language, found.first) if language.names.given_last else (0, 0)
        for first, stop in (before, name_after(message, language, at=found.stop)):
            surname = as_name(message.tokens[first : stop if message.is_cased else min(first + 1, stop)])
            if surname and surname.casefold() not in name.casefold():
                return f"{surname} {name}" if language.names.given_last else f"{name} {surname}"
    return name


def _with_spelling(value: str, named: Named, place: tuple[Message, Language]) -> tuple[str, int, float]:
    """The name with a spelled word put right, the token after the spelling, and a confidence."""
    message, language = place
    parts = value.split(" ")
    for spelled in _spelled(message, language):
        letters, stop = _without_next_word(spelled, parts, message, language)
        if {fold(spelled.letters), fold(letters)} & {fold(part) for part in parts}:
            return value, max(stop, named.stop), SPELLED
        if not 0 <= spelled.first - named.stop <= SPELLING_REACH:
            continue
        if len(parts) > 1 and _distance(value.replace(" ", ""), letters) <= SLIP_IN_WHOLE_NAME:
            return _cut_like(parts, letters), stop, SPELLED
        near = min(range(len(parts)), key=lambda n: (_distance(parts[n], letters), -n))
        if _distance(parts[near], letters) <= SLIP_IN_ONE_NAME:
            parts[near] = letters.capitalize()
            return " ".join(parts), stop, SPELLED
        if len(parts) == 1:
            return f"{value} {letters.capitalize()}", stop, SPELLED_SURNAME
    return value, named.stop, named.strength


def _distance(name: str, letters: str) -> float:
    return Levenshtein.normalized_distance(fold(name), fold(letters))


def _without_next_word(
    spelled: "_Spelled", parts: Sequence[str], message: Message, language: Language
) -> tuple[str, int]:
    """Letters and the token after them, less a last one that is a word: "… l e r i need"."""
    letters, stop = spelled.letters, spelled.stop
    if letters[-1] in "ai" and fold(letters[:-1]) in {fold(part) for part in parts}:
        return letters[:-1], stop - 1
    follows = stop < len(message.tokens) and message.tokens[stop].text in language.common
    if letters[-1] in "ai" and len(letters) > FEWEST_LETTERS and follows and not message.tokens[stop - 1].ends_clause:
        return letters[:-1], stop - 1
    return letters, stop


def _cut_like(parts: list[str], letters: str) -> str:
    """A whole name spelled in one go, cut where the heard one is."""
    if "".join(parts).casefold() == letters:
        return " ".join(parts)
    whole_first = letters.startswith(parts[0].casefold())
    cut = len(parts[0]) if whole_first else len(letters) - len(parts[-1])
    return f"{letters[:cut].capitalize()} {letters[cut:].capitalize()}"


def _joined(letters: str, sign: str) -> str:
    """Letters with one more; of two letters of several signs the first is written short ("sz sz" is "ssz")."""
    return letters[:-1] + sign if len(sign) > 1 and letters.endswith(sign) else letters + sign


@dataclass(frozen=True)
class _Spelled:
    """A row of single letters, from token `first` to before `stop`."""

    letters: str
    first: int
    stop: int


def _spelled(message: Message, language: Language) -> Iterator[_Spelled]:
    """Rows of single letters, "double l" and "m as in Mike" included."""
    at = 0
    while at < len(message.tokens):
        spelled = _row_of_letters(message, language, at)
        if len(spelled.letters) >= FEWEST_LETTERS:
            yield spelled
        at = max(spelled.stop, at + 1)


def _row_of_letters(message: Message, language: Language, first: int) -> _Spelled:
    tokens, letters, times, at = message.tokens, "", 1, first
    while at < len(tokens):
        text = tokens[at].text
        if text in language.numbers.repeats and letters:
            times = language.numbers.repeats[text]
        elif (len(text) == 1 and text.isalpha()) or text in language.names.letters:
            sign = language.names.letters.get(text, tokens[at].raw.lower())
            letters, times = _joined(letters, sign * times), 1
        elif letters and (explained := explanation_length(tokens[at - 1 : at + 3])):
            at += explained - 1
        else:
            break
        at += 1
    return _Spelled(letters, first, at)
