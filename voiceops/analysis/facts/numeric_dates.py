"""Dates written in digits ("5/12", "12.05.", "2026-05-12", "1405/02/25"), by the order of the caller's country."""

from collections.abc import Iterator
from dataclasses import dataclass

from voiceops.analysis.facts.message import Message, Token

# Countries that write the month first; whoever writes the year first writes the month before the day too.
MONTH_FIRST = frozenset({"US", "HU", "JP", "CN", "KR", "LT", "TW"})
# Countries that put a point after the day and the month.
WITH_POINTS = frozenset(
    {"DE", "AT", "CH", "HU", "CZ", "SK", "PL", "RO", "RU", "UA", "TR", "FI", "NO", "DK", "SE", "HR", "RS", "SI", "BG"}
)
DAY_AND_MONTH, WITH_YEAR = 2, 3
LAST_MONTH, LAST_DAY, YEAR_DIGITS, SHORT_YEAR_DIGITS = 12, 31, 4, 2
OUR_YEARS, SOLAR_YEARS = range(2000, 2100), range(1343, 1473)
CENTURY = 2000


@dataclass(frozen=True)
class NumericDate:
    """A date in tokens `first` to before `stop`; `year` is 0 where none was given."""

    first: int
    stop: int
    day: int
    month: int
    year: int = 0


def find_numeric_dates(message: Message, region: str) -> Iterator[NumericDate]:
    """All dates in digits, in order; telephone numbers with slashes or points are none."""
    at = 0
    while at < len(message.tokens):
        found = _at(message, at, region)
        if found is not None:
            yield found
        at = found.stop if found else at + 1


def _at(message: Message, at: int, region: str) -> NumericDate | None:
    parts, stop, mark = _parts(message, at)
    if len(parts) not in {DAY_AND_MONTH, WITH_YEAR} or _goes_on(message, at, stop):
        return None
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if (
        len(parts) == DAY_AND_MONTH
        and mark != "/"
        and not (mark == "." and _is_pointed(message.tokens[stop - 1], region))
    ):
        return None
    year_first = len(parts) == WITH_YEAR and len(parts[0]) == YEAR_DIGITS
    year = (parts.pop(0) if year_first else parts.pop()) if len(parts) == WITH_YEAR else ""
    if year and not _is_year(year, mark):
        return None
    one, two = (int(part) for part in parts)
    month_first = year_first or (region in MONTH_FIRST and (mark != "." or region in WITH_POINTS))
    month, day = (one, two) if month_first and one <= LAST_MONTH else (two, one)
    month, day = (day, month) if month > LAST_MONTH else (month, day)
    if not 1 <= month <= LAST_MONTH or not 1 <= day <= LAST_DAY:
        return None
    return NumericDate(at, stop, day, month, _whole(year))


def _is_year(year: str, mark: str) -> bool:
    if len(year) == SHORT_YEAR_DIGITS:
        return mark != "-"
    return len(year) == YEAR_DIGITS and (int(year) in OUR_YEARS or int(year) in SOLAR_YEARS)


def _whole(year: str) -> int:
    """A year with its century; 0 where none was given."""
    return CENTURY + int(year) if len(year) == SHORT_YEAR_DIGITS else int(year or 0)


def _parts(message: Message, at: int) -> tuple[list[str], int, str]:
    """The digits of a possible date from a token on, the token after it, and the sign between them."""
    tokens = message.tokens
    if "." in tokens[at].text:
        joined = at + 1 < len(tokens) and tokens[at + 1].before in {"/", "-"} and tokens[at + 1].text[0].isdigit()
        return ([] if joined else tokens[at].text.split("."), at + 1, ".")
    parts, stop, mark = [tokens[at].text], at + 1, ""
    while stop < len(tokens) and tokens[stop].text[0].isdigit():
        sign = tokens[stop].before.strip()
        if sign not in {"/", "-", "."} or (mark and sign != mark) or "\n" in tokens[stop].before:
            break
        mark = sign
        parts.append(tokens[stop].text)
        stop += 1
    return parts, stop, mark


def _goes_on(message: Message, first: int, stop: int) -> bool:
    """Whether more digits are joined to these: then they are a telephone number or a code."""
    before = message.tokens[first].before if first else " "
    after = message.tokens[stop] if stop < len(message.tokens) else None
    joined = after is not None and after.before in {"-", "/"} and after.text[0].isdigit()
    return joined or before in {"-", "/", "."} or before.endswith("+")


def _is_pointed(last: Token, region: str) -> bool:
    """Whether "14.05" is a date here and not the time of day 14:05."""
    return region in WITH_POINTS and (last.after.startswith((".", "-")) or region == "HU")
