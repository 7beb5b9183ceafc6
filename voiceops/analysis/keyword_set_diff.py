"""Says what changed from one version of a keyword set to another: rules, keyphrases, and what is said of the set."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from voiceops.domain.keyword_set import Keyphrase, KeywordSet, Rule


class Change(StrEnum):
    """What became of a rule or a keyphrase."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One field in both versions, in plain values."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """One place that differs: `part` is "set", "rule" or "keyphrase"; `fields` only where it changed."""

    part: str
    id: str
    change: Change
    fields: tuple[FieldChange, ...] = ()


def diff_keyword_sets(before: KeywordSet, after: KeywordSet) -> tuple[Difference, ...]:
    """Every difference, what is said of the set first; the version itself is none."""
    about = _fields(before, after, but={"id", "version", "keyphrases", "rules"})
    whole = (Difference("set", after.id, Change.CHANGED, about),) if about else ()
    rules = _parts("rule", {one.id: one for one in before.rules}, {one.id: one for one in after.rules})
    return (*whole, *rules, *_parts("keyphrase", before.keyphrases, after.keyphrases))


def _parts(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name in dict.fromkeys((*after, *before)):
        if name not in before:
            yield Difference(part, name, Change.ADDED)
        elif name not in after:
            yield Difference(part, name, Change.REMOVED)
        elif changed := _fields(before[name], after[name], but={"id"}):
            yield Difference(part, name, Change.CHANGED, changed)


def _fields(
    before: KeywordSet | Rule | Keyphrase, after: KeywordSet | Rule | Keyphrase, *, but: set[str]
) -> tuple[FieldChange, ...]:
    names = [field.name for field in fields(before) if field.name not in but]
    if all(getattr(before, name) == getattr(after, name) for name in names):
        return ()
    plain_before, plain_after = asdict(before), asdict(after)
    return tuple(
        FieldChange(name, plain_before[name], plain_after[name])
        for name in names
        if getattr(before, name) != getattr(after, name)
    )
