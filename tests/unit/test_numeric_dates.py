"""Dates in digits, heard on Tuesday 12 May 2026 at 10:20 in the caller's zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from voiceops.analysis.caller_facts import caller_facts
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance

ZONES = {"US": "America/New_York", "GB": "Europe/London", "DE": "Europe/Berlin", "HU": "Europe/Budapest"}


def wanted(text: str, language: str = "en", region: str = "US") -> str | None:
    received = datetime(2026, 5, 12, 10, 20, tzinfo=ZoneInfo(ZONES.get(region, "Asia/Tehran")))
    transcript = Transcript(language, 9, (Utterance(Party.CALLER, 0, 9, text),))
    fact = caller_facts(transcript, region=region, received_at=received).wanted_at
    return None if fact is None or fact.value is None else f"{fact.value:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "language", "region", "expected"),
    [
        ("call me on 5/21", "en", "US", "2026-05-21 09:00"),
        ("call me on 21/5 at 10:30", "en", "GB", "2026-05-21 10:30"),
        ("call me on 05/21/2026 at 3 pm", "en", "US", "2026-05-21 15:00"),
        ("call me on 13/05", "en", "US", "2026-05-13 09:00"),
        ("call me on 2026-05-18 at 10:30?", "en", "US", "2026-05-18 10:30"),
        ("call me on 14.05. at 15:30 please", "en", "DE", "2026-05-14 15:30"),
        ("hívjanak 05.15-én délelőtt tizenegykor", "hu", "HU", "2026-05-15 11:00"),
        ("hívjanak 2026.05.15 délután", "hu", "HU", "2026-05-15 14:00"),
        ("۱۴/۵ ساعت ۱۰ زنگ بزنید", "fa", "IR", "2026-05-14 10:00"),
        ("۱۴۰۵/۰۲/۲۵ زنگ بزنید", "fa", "IR", "2026-05-15 09:00"),
        ("۲۶/۲ زنگ بزنید", "fa", "IR", "2026-05-16 09:00"),
    ],
)
def test_dates_in_digits_are_read_in_the_countrys_order(text: str, language: str, region: str, expected: str) -> None:
    assert wanted(text, language, region) == expected


@pytest.mark.parametrize("text", ["call me at 3.30", "call me at 11.45 please"])
def test_a_point_between_hour_and_minute_makes_no_date(text: str) -> None:
    assert (wanted(text) or "").startswith("2026-05-12")


@pytest.mark.parametrize(
    ("text", "language", "region", "number"),
    [
        ("A számom 06/30/123-4567.", "hu", "HU", "+36301234567"),
        ("My number is 212-555-0122.", "en", "US", "+12125550122"),
        ("call me on 5/21 at 212 555 0122", "en", "US", "+12125550122"),
        ("call me back on 2026-05-18, 718-555-0199 is the number", "en", "US", "+17185550199"),
    ],
)
def test_dates_and_telephone_numbers_are_told_apart(text: str, language: str, region: str, number: str) -> None:
    transcript = Transcript(language, 9, (Utterance(Party.CALLER, 0, 9, text),))
    fact = caller_facts(transcript, region=region).callback_number
    assert fact is not None
    assert fact.value == number


def test_a_date_whose_order_is_a_guess_is_less_sure() -> None:
    transcript = Transcript("en", 9, (Utterance(Party.CALLER, 0, 9, "call me on 5/6"),))
    fact = caller_facts(transcript, received_at=datetime(2026, 5, 1, tzinfo=ZoneInfo("America/New_York"))).wanted_at
    assert fact is not None
    assert fact.confidence < 0.7
