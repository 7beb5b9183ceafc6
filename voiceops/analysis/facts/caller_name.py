"""Who the caller says they are, spelled names included, and the company they call from."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message, heard_badly
from voiceops.analysis.facts.named import Named, as_name, explanation_length, find_named, name_after
from voiceops.domain.caller_facts import Fact

# A weak cue ("I'm …") in text without capitals may introduce anything.
WEAK_CUE = 0.8
# Whoever introduces themselves weakly does so among their first words, with first and last name or one of these.
EARLY = 8
USUAL_NAME_WORDS = 2
AFTER_A_NAME = frozenset({"from", "at", "with", "and", "calling", "here", "speaking", "i'm", "i"})
SPELLED = 0.95
FEWEST_LETTERS = 3
# A spelling this near to all of the name spells all of it.
SLIP_IN_WHOLE_NAME = 0.25
# A spelling this near to one of the names spells that one; another is a surname not said before.
SLIP_IN_ONE_NAME = 0.6
SPELLED_SURNAME = 0.85
# Words between a name and its spelling.
SPELLING_REACH = 12


def find_caller_name(message: Message, language: Language) -> tuple[Fact[str] | None, Named | None]:
    """The caller's name as they gave it, titles included, and where it stands; None if they gave none."""
    found = [named for named in find_named(message, language, cues=language.names.caller) if _is_caller(named, message)]
    if not found:
        return None, None
    best = max(found, key=lambda named: (named.strength, -named.first))
    best = _fuller(best, found, message)
    tokens = message.tokens[best.first : best.stop]
    name = _with_surname(best.cue.bare(as_name(tokens)), message, language)
    value, stop, confidence = _with_spelling(name, best, (message, language))
    confidence = heard_badly(confidence, tokens)
    spoken = message.spoken(best.first, stop)
    return Fact(value, spoken, round(confidence, 2), tokens[0].start, message.tokens[stop - 1].end), best


def _is_caller(named: Named, message: Message) -> bool:
    """Whether a name beside a cue is the speaker's, for the cues that have other uses."""
    if named.strength > WEAK_CUE:
        return True
    early = named.first <= EARLY
    several = named.stop - named.first > 1
    if message.is_cased and message.tokens[named.first].raw[0].isupper():
        return early or several or message.tokens[named.stop - 1].ends_sentence
    at_end = named.stop == len(message.tokens) or message.tokens[named.stop].text in AFTER_A_NAME
    return early and (named.stop - named.first == USUAL_NAME_WORDS or at_end)


def _fuller(best: Named, found: list[Named], message: Message) -> Named:
    """A longer form of the same name said elsewhere: "it's Anna … my full name is Anna Kovács"."""
    words = {t.text for t in message.tokens[best.first : best.stop]}
    longer = [n for n in found if words < {t.text for t in message.tokens[n.first : n.stop]}]
    return max(longer, key=lambda n: n.stop - n.first, default=best)


def _with_surname(name: str, message: Message, language: Language) -> str:
    """The name with a last name that was given apart: "my first name is Carla and my last name is Diaz"."""
    for found in message.find(language.names.surname) if language.names.surname else ():
        first, stop = name_after(message, language, at=found.stop)
        surname = as_name(message.tokens[first:stop]) if stop > first else ""
        if surname and surname.casefold() not in name.casefold():
            return f"{name} {surname}"
    return name


def _with_spelling(value: str, named: Named, place: tuple[Message, Language]) -> tuple[str, int, float]:
    """The name with a spelled word put right, the token after the spelling, and a confidence."""
    message, language = place
    parts = value.split(" ")
    for spelled in _spelled(message, language):
        letters, stop = _without_next_word(spelled, message, language)
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
    return Levenshtein.normalized_distance(name.casefold(), letters)


def _without_next_word(spelled: "_Spelled", message: Message, language: Language) -> tuple[str, int]:
    """Letters and the token after them, less a last one that is a word: "… l e r i need"."""
    letters, stop = spelled.letters, spelled.stop
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
        elif len(text) == 1 and text.isalpha():
            letters, times = letters + text * times, 1
        elif letters and (explained := explanation_length(tokens[at - 1 : at + 3])):
            at += explained - 1
        else:
            break
        at += 1
    return _Spelled(letters, first, at)
