"""Reads what a telephone system writes into the names of its recordings, by a pattern of the operator's.

A pattern is either a name with placeholders (`{direction:in,q}-{dialled}-{date}-{time}-{*}`) or a regular expression
with groups of the same names (`in-(?P<dialled>[0-9]+)-.*`). Several are separated by ` || `; the first that fits
counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from voiceops.domain.recording import Direction, RecordingKind
from voiceops.errors import BadInput

SETTING = "VOICEOPS_FILENAME_PATTERN"

# What a placeholder stands for where the pattern does not say it by a regular expression.
_SHAPES = {
    "kind": r"call|voicemail",
    "direction": r"[A-Za-z]+",
    "queue": r"[A-Za-z0-9][A-Za-z0-9._@]*",
    "agent": r"[A-Za-z0-9][A-Za-z0-9._@]*",
    "customer": r"[0-9A-Za-z+#._@]+",
    "caller": r"\+?[0-9A-Za-z]+",
    "dialled": r"\+?[0-9A-Za-z*#]+",
    "language": r"[a-z]{2,3}",
    "date": r"\d{4}-?\d{2}-?\d{2}",
    "time": r"\d{2}[-:.]?\d{2}[-:.]?\d{2}",
    "epoch": r"\d{9,11}(?:\.\d+)?",
}
_LABEL = re.compile(r"label_[a-z0-9_]{1,40}")
_LABEL_SHAPE = r"[^-_]+"
_ANYTHING = "*"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FIELDS = {"agent": "agent_id", "caller": "caller_number", "dialled": "dialled_number"}
# Asterisk and FreePBX begin names with the kind of leg.
_DIRECTIONS = {
    **dict.fromkeys(("in", "inbound", "incoming", "external", "q", "rg"), Direction.INBOUND),
    **dict.fromkeys(("out", "outbound", "outgoing"), Direction.OUTBOUND),
    **dict.fromkeys(("internal", "int", "exten"), Direction.INTERNAL),
}
# Nothing that a name says is longer than the fields that take it.
_LONGEST = 64


@dataclass(frozen=True)
class NameFacts:
    """What a file's name says; the names are those of an upload, and None means that it does not say."""

    kind: RecordingKind | None = None
    direction: Direction | None = None
    started_at: datetime | None = None
    queue: str | None = None
    agent_id: str | None = None
    customer: str | None = None
    caller_number: str | None = None
    dialled_number: str | None = None
    language: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FileNames:
    """Checked patterns, and the zone of the clock that wrote the names. Without a pattern no name says a thing."""

    patterns: tuple[re.Pattern[str], ...] = ()
    time_zone: str = "UTC"

    def read(self, file_name: str) -> NameFacts:
        """What the name says, its ending left aside. A name that fits no pattern says nothing; none is an error."""
        stem = file_name.rpartition(".")[0] or file_name
        for pattern in self.patterns:
            if (match := pattern.fullmatch(stem)) is not None:
                found = {name: text for name, text in match.groupdict().items() if text and len(text) <= _LONGEST}
                return _facts(found, ZoneInfo(self.time_zone))
        return NameFacts()


def parse_file_names(text: str, *, time_zone: str = "UTC") -> FileNames:
    """The patterns of a setting. Raises BadInput that names the fault."""
    try:
        ZoneInfo(time_zone)
    except (LookupError, OSError, ValueError) as error:
        raise BadInput(
            "There is no such time zone.", record="VOICEOPS_FILENAME_TIME_ZONE", next_step="Use Europe/Budapest or UTC."
        ) from error
    patterns = [one.strip() for one in text.split("||") if one.strip()]
    return FileNames(tuple(_compiled(one) for one in patterns), time_zone)


def _compiled(text: str) -> re.Pattern[str]:
    try:
        pattern = re.compile(text if "(?P<" in text else _expression(text))
    except re.error as error:
        raise _bad(f"“{text}” is no pattern: {error}.") from error
    unknown = [name for name in pattern.groupindex if name not in _SHAPES and not _LABEL.fullmatch(name)]
    if unknown:
        raise _bad(f"“{text}” names {', '.join(unknown)}, which a recording does not have.")
    if not pattern.groupindex:
        raise _bad(f"“{text}” has no placeholder, so no name would say anything.")
    return pattern


def _expression(text: str) -> str:
    literals = _PLACEHOLDER.split(text)
    return "".join(re.escape(part) if place % 2 == 0 else _group(part) for place, part in enumerate(literals))


def _group(placeholder: str) -> str:
    if placeholder == _ANYTHING:
        return ".*?"
    name, _, choice = placeholder.partition(":")
    shape = "|".join(map(re.escape, choice.split(","))) if choice else _SHAPES.get(name, _LABEL_SHAPE)
    if name not in _SHAPES and not _LABEL.fullmatch(name):
        raise _bad(f"{{{name}}} is no placeholder.")
    return f"(?P<{name}>{shape})"


def _facts(found: Mapping[str, str], zone: ZoneInfo) -> NameFacts:
    plain = ("queue", "agent", "customer", "caller", "dialled", "language")
    values: dict[str, Any] = {_FIELDS.get(name, name): found[name] for name in plain if _fits(name, found.get(name))}
    kind, direction = found.get("kind", "").lower(), found.get("direction", "").lower()
    return NameFacts(
        kind=RecordingKind(kind) if kind in set(RecordingKind) else None,
        direction=_DIRECTIONS.get(direction),
        started_at=_started_at(found, zone),
        labels={name.removeprefix("label_"): text for name, text in found.items() if _is_label(name, text)},
        **values,
    )


def _fits(name: str, text: str | None) -> bool:
    """A group of a regular expression may let through more than the field takes."""
    return text is not None and re.fullmatch(_SHAPES[name], text) is not None


def _is_label(name: str, text: str) -> bool:
    return name.startswith("label_") and text.isprintable() and bool(text.strip())


def _started_at(found: Mapping[str, str], zone: ZoneInfo) -> datetime | None:
    """The instant in UTC; None where the name says none, or one that no calendar has."""
    try:
        if "epoch" in found:
            return datetime.fromtimestamp(int(float(found["epoch"])), UTC)
        if "date" not in found:
            return None
        digits = re.sub(r"\D", "", found["date"] + found.get("time", "000000"))
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _bad(what: str) -> BadInput:
    known = ", ".join(f"{{{name}}}" for name in (*_SHAPES, "label_…", _ANYTHING))
    return BadInput(what, record=SETTING, next_step=f"Use {known}, or a regular expression with groups of these names.")
