"""Keyword sets: keyphrases to listen for, and rules about who must say them, and when.

The form of the file they are written in is documented in keyword_sets/README.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Expectation(StrEnum):
    """What a rule wants: the wording said, never said, or only counted."""

    REQUIRED = "required"
    FORBIDDEN = "forbidden"
    MENTION = "mention"


class RuleParty(StrEnum):
    """Whose words count for a rule."""

    AGENT = "agent"
    CUSTOMER = "customer"
    ANY = "any"


class Strictness(StrEnum):
    """How much a wording may differ from its variant and still count."""

    EXACT = "exact"
    STRICT = "strict"
    NORMAL = "normal"
    LOOSE = "loose"


@dataclass(frozen=True)
class Keyphrase:
    """A wording to listen for. `never` lists wordings that look alike and mean something else."""

    id: str
    variants: tuple[str, ...]
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """Where in the call a wording counts. Seconds from the beginning, or from the end for `last_*`.

    Percentages are of the call's duration. `after` and `before` name another rule: only words
    said after (before) that rule's own evidence count.
    """

    first_seconds: float | None = None
    last_seconds: float | None = None
    from_second: float | None = None
    to_second: float | None = None
    first_percent: float | None = None
    last_percent: float | None = None
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True)
class Near:
    """Another keyphrase that must be heard within so many seconds of the evidence."""

    keyphrase: str
    within_seconds: float


@dataclass(frozen=True)
class AppliesIf:
    """When a rule applies at all; every condition given must hold."""

    mentioned: str | None = None
    queues: tuple[str, ...] = ()
    min_seconds: float | None = None


@dataclass(frozen=True)
class Examples:
    """Sentences a rule's wording must find, and sentences it must not."""

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A condition on keyphrases. `any_of`, `all_of`, `none_of` hold keyphrase ids."""

    id: str
    title: str
    expect: Expectation
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    party: RuleParty = RuleParty.ANY
    window: Window = field(default_factory=Window)
    near: Near | None = None
    strictness: Strictness = Strictness.NORMAL
    at_least: int = 1
    applies_if: AppliesIf = field(default_factory=AppliesIf)
    weight: float = 1.0
    fatal: bool = False
    examples: Examples = field(default_factory=Examples)


@dataclass(frozen=True)
class KeywordSet:
    """A versioned file of keyphrases and rules with one purpose and one language."""

    id: str
    version: int
    title: str
    language: str
    owner: str
    reason: str
    keyphrases: Mapping[str, Keyphrase]
    rules: tuple[Rule, ...]
