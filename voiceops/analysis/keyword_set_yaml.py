"""Reads YAML text into a small tree that knows its lines; it refuses what a keyword set never needs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import yaml

from voiceops.errors import Problem

SIZE_LIMIT = 512 * 1024
"""Characters. Two hundred rules with ten wordings each are about a quarter of this."""

_DEPTH_LIMIT = 12
"""A keyword set is five deep; anything far beyond it is an attack or an accident."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML refuses; found beforehand, since the parser does not tell their line."""

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_SLOT = re.compile(r"\{\s*(number|name|date|any)\b")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()


class ScalarKind(StrEnum):
    """What YAML takes a single value for; quoted values are always text."""

    TEXT = "str"
    WHOLE = "int"
    NUMBER = "float"
    FLAG = "bool"
    NOTHING = "null"
    DATE = "timestamp"


@dataclass(frozen=True)
class Scalar:
    """A single value, as written."""

    line: int
    text: str
    kind: ScalarKind


@dataclass(frozen=True)
class Items:
    """A list."""

    line: int
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True)
class Entries:
    """A mapping, in the order it was written."""

    line: int
    entries: Mapping[str, Entry]


@dataclass(frozen=True)
class Broken:
    """A place whose fault is reported already; readers pass over it."""

    line: int


Node: TypeAlias = Scalar | Items | Entries | Broken


class _StopReadingError(Exception):
    """Nothing after this place can be understood."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def parse_yaml(text: str) -> tuple[Node | None, list[Problem]]:
    """The tree of the one document in `text`, and what is wrong with it as YAML.

    The tree is None where the text could not be understood at all. Aliases, tags and duplicate
    keys are problems: a keyword set has no use for them, and a few bytes of aliases can stand
    for gigabytes. Never raises.
    """
    text = text.removeprefix("\ufeff")
    if fault := _fault_before_parsing(text):
        return None, [fault]
    builder = _TreeBuilder(text)
    try:
        return builder.build(), builder.problems
    except _StopReadingError as stop:
        return None, [*builder.problems, stop.problem]
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax_problem(error, text)]


def _fault_before_parsing(text: str) -> Problem | None:
    if len(text) > SIZE_LIMIT:
        return Problem(
            None,
            f"The text has {len(text):,} characters and at most {SIZE_LIMIT:,} are read; split it into several sets.",
        )
    if found := _UNPRINTABLE.search(text):
        line = len(_BREAK.findall(text, 0, found.start())) + 1
        return Problem(
            line, f"The character U+{ord(found.group()):04X} cannot stand in a text file; save the file as UTF-8 text."
        )
    return None


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or "it cannot be understood"
    line = mark.line + 1 if mark else None
    written = _BREAK.split(text)[line - 1 : line] if line else []
    if written and _SLOT.search(written[0]):
        hint = 'Put a wording with a slot in quotes: "it costs {number} a month".'
    else:
        hint = "Look at the indentation, at colons inside text (put such text in quotes) and at unclosed brackets."
    return Problem(line, f"This is not YAML: {reason}. {hint}")


class _TreeBuilder:
    """Turns parser events into a tree; recursion is bounded by the depth limit."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def build(self) -> Node:
        """The first document's root; a second document is a problem."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    sentence = "A second document begins here; keep one keyword set per file and remove the `---`."
                    raise _StopReadingError(Problem(_line(event), sentence))
                root = self._node(next(self._events), depth=0)
        return Scalar(1, "", ScalarKind.NOTHING) if root is None else root

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        line = _line(event)
        if depth > _DEPTH_LIMIT:
            raise _StopReadingError(Problem(line, "This is nested too deeply; a keyword set is five levels deep."))
        if isinstance(event, yaml.AliasEvent):
            self._report(line, f"Aliases such as `*{event.anchor}` are not used here; write the text again.")
            return Broken(line)
        node = self._contents(event, line=line, depth=depth)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._report(line, "Tags that begin with `!` are not used here; remove it, and put text in quotes.")
            return Broken(line)
        return node

    def _contents(self, event: yaml.Event, *, line: int, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value, _kind(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(line, tuple(self._node(inner, depth=depth + 1) for inner in self._until_end()))
        return Entries(line, self._entries(depth=depth + 1))

    def _until_end(self) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield event

    def _entries(self, *, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for event in self._until_end():
            key = self._node(event, depth=depth)
            value = self._node(next(self._events), depth=depth)
            if not isinstance(key, Scalar):
                if not isinstance(key, Broken):
                    self._report(
                        key.line, "A key must be one word, not a list or a mapping; put text with { } in quotes."
                    )
            elif key.text in entries:
                first = entries[key.text].key.line
                self._report(key.line, f"`{key.text}` stands here a second time; keep one of this and line {first}.")
            else:
                entries[key.text] = Entry(key, value)
        return entries

    def _report(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(line, sentence))


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def _kind(event: yaml.ScalarEvent) -> ScalarKind:
    if not event.implicit[0]:
        return ScalarKind.TEXT
    tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call] # no stub
    name = str(tag).rpartition(":")[2]
    return ScalarKind(name) if name in set(ScalarKind) else ScalarKind.TEXT
