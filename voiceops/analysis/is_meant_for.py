"""Which keyword sets a call is held against."""

from collections.abc import Sequence

from voiceops.domain.keyword_set import KeywordSet


def is_meant_for(keyword_set: KeywordSet, *, named: Sequence[str], language: str | None) -> bool:
    """Whether a call in this language is evaluated with the set.

    `named` are the sets that the call's queue names: where there are any they alone count, else
    every set of the call's language does.
    """
    return keyword_set.id in named if named else keyword_set.language == language
