"""The company a caller speaks for: said right after their name, or announced."""

from collections.abc import Sequence
from dataclasses import replace

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message, Token
from voiceops.analysis.facts.named import Named, as_name
from voiceops.analysis.facts.spoken_digits import Kind, atom_of
from voiceops.domain.caller_facts import Fact

MOST_WORDS = 5
MOST_UNCASED_WORDS = 3
# What is only named beside the caller may be something else.
NAMED_ONLY = 0.7
# How far after the caller's name "from …" still says where they are from.
REACH = 3


def find_company(message: Message, language: Language, *, caller: Named | None) -> Fact[str] | None:
    """The company, or None. The first cue of the language counts only right after the caller's name."""
    beside_name, *announced = language.names.company
    for cue in (beside_name, *announced):
        for found in message.find(cue.pattern):
            if cue is beside_name and not _is_beside(caller, found.first, message, language):
                continue
            first, stop = _company_at(message, language, found.stop)
            if stop > first and (cue.then is None or message.begins(cue.then, stop)):
                tokens = message.tokens[first:stop]
                value = language.names.company_bare(as_name(tokens))
                if not value or _is_no_company(message, language, first, stop):
                    continue
                return Fact(value, message.spoken(first, stop), cue.strength, tokens[0].start, tokens[-1].end)
    return None if caller is None else _beside_name(caller, message, language)


def _beside_name(caller: Named, message: Message, language: Language) -> Fact[str] | None:
    """A company that is named right after the caller without more: "Rupert Ashdown, Ashdown Joinery."."""
    follows = caller.stop < len(message.tokens) and message.tokens[caller.stop].text in language.common
    first = stop = caller.stop + follows
    while stop < len(message.tokens) and stop - first < MOST_WORDS and _can_be_company(message, language, stop):
        stop += 1
        kinds = [t.text in language.names.company_words for t in message.tokens[stop - 1 : stop + 1]]
        if message.tokens[stop - 1].ends_clause or kinds == [True, False]:
            break
    tokens = message.tokens[first:stop]
    apart = message.is_cased and message.tokens[first - 1].ends_clause and message.tokens[stop - 1].ends_clause
    if len(tokens) <= 1 or not _is_a_company(caller, tokens, message, language, apart=apart):
        return None
    names = language.names
    if any(len(t.text) == 1 or t.text in {*names.given, *names.titles, *names.letters} for t in tokens):
        return None
    return Fact(as_name(tokens), message.spoken(first, stop), NAMED_ONLY, tokens[0].start, tokens[-1].end)


def _is_a_company(caller: Named, words: Sequence[Token], message: Message, language: Language, *, apart: bool) -> bool:
    """Whether words after a name are a company's: by a word for its kind, the caller's surname in front in them, or
    capitals in a clause of its own.
    """
    names, texts = language.names, [token.text for token in words]
    surname = message.tokens[caller.first if names.given_last else caller.stop - 1].text
    kind = names.company_kind is not None and names.company_kind.fullmatch(texts[0]) is not None
    person = surname == texts[-1] and not names.given_last
    return kind or texts[-1] in names.company_words or ((apart or surname in texts) and not person)


def _is_beside(caller: Named | None, at: int, message: Message, language: Language) -> bool:
    """Whether nothing but a few words, or the spelling of the name, stands between the caller's name and a cue."""
    if caller is None or at < caller.stop:
        return False
    between = message.tokens[caller.stop : at]
    spelled = all(
        len(t.text) == 1 or t.text in {*language.numbers.repeats, *language.names.letters, "that's"} for t in between
    )
    return len(between) < REACH or spelled


def _company_at(message: Message, language: Language, at: int) -> tuple[int, int]:
    tokens, stop = message.tokens, at
    ending = language.names.company_end
    most = MOST_WORDS if message.is_cased or ending is not None else MOST_UNCASED_WORDS
    while stop < len(tokens) and stop - at < most:
        token = tokens[stop]
        if ending is not None and stop > at and message.begins(ending, stop):
            return at, stop + token.before.endswith("-")
        if (
            ending is not None
            and _can_be_company(message, language, stop)
            and token.text.endswith(language.names.company_endings)
        ):
            return at, stop + 1
        joins = (
            token.text in JOINING | language.names.also_last
            and stop + (token.text not in JOINING) > at
            and stop + 1 < len(tokens)
        )
        named = _can_be_company(message, language, stop)
        if ending is not None and not named and stop > at and message.begins(ending, stop + 1):
            return at, stop
        if not named and not (joins and _can_be_company(message, language, stop + 1)):
            break
        stop += 1
        if token.ends_clause and not token.after.startswith(" &"):
            break
        if ending is None and not message.is_cased and token.text in language.names.company_words:
            break
    return (at, stop) if ending is None else (at, at)


# Words inside a company's name.
JOINING = frozenset({"and", "es", "و"})


def _can_be_company(message: Message, language: Language, at: int) -> bool:
    token = message.tokens[at]
    bare = replace(token, text=language.names.company_bare(token.text))
    atom = atom_of(bare, at, numbers=language.numbers)
    if (token.text in language.numbers.plus and not token.raw[0].isupper()) or (
        atom is not None and atom.kind is not Kind.AND
    ):
        return False
    if message.is_cased:
        # A hyphen joins an ending to a name: "Kft.-től".
        return token.before.endswith("-") or (
            token.raw[0].isupper() and token.raw != "I" and not token.text.startswith("i'")
        )
    owner = token.text.endswith("'s") and token.text not in language.common
    verb = language.names.verb is not None and language.names.verb.fullmatch(token.text) is not None
    return owner or (token.text not in language.common and token.text.isalpha() and not verb)


def _is_no_company(message: Message, language: Language, first: int, stop: int) -> bool:
    """Whether one word says only what kind of place it is ("from the school"), or names a town or country."""
    if stop - first > 1:
        return False
    article = bool(first) and message.tokens[first - 1].text in {"the", "a", "az"}
    small = not message.tokens[first].raw[0].isupper()
    text = message.tokens[first].text
    return text in language.names.places | language.names.given or (small and (article or text in language.names.stop))
