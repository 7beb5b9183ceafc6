"""Reads a setting that may differ by queue and language: `turbo; */hu=large-v3; sales=small; sales/fa=medium`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from voiceops.errors import BadInput

T = TypeVar("T")

_WHERE = re.compile(r"(?P<queue>\*|[^/=;*\s][^/=;]*?)(?:/(?P<language>[a-z]{2,3}))?")
_ANYWHERE = "*"


@dataclass(frozen=True)
class Choices(Generic[T]):
    """What was chosen, by queue and language; None stands for any."""

    chosen: Mapping[tuple[str | None, str | None], T] = field(default_factory=dict)

    def of(self, queue: str | None, language: str | None = None) -> T | None:
        """What counts for a call: its queue and language together, else its queue, its language, what is for all."""
        spoken = language.lower()[:2] if language else None
        for where in ((queue, spoken), (queue, None), (None, spoken), (None, None)):
            if where in self.chosen:
                return self.chosen[where]
        return None


def read_choices(text: str, *, setting: str, read: Callable[[str], T]) -> Choices[T]:
    """The choices of a setting; "" makes none. Raises BadInput, naming the setting, for what cannot be read."""
    chosen: dict[tuple[str | None, str | None], T] = {}
    for entry in filter(None, (one.strip() for one in text.split(";"))):
        where, equals, value = entry.partition("=")
        found = _WHERE.fullmatch(where.strip() if equals else _ANYWHERE)
        key = (None if found["queue"] == _ANYWHERE else found["queue"], found["language"]) if found else None
        if key is None or key in chosen:
            raise BadInput(
                f"“{entry}” cannot be read, or says something twice.",
                record=setting,
                next_step="Write queue/language=value with semicolons between, * for any queue: turbo; */hu=large-v3.",
            )
        chosen[key] = read(value.strip() if equals else entry)
    return Choices(chosen)
