"""The company a caller speaks for: said right after their name, or announced."""

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message
from voiceops.analysis.facts.named import Named, as_name
from voiceops.domain.caller_facts import Fact

MOST_WORDS = 5
MOST_UNCASED_WORDS = 3
# How far after the caller's name "from …" still says where they are from.
REACH = 3


def find_company(message: Message, language: Language, *, caller: Named | None) -> Fact[str] | None:
    """The company, or None. The first cue of the language counts only right after the caller's name."""
    beside_name, *announced = language.names.company
    for cue in (beside_name, *announced):
        for found in message.find(cue.pattern):
            near = caller is not None and 0 <= found.first - caller.stop < REACH
            if cue is beside_name and not near:
                continue
            first, stop = _company_at(message, language, found.stop)
            if stop > first:
                tokens = message.tokens[first:stop]
                value = language.names.company_bare(as_name(tokens))
                if not value:
                    continue
                return Fact(value, message.spoken(first, stop), cue.strength, tokens[0].start, tokens[-1].end)
    return None


def _company_at(message: Message, language: Language, at: int) -> tuple[int, int]:
    tokens, stop = message.tokens, at
    most = MOST_WORDS if message.is_cased else MOST_UNCASED_WORDS
    while stop < len(tokens) and stop - at < most:
        token = tokens[stop]
        joins = token.text in language.numbers.and_words and stop > at and stop + 1 < len(tokens)
        named = _can_be_company(message, language, stop)
        if not named and not (joins and _can_be_company(message, language, stop + 1)):
            break
        stop += 1
        if token.ends_clause and not token.after.startswith(" &"):
            break
    return at, stop


def _can_be_company(message: Message, language: Language, at: int) -> bool:
    token = message.tokens[at]
    if message.is_cased:
        # A hyphen joins an ending to a name: "Kft.-től".
        return token.before.endswith("-") or (
            token.raw[0].isupper() and token.raw != "I" and not token.text.startswith("i'")
        )
    return token.text not in language.common and token.text.isalpha()
