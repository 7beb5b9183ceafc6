"""The caller's time zone, as far as a telephone number, a clock or a country tells it."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import timezone


def caller_zone(numbers: tuple[str | None, ...], region: str, *, received_at: datetime | None) -> tzinfo:
    """The zone of the first number that has exactly one; else the offset `received_at` carries; else the
    region's, which for a country with several zones is the one of its example number.
    """
    for number in numbers:
        zones = _zones(number, region)
        if len(zones) == 1:
            return zones[0]
    offset = received_at.utcoffset() if received_at is not None else None
    if received_at is not None and received_at.tzinfo is not None and offset != timedelta(0):
        return received_at.tzinfo
    example = phonenumbers.example_number(region)
    zones = _known(timezone.time_zones_for_number(example)) if example else []
    return zones[0] if zones else UTC


def _zones(number: str | None, region: str) -> list[ZoneInfo]:
    if not number:
        return []
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return []
    return _known(timezone.time_zones_for_number(parsed)) if phonenumbers.is_valid_number(parsed) else []


def _known(names: tuple[str, ...]) -> list[ZoneInfo]:
    zones = []
    for name in names:
        try:
            zones.append(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return zones
