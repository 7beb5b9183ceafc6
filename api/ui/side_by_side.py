"""Two versions of a keyword set side by side: each field that differs as lines, with what is gone and what is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voiceops.analysis.keyword_set_diff import Difference, diff_keyword_sets
from voiceops.domain.keyword_set import KeywordSet


@dataclass(frozen=True)
class Side:
    """One line of a field; `differs` where the other side has no such line."""

    text: str
    differs: bool


@dataclass(frozen=True)
class FieldSides:
    """A field on both sides."""

    name: str
    before: Sequence[Side]
    after: Sequence[Side]


@dataclass(frozen=True)
class ShownDifference:
    """A rule, a keyphrase or the set itself, with its fields on both sides."""

    difference: Difference
    title: str
    fields: Sequence[FieldSides]


def side_by_side(old: KeywordSet, new: KeywordSet) -> list[ShownDifference]:
    """Every difference in the order of the new version."""
    titles = {rule.id: rule.title for rule in (*old.rules, *new.rules)}
    return [
        ShownDifference(one, titles.get(one.id, "") if one.part == "rule" else "", list(_fields(one)))
        for one in diff_keyword_sets(old, new)
    ]


def _fields(difference: Difference) -> Iterator[FieldSides]:
    for field in difference.fields:
        before, after = list(_lines(field.before)), list(_lines(field.after))
        yield FieldSides(
            field.name, [Side(one, one not in after) for one in before], [Side(one, one not in before) for one in after]
        )


def _lines(value: Any, name: str = "") -> Iterator[str]:
    """A value as people read it: one line for each entry, what is empty left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(inner, f"{key}: ")
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _lines(inner, name)
    elif value is not None:
        yield f"{name}{value.value if isinstance(value, StrEnum) else value}"
