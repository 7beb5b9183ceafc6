"""Numbers in one form, whether spoken in words or written in digits."""

# ruff: noqa: PLR2004 - ten, a hundred and a thousand are what they are

import re
from collections.abc import Sequence
from typing import Protocol

from voiceops.analysis.languages import Language

_TENS_ROOM = 10


class _Formed(Protocol):
    form: str


def value_of_digits(written: str) -> str:
    """Such as "2,500" and "2 500" become "2500"; "29.90" stays.

    The last mark followed by one or two digits is a decimal mark.
    """
    clean = written.strip(" .,:")
    decimal = re.match(r"^(.*\d)[.,](\d{1,2})$", clean)
    if decimal:
        whole = re.sub(r"\D", "", decimal[1])
        return f"{whole}.{decimal[2]}" if decimal[2].strip("0") else whole
    return re.sub(r"\D", "", clean)


def spell(tokens: Sequence[_Formed], start: int, language: Language) -> tuple[int, int]:
    """The value of the number words from `start`, and the index after the last of them.

    "twenty nine" is one number; "nine twenty" is two, and only the first is read.
    """
    total, group, limit, at = 0, 0, 10**12, start
    while at < len(tokens):
        form = tokens[at].form
        value = language.number(form) if not form[0].isdigit() else None
        if value is None and at > start and tokens[at - 1].form in language.number_links and limit == _TENS_ROOM:
            value = language.linked_numbers.get(form)
        if value is None:
            if _links(tokens, at, start, language, limit):
                at += 1
                continue
            break
        if value >= 1000 and value % 1000 == 0 and at > start:
            total, group, limit = total + max(group, 1) * value, 0, value
        elif value == 100 and 0 < group < 10:
            group, limit = group * 100, 100
        elif at == start or value < min(limit, 1000):
            group += value
            limit = _room(value)
        else:
            break
        at += 1
    return total + group, at


def _room(value: int) -> int:
    """Below which value another word may still be added: after "twenty" only units, after "five" none."""
    if value >= 100:
        return 100 if value < 1000 else 1000
    return _TENS_ROOM if value >= 20 and value % 10 == 0 else 0


def _links(tokens: Sequence[_Formed], at: int, start: int, language: Language, limit: int) -> bool:
    """Whether a linking word ("and") stands between two number words that fit together."""
    if at == start or tokens[at].form not in language.number_links or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1].form
    value = language.number(following) if not following[0].isdigit() else None
    if value is None and limit == _TENS_ROOM:
        value = language.linked_numbers.get(following)
    return value is not None and value < limit
