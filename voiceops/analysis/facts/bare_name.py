"""Names that callers give without announcing them: "… my bill is wrong, Diana Prince, 646 555 0115"."""

from collections.abc import Iterator

from voiceops.analysis.facts.language import Language, NameCue, pattern
from voiceops.analysis.facts.message import Message
from voiceops.analysis.facts.named import MOST_UNCASED_WORDS, Named, can_be_named, cut_to_given
from voiceops.analysis.facts.spoken_digits import Kind, atom_of

NEVER = pattern("\u00b7\u00b7\u00b7")
WHOLE = NameCue(NEVER, 0.75)
SINGLE = NameCue(NEVER, 0.6)
# Whoever only says hello first gives the name among so many words.
GREETING_WORDS = 6
MOST_WORDS = 4
# Whoever is by a single word ("Jamshidam") says so among so many.
AM_REACH = 8


def find_bare_names(message: Message, language: Language) -> Iterator[Named]:
    """Names that hold a usual first name, or in text with capitals stand between two commas, where a caller gives
    theirs: after the greeting, beside a number that is read out, in front of "my number", or at the end.
    """
    yield from _who_is(message, language)
    at = 0
    while at < len(message.tokens):
        named = _at(message, language, at)
        if named is None:
            at += 1
            continue
        yield named
        at = named.stop


def _who_is(message: Message, language: Language) -> Iterator[Named]:
    """A first name with "I am" at its end, behind the greeting or before where they call from."""
    am, given = language.names.am, language.names.given
    cue = NameCue(NEVER, WHOLE.strength, bare=lambda said: said.removesuffix(am))
    for at, token in enumerate(message.tokens if am else ()):
        if token.text in given or not token.text.endswith(am) or not can_be_named(at, message, language):
            continue
        before = message.tokens[at - 1] if at else None
        opens = before is None or before.ends_clause or before.text in language.names.stop
        if opens and at < AM_REACH and token.text.removesuffix(am) in given:
            yield Named(at, at + 1, at, at, cue)
        elif before is not None and before.text in given and not before.ends_clause:
            yield Named(at - 1, at + 1, at, at, cue)


def _at(message: Message, language: Language, first: int) -> Named | None:
    before = message.tokens[first - 1] if first else None
    if before is not None and not before.ends_clause and before.text in language.names.others | language.names.kin:
        return None
    for stop in range(_longest(message, language, first), first, -1):
        of_kin = stop < len(message.tokens) and message.tokens[stop].text in language.names.kin
        if not of_kin and _is_whole(message, language, first, stop) and _stands_alone(message, language, first, stop):
            return Named(first, stop, first, first, WHOLE if stop - first > 1 else SINGLE)
    return None


def _longest(message: Message, language: Language, first: int) -> int:
    most = MOST_WORDS if message.is_cased else MOST_UNCASED_WORDS
    stop = first
    while stop < len(message.tokens) and stop - first < most and can_be_named(stop, message, language):
        stop += 1
        if message.tokens[stop - 1].ends_clause:
            break
    return stop


def _is_whole(message: Message, language: Language, first: int, stop: int) -> bool:
    """Whether the words make a name by themselves: first name and surname in the language's order."""
    names, texts = language.names, [token.text for token in message.tokens[first:stop]]
    titled = any(text in names.titles - names.given for text in texts)
    texts = [text for text in texts if text not in names.titles - names.given]
    if not texts:
        return False
    given = texts[-1] if names.given_last else texts[0]
    if given in names.given:
        return cut_to_given(first, stop, message, language) == (first, stop)
    several = len(texts) > 1 or titled
    caseless = message.tokens[first].raw.upper() == message.tokens[first].raw.lower()
    apart = several and _is_own_clause(message, first, stop)
    return ((message.is_cased or caseless) and apart) or (
        message.is_cased and _is_introduced(message, language, first, stop)
    )


def _is_own_clause(message: Message, first: int, stop: int) -> bool:
    return (first == 0 or message.tokens[first - 1].ends_clause) and message.tokens[stop - 1].ends_clause


def _is_introduced(message: Message, language: Language, first: int, stop: int) -> bool:
    """Whether a name begins a clause and only a company or a calling follows: "Hello, Edith Summers solicitor."."""
    if stop >= len(message.tokens) or (message.is_cased and first and not message.tokens[first - 1].ends_clause):
        return False
    after = message.tokens[stop]
    stop += after.text in language.names.stop and not message.begins(language.names.company[0].pattern, stop)
    return message.begins(language.names.company[0].pattern, stop) or (after.ends_clause and after.raw.islower())


def _stands_alone(message: Message, language: Language, first: int, stop: int) -> bool:
    """Whether this is a place where a caller says who they are."""
    greeted = first <= GREETING_WORDS and all(t.text in language.names.stop for t in message.tokens[:first])
    holds_given = any(t.text in language.names.given for t in message.tokens[first:stop])
    begins = stop - first > 1 and holds_given and (first == 0 or message.tokens[first - 1].ends_clause)
    introduced = (greeted or begins) and _is_introduced(message, language, first, stop)
    if message.is_cased:
        usual = stop - first > 1 and holds_given
        if not _is_own_clause(message, first, stop):
            return introduced
        return usual or greeted or stop == len(message.tokens) or _number_at(message, language, first - 1, stop)
    if stop == len(message.tokens) or _number_at(message, language, first - 1, stop):
        return True
    if any(m.first == stop for wording in (language.phone.cue, language.reason.aside) for m in message.find(wording)):
        return stop - first > 1
    return introduced or (greeted and stop - first > 1)


def _number_at(message: Message, language: Language, *places: int) -> bool:
    """Whether a number stands at one of the tokens, or the word for a plus sign."""
    for at in places:
        if not 0 <= at < len(message.tokens):
            continue
        atom = atom_of(message.tokens[at], at, numbers=language.numbers)
        if (atom is not None and atom.kind is not Kind.AND) or message.tokens[at].text in language.numbers.plus:
            return True
    return False
