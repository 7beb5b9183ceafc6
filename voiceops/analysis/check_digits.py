"""Check digits of the numbers that states give to people. A card's is not asked for: one digit may be heard wrong."""

from collections.abc import Callable

_SSN, _TAJ, _TAX, _PERSONAL, _NATIONAL = 9, 9, 10, 11, 10


def is_id(digits: str) -> bool:
    """Whether it can be a person's number in Hungary, Iran or the United States."""
    return any(check(digits) for check in _CHECKS)


def is_taj(digits: str) -> bool:
    """Hungarian social security: nine digits, 3 and 7 in turn, modulo 10."""
    return _weighed(digits, (3, 7, 3, 7, 3, 7, 3, 7), 10) == digits[-1:] and len(digits) == _TAJ


def is_tax_number(digits: str) -> bool:
    """Hungarian tax identifier of a person: ten digits that begin with 8, weighed by their place, modulo 11."""
    right = digits[:1] == "8" and len(digits) == _TAX
    return right and _weighed(digits, range(1, 10), 11) == digits[-1:]


def is_personal_number(digits: str) -> bool:
    """Hungarian personal identifier: eleven digits with a date within; weighed up or down by its century."""
    right = len(digits) == _PERSONAL and digits[:1] in {"1", "2", "3", "4"} and _is_date(digits[3:5], digits[5:7])
    return right and digits[-1:] in {_weighed(digits, w, 11) for w in (range(1, 11), range(10, 0, -1))}


def is_national_code(digits: str) -> bool:
    """Iranian national code: ten digits, weighed from 10 down, modulo 11."""
    if len(digits) != _NATIONAL or len(set(digits)) == 1:
        return False
    rest = sum(int(one) * weight for one, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return int(digits[-1]) == (rest if rest < 2 else 11 - rest)  # noqa: PLR2004  as the code is defined


def is_social_security(digits: str) -> bool:
    """American social security: nine digits, no part of zeros, and not from an area that is not given."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    possible = len(digits) == _SSN and area not in {"000", "666"} and area[:1] != "9"
    return possible and group != "00" and serial != "0000"


def _weighed(digits: str, weights: "range | tuple[int, ...]", modulo: int) -> str:
    return str(sum(int(one) * weight for one, weight in zip(digits, weights, strict=False)) % modulo)


def _is_date(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31  # noqa: PLR2004  months and days


_CHECKS: tuple[Callable[[str], bool], ...] = (
    is_taj,
    is_tax_number,
    is_personal_number,
    is_national_code,
    is_social_security,
)
