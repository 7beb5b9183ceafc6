"""Collects what is wrong in a keyword set, with lines, and suggests what may have been meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from rapidfuzz import process

from voiceops.errors import Problem

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in the document: ("rules", 2, "window", "after")."""

PROBLEMS_SHOWN = 200
"""Nobody reads more; further ones are counted."""

_SUGGESTION_CUTOFF = 60
_CHOICES_SHOWN = 20


@dataclass
class Report:
    """Collects problems, and the line of every place that was read."""

    problems: list[Problem] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)

    def add(self, line: int | None, sentence: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(line, sentence))

    def add_at(self, path: Path, sentence: str) -> None:
        """Note a problem at a place, or at the nearest place around it that has a line."""
        while path and path not in self.lines:
            path = path[:-1]
        self.problems.append(Problem(self.lines.get(path), sentence))


def did_you_mean(wrong: str, choices: Sequence[str]) -> str:
    """The end of a sentence: the most similar choice, or else all of them."""
    found = process.extractOne(wrong.lower(), choices, score_cutoff=_SUGGESTION_CUTOFF)
    if found:
        return f"did you mean `{found[0]}`?"
    shown = ", ".join(f"`{choice}`" for choice in choices[:_CHOICES_SHOWN])
    more = " …" if len(choices) > _CHOICES_SHOWN else ""
    return f"write one of {shown}{more}." if choices else "there is none."
