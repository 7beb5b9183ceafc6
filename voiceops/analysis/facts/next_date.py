"""The next day that a spoken or written date can mean."""

from collections.abc import Iterator
from datetime import date

from voiceops.analysis.facts.solar_calendar import OFFSET, solar_day
from voiceops.analysis.facts.time_words import TimeWord

# A date in digits that would be farther away than this is tried with day and month changed over, or in the other
# calendar: callers ask for days that are near.
FAR_DAYS, NEAR_DAYS = 120, 45
YEARS_AHEAD = 9


def next_date(word: TimeWord, today: date) -> date:
    """The first such day that is not past; today where there is none."""
    best = min(_days(word, today, solar=word.solar), default=today)
    if not word.unsure or (best - today).days <= FAR_DAYS:
        return best
    changed = TimeWord(word.kind, word.first, word.stop, word.month, month=word.value)
    others = [*_days(changed, today, solar=False), *_days(word, today, solar=True)]
    return min([day for day in others if (day - today).days <= NEAR_DAYS], default=best)


def _days(word: TimeWord, today: date, *, solar: bool) -> Iterator[date]:
    """The days from today on that a date can be, of the years that come into question."""
    first = today.year - OFFSET - 1 if solar else today.year
    for year in [word.year] if word.year else range(first, first + YEARS_AHEAD):
        for month in [word.month] if word.month else range(1, 13):
            try:
                day = solar_day(year, month, word.value) if solar else date(year, month, word.value)
            except ValueError:
                continue
            if day >= today:
                yield day
