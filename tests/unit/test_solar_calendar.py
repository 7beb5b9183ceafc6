"""Dates of the Persian calendar."""

from datetime import date

import pytest

from voiceops.analysis.facts.solar_calendar import solar_day


@pytest.mark.parametrize(
    ("solar", "ours"),
    [
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1405, 2, 22), date(2026, 5, 12)),
        ((1399, 1, 1), date(2020, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1408, 12, 30), date(2030, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),
    ],
)
def test_solar_dates_are_days_of_our_calendar(solar: tuple[int, int, int], ours: date) -> None:
    assert solar_day(*solar) == ours


@pytest.mark.parametrize("solar", [(1404, 12, 30), (1405, 7, 31), (1405, 13, 1), (1405, 0, 1), (2026, 1, 1)])
def test_a_day_that_the_solar_calendar_lacks_is_refused(solar: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no day of the solar calendar"):
        solar_day(*solar)
