"""Who the caller says they are, spelled names included, and the company they call from."""

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message, lowest_probability
from voiceops.analysis.facts.named import Named, as_name, find_named
from voiceops.domain.caller_facts import Fact

# A weak cue ("I'm …") in text without capitals may introduce anything.
WEAK_CUE = 0.8
SPELLED = 0.95
FEWEST_LETTERS = 3
# A spelling this near to all of the name spells all of it.
SLIP_IN_WHOLE_NAME = 0.25


def find_caller_name(message: Message, language: Language) -> tuple[Fact[str] | None, Named | None]:
    """The caller's name as they gave it, titles included, and where it stands; None if they gave none."""
    found = [
        named
        for named in find_named(message, language, cues=language.names.caller)
        if _is_caller(named, message, language)
    ]
    if not found:
        return None, None
    best = max(found, key=lambda named: (named.strength, -named.first))
    best = _fuller(best, found, message)
    tokens = message.tokens[best.first : best.stop]
    value = as_name([t for t in tokens], cased=message.is_cased)
    value, stop, confidence = _with_spelling(value, best, (message, language))
    probability = lowest_probability(tokens)
    if probability is not None and probability < 0.5:
        confidence = min(confidence, 0.5 + probability / 2)
    spoken = message.spoken(best.first, stop)
    return Fact(value, spoken, round(confidence, 2), tokens[0].start, message.tokens[stop - 1].end), best


def _is_caller(named: Named, message: Message, language: Language) -> bool:
    """Whether a name beside a cue is the speaker's, for the cues that have other uses."""
    if named.strength > WEAK_CUE:
        return True
    following = message.tokens[named.stop] if named.stop < len(message.tokens) else None
    cased = message.is_cased and message.tokens[named.first].raw[0].isupper()
    early = named.first <= 8
    if cased:
        ends = message.tokens[named.stop - 1].ends_sentence
        return early or ends or named.stop - named.first > 1
    at_end = following is None or following.text in {
        "from",
        "at",
        "with",
        "and",
        "calling",
        "here",
        "speaking",
        "i'm",
        "i",
    }
    return early and (named.stop - named.first == 2 or at_end)


def _fuller(best: Named, found: list[Named], message: Message) -> Named:
    """A longer form of the same name said elsewhere: "it's Anna … my full name is Anna Kovács"."""
    words = {t.text for t in message.tokens[best.first : best.stop]}
    longer = [n for n in found if words < {t.text for t in message.tokens[n.first : n.stop]}]
    return max(longer, key=lambda n: n.stop - n.first, default=best)


def _with_spelling(value: str, named: Named, place: tuple[Message, Language]) -> tuple[str, int, float]:
    """The name with a spelled word put right, the token after the spelling, and a confidence."""
    message, language = place
    for letters, first, stop in _spelled(message, language):
        if not 0 <= first - named.stop <= 12:
            continue
        if letters[-1] in "ai" and len(letters) > FEWEST_LETTERS and stop < len(message.tokens):
            # "… l e r i need": a letter that is also a word, before another common word.
            if message.tokens[stop].text in language.common and not message.tokens[stop - 1].ends_clause:
                letters, stop = letters[:-1], stop - 1
        parts = value.split(" ")
        whole = value.replace(" ", "").casefold()
        if len(parts) > 1 and Levenshtein.normalized_distance(whole, letters) <= SLIP_IN_WHOLE_NAME:
            return (value if whole == letters else _cut_like(parts, letters)), stop, SPELLED
        near = min(range(len(parts)), key=lambda n: (Levenshtein.normalized_distance(parts[n].casefold(), letters), -n))
        if Levenshtein.normalized_distance(parts[near].casefold(), letters) <= 0.6:
            parts[near] = letters.capitalize()
            return " ".join(parts), stop, SPELLED
        if len(parts) == 1:
            return f"{value} {letters.capitalize()}", stop, 0.85
    return value, named.stop, named.strength


def _cut_like(parts: list[str], letters: str) -> str:
    """A whole name spelled in one go, cut where the heard one is."""
    cut = len(letters) - len(parts[-1]) if letters.startswith(parts[0].casefold()) is False else len(parts[0])
    return f"{letters[:cut].capitalize()} {letters[cut:].capitalize()}"


def _spelled(message: Message, language: Language) -> Iterator[tuple[str, int, int]]:
    """Rows of single letters, "double l" and "m as in Mike" included, with their tokens."""
    tokens, at = message.tokens, 0
    while at < len(tokens):
        letters, first, times = "", at, 1
        while at < len(tokens):
            text = tokens[at].text
            if text in language.numbers.repeats and letters:
                times = language.numbers.repeats[text]
            elif len(text) == 1 and text.isalpha():
                letters, times = letters + text * times, 1
            elif letters and text in {"as", "for", "like"} and at + 1 < len(tokens):
                skip = 2 if text == "as" and at + 2 < len(tokens) else 1
                if not tokens[at + skip].text.startswith(letters[-1]):
                    break
                at += skip
            else:
                break
            at += 1
        if len(letters) >= FEWEST_LETTERS:
            yield letters, first, at
        at = max(at, first + 1)
