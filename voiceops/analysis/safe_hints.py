"""Which names a recogniser may be told beforehand: never the wording that a rule listens for."""

from collections.abc import Iterable, Sequence

from voiceops.analysis.normalise import normalise
from voiceops.domain.keyword_set import KeywordSet


def safe_hints(hints: Sequence[str], keyword_sets: Iterable[KeywordSet]) -> tuple[str, ...]:
    """The hints without those that hold a wording of any rule, or are a part of one.

    What a recogniser is told it may say where nobody does, and a rule would take it for evidence.
    """
    wordings = [
        (_forms(variant, one.language), one.language)
        for one in keyword_sets
        for keyphrase in one.keyphrases.values()
        for variant in keyphrase.variants
    ]
    return tuple(hint for hint in hints if not any(_share(_forms(hint, code), forms) for forms, code in wordings))


def _forms(text: str, code: str) -> tuple[str, ...]:
    return tuple(token.form for token in normalise(text.split(), code))


def _share(hint: tuple[str, ...], wording: tuple[str, ...]) -> bool:
    """Whether one lies inside the other, word by word."""
    short, long = sorted((hint, wording), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
