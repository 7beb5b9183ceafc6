"""Reads the keys of one mapping with their types; every fault becomes a problem with its line."""

import math
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from voiceops.analysis.keyword_set_report import Path, Report, did_you_mean
from voiceops.analysis.keyword_set_yaml import Broken, Entries, Items, Node, Scalar, ScalarKind

Choice = TypeVar("Choice", bound=StrEnum)

TEXT_LIMIT = 500
"""Characters of one wording or title; nobody says more in one breath."""

LIST_LIMIT = 200
"""Entries of one list; a rule or keyphrase with more is no longer one idea."""

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_DIGITS_LIMIT = 9


def is_id(text: str) -> bool:
    """Whether a text may be an id: lowercase letters a to z, digits, single hyphens between."""
    return len(text) <= TEXT_LIMIT and _ID.match(text) is not None


def describe(node: Node) -> str:
    """What stands there, for the end of "must be text, not …"."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Entries):
        return "a mapping of keys"
    if isinstance(node, Broken) or node.kind is ScalarKind.NOTHING:
        return "empty"
    if node.kind is ScalarKind.FLAG:
        return f"`{node.text}`, which YAML reads as yes or no"
    if node.kind is ScalarKind.TEXT:
        return f'the text "{_shortened(node.text)}"'
    kind = "a date" if node.kind is ScalarKind.DATE else "a number"
    return f"`{_shortened(node.text)}`, which YAML reads as {kind}"


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - as much as a sentence bears


class Fields:
    """One mapping of the document.

    Getters return None (or an empty tuple) where the key is absent or its value is not usable;
    the latter is reported. `has` tells the two apart.
    """

    def __init__(self, node: Node, path: Path, *, of: str, keys: Sequence[str], report: Report) -> None:
        """`of` names the mapping in sentences: "a rule". Reports every key not among `keys`."""
        self.path = path
        self.line = node.line
        self.of = of
        self._keys = keys
        self._report = report
        self._entries = node.entries if isinstance(node, Entries) else {}
        report.lines[path] = node.line
        if isinstance(node, Items | Scalar):
            wanted = ", ".join(f"`{key}`" for key in keys)
            report.add(node.line, f"{_upper(of)} must have the keys {wanted}; here is {describe(node)}.")
        for name, entry in self._entries.items():
            report.lines[(*path, name)] = entry.key.line
            if name not in keys:
                shown = f"`{_shortened(name)}`" if name else "An empty name"
                report.add(entry.key.line, f"{shown} is not a key of {of}; {did_you_mean(name, keys)}")

    def has(self, key: str) -> bool:
        """Whether the key was written, usable or not."""
        return key in self._entries

    def require(self, key: str, advice: str) -> None:
        """Report a missing key; `advice` says what to write."""
        if not self.has(key) and (self._entries or self.path == ()):
            self._report.add(self.line, f"{_upper(self.of)} needs the key `{key}`; {advice}")

    def node(self, key: str) -> Node | None:
        """The value as it stands."""
        entry = self._entries.get(key)
        return entry.value if entry else None

    def text(self, key: str) -> str | None:
        """Text with something in it; line breaks inside become spaces."""
        node = self.node(key)
        return None if node is None else self._text_of(node, f"`{key}`")

    def identifier(self, key: str) -> str | None:
        """An id. Text with other characters is reported and still returned, so that names resolve."""
        found = self.text(key)
        if found is not None and not is_id(found):
            self._fault(
                key, f"`{key}` must be lowercase letters a to z, digits and hyphens, such as `{_as_id(found)}`."
            )
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; each gets its own line."""
        node = self.node(key)
        if node is None or isinstance(node, Broken):
            return ()
        if not isinstance(node, Items):
            example = _shortened(node.text) if isinstance(node, Scalar) and node.text else "…"
            self._fault(key, f"`{key}` must be a list, not {describe(node)}; write [{example}].")
            return ()
        if len(node.items) > LIST_LIMIT:
            self._fault(key, f"`{key}` has {len(node.items)} entries; at most {LIST_LIMIT} are read, split it.")
            return ()
        return tuple(self._texts_of(node, key))

    def _texts_of(self, node: Items, key: str) -> Iterator[str]:
        for position, item in enumerate(node.items):
            self._report.lines[(*self.path, key, position)] = item.line
            text = self._text_of(item, f"Each entry of `{key}`")
            yield text or ""

    def choice(self, key: str, choices: type[Choice], default: Choice) -> Choice:
        """One of an enum's values."""
        found = self.text(key)
        if found is None:
            return default
        if found in set(choices):
            return choices(found)
        self._fault(key, f"`{key}` cannot be `{_shortened(found)}`; {did_you_mean(found, list(choices))}")
        return default

    def whole(self, key: str) -> int | None:
        """A whole number of at least 1."""
        node = self.node(key)
        if node is None or isinstance(node, Broken):
            return None
        if isinstance(node, Scalar) and node.kind is ScalarKind.WHOLE and _WHOLE.match(node.text):
            if len(node.text) <= _DIGITS_LIMIT and int(node.text) >= 1:
                return int(node.text)
            self._fault(
                key, f"`{key}` must be at least 1 and have at most {_DIGITS_LIMIT} digits, not {node.text[:12]}."
            )
            return None
        self._fault(key, f"`{key}` must be a whole number such as 1, without quotes, not {describe(node)}.")
        return None

    def number(self, key: str, *, above: float | None = None, up_to: float = math.inf) -> float | None:
        """A number of at least 0, or more than `above` where that is given, up to `up_to`."""
        node = self.node(key)
        if node is None or isinstance(node, Broken):
            return None
        if not isinstance(node, Scalar) or not _is_plain_number(node):
            self._fault(key, f"`{key}` must be a plain number such as 30 or 2.5, not {describe(node)}.")
            return None
        value = float(node.text)
        if value < 0 or (above is not None and value <= above) or value > up_to:
            least = "at least 0" if above is None else f"more than {above:g}"
            most = "" if math.isinf(up_to) else f" and at most {up_to:g}"
            self._fault(key, f"`{key}` must be {least}{most}, not {_shortened(node.text)}.")
            return None
        return value

    def flag(self, key: str) -> bool:
        """True or false; False where absent."""
        node = self.node(key)
        if node is None or isinstance(node, Broken):
            return False
        if isinstance(node, Scalar) and node.kind is ScalarKind.FLAG:
            return node.text.lower() in {"true", "yes", "on"}
        self._fault(key, f"`{key}` must be true or false, without quotes, not {describe(node)}.")
        return False

    def _fault(self, key: str, sentence: str) -> None:
        entry = self._entries[key]
        self._report.add(entry.value.line if isinstance(entry.value, Scalar) else entry.key.line, sentence)

    def _text_of(self, node: Node, what: str) -> str | None:
        if isinstance(node, Broken):
            return None
        sentence = _text_fault(node, what)
        if sentence is None and isinstance(node, Scalar):
            return " ".join(node.text.split())
        self._report.add(node.line, str(sentence))
        return None


def _text_fault(node: Node, what: str) -> str | None:
    if isinstance(node, Entries):
        return f"{what} must be text, not a mapping; put text with a colon or a slot in quotes."
    if not isinstance(node, Scalar):
        return f"{what} must be text, not a list; write one text."
    if node.kind is ScalarKind.NOTHING or not node.text.strip():
        return f"{what} must be text and is empty; write the text or remove it."
    if node.kind is not ScalarKind.TEXT:
        return f'{what} must be text, not {describe(node)}; write it in quotes: "{_shortened(node.text)}".'
    if len(node.text) > TEXT_LIMIT:
        return f"{what} may have {TEXT_LIMIT} characters and has {len(node.text)}; write it shorter."
    return None


def _is_plain_number(node: Scalar) -> bool:
    is_number = node.kind in {ScalarKind.WHOLE, ScalarKind.NUMBER}
    return is_number and len(node.text) <= 2 * _DIGITS_LIMIT and _NUMBER.match(node.text) is not None


def _as_id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40] or "recording-notice"


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
