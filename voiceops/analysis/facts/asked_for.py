"""The colleague a caller wants to be called by."""

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message
from voiceops.analysis.facts.named import Named, as_name, find_named
from voiceops.domain.caller_facts import Fact


def find_asked_for(message: Message, language: Language, *, caller: Named | None) -> Fact[str] | None:
    """The person asked for, titles included; None where nobody is, or only "somebody" or a department."""
    found = [
        named
        for named in find_named(message, language, cues=language.names.asked_for)
        if caller is None or named.stop <= caller.first or named.first >= caller.stop
    ]
    if not found:
        return None
    best = max(found, key=lambda named: (named.strength, -named.first))
    tokens = message.tokens[best.first : best.stop]
    value = best.cue.bare(as_name(tokens))
    return Fact(value, message.spoken(best.first, best.stop), best.strength, tokens[0].start, tokens[-1].end)
