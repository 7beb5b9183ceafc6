"""Which instant a wish for a call means: its day and its hour, counted from when the message was left."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voiceops.analysis.facts.next_date import next_date
from voiceops.analysis.facts.time_words import Kind, TimeWord

OPENING_HOUR = 9
CLOSING_HOUR = 17
NOON = 12 * 60
# A lone hour before this one is after noon: nobody means 7 in the morning without saying so.
FIRST_WORKING_HOUR = 8
# The part of a day lasts until this hour, by the hour it stands for.
PART_ENDS = {9: 12, 10: 12, 12: 13, 14: 17, 16: 18, 17: 18, 18: 21}
DAYS = (Kind.DAY, Kind.WEEKDAY, Kind.NEXT_WEEK, Kind.WEEK_END, Kind.DATE)
HOURS = (Kind.PART, Kind.CLOCK)


@dataclass(frozen=True)
class Wish:
    """Time words that belong together, and how far from "call me" they stand; `to_the_end` of the day they name."""

    words: tuple[TimeWord, ...]
    distance: int
    to_the_end: bool = False

    def of(self, *kinds: Kind) -> TimeWord | None:
        """The first word of one of the kinds."""
        return next((w for w in self.words if w.kind in kinds), None)


def resolve(wish: Wish, now: datetime, *, week_starts: int) -> datetime:
    """The instant in the zone of `now`; weeks begin with the weekday `week_starts`, Monday 0."""
    delay = wish.of(Kind.DELAY)
    if delay is not None and delay.value < 24 * 60:
        return now + timedelta(minutes=delay.value)
    day = _day(wish, now.date(), week_starts)
    minutes = _minutes(wish)
    if minutes is None:
        return _on_day_alone(day, now, to_the_end=wish.to_the_end)
    on = day or now.date()
    if _is_past(on, minutes, now) and on == now.date():
        return _later(wish, day, minutes, now)
    return _at(on, minutes, now)


def _day(wish: Wish, today: date, week_starts: int) -> date | None:
    """The day wished for, or None where no day was named."""
    delay, days, dates = wish.of(Kind.DELAY), wish.of(Kind.DAY), wish.of(Kind.DATE)
    weekday, week = wish.of(Kind.WEEKDAY, Kind.WEEK_END), wish.of(Kind.NEXT_WEEK)
    if delay is not None:
        return today + timedelta(minutes=delay.value)
    if dates is not None:
        return next_date(dates, today)
    if week is not None or (weekday is not None and weekday.following):
        begins = today + timedelta(days=7 - (today.weekday() - week_starts) % 7)
        return begins + timedelta(days=(weekday.value - week_starts) % 7 if weekday else 0)
    if weekday is not None:
        days_left = (weekday.value - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=days_left % 7 if weekday.kind is Kind.WEEK_END else days_left)
    return None if days is None else today + timedelta(days=days.value)


def _minutes(wish: Wish) -> int | None:
    """Minutes after midnight, or None where no hour was named."""
    clock, part = wish.of(Kind.CLOCK), wish.of(Kind.PART)
    if clock is None:
        end = CLOSING_HOUR * 60 if wish.of(Kind.WEEK_END) else None
        return end if part is None else part.value * 60
    meridiem = clock.meridiem or next((w.meridiem for w in wish.words if w.meridiem in {"am", "pm"}), None)
    minutes = clock.value
    if meridiem == "named" or minutes >= 13 * 60:
        return minutes
    if meridiem is None and part is not None:
        meridiem = "am" if part.value * 60 < NOON else "pm"
    if meridiem is None:
        meridiem = "pm" if minutes < FIRST_WORKING_HOUR * 60 or minutes >= NOON else "am"
    if minutes >= NOON:
        return minutes if meridiem == "pm" else minutes - NOON
    return minutes + NOON if meridiem == "pm" else minutes


def _on_day_alone(day: date | None, now: datetime, *, to_the_end: bool) -> datetime:
    if day is None or day == now.date():
        return max(now, _at(now.date(), CLOSING_HOUR * 60, now))
    return _at(day, (CLOSING_HOUR if to_the_end else OPENING_HOUR) * 60, now)


def _is_past(day: date, minutes: int, now: datetime) -> bool:
    return _at(day, minutes, now) < now


def _later(wish: Wish, day: date | None, minutes: int, now: datetime) -> datetime:
    """What an hour that has passed today means: the end of the part of the day, tonight, or tomorrow.

    "In the morning", said in the morning, is tomorrow's; "this morning" is what is left of today's.
    """
    clock = wish.of(Kind.CLOCK)
    if clock is None and (day is not None or minutes >= NOON):
        end = PART_ENDS.get(minutes // 60, minutes // 60 + 3) * 60
        if not _is_past(now.date(), end, now):
            return _at(now.date(), end, now)
    in_the_evening = clock is not None and clock.meridiem is None and minutes < NOON
    if day is not None and in_the_evening and not _is_past(now.date(), minutes + NOON, now):
        return _at(now.date(), minutes + NOON, now)
    return now if day is not None else _at(now.date() + timedelta(days=1), minutes, now)


def _at(day: date, minutes: int, now: datetime) -> datetime:
    """That time of day in the zone of `now`; 24:00 is the next day's beginning."""
    extra, minutes = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=extra), time(minutes // 60, minutes % 60), tzinfo=now.tzinfo)
