"""When a caller would like to be called, as an instant in their own time zone.

Conventions: morning 09:00, lunch 12:00, afternoon 14:00, end of work 17:00, evening 18:00; a day alone is
its 09:00, "today" alone 17:00; hours 1 to 7 without more are after noon. "After five", "by five" and
"before five" all give 17:00: the edge of what was wished.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.analysis.facts.time_words import Kind, TimeWord, find_time_words
from voiceops.domain.caller_facts import Fact

OPENING_HOUR = 9
CLOSING_HOUR = 17
NOON = 12 * 60
# Time words farther apart than this are quoted singly.
LONGEST_QUOTE = 25
# A lone hour before this one is after noon: nobody means 7 in the morning without saying so.
FIRST_WORKING_HOUR = 8
# A time belongs to a wish said at most this many words before, or this many after it.
WISH_BEFORE = 14
WISH_AFTER = 9
# The part of a day lasts until this hour, by the hour it stands for.
PART_ENDS = {9: 12, 10: 12, 12: 13, 14: 17, 16: 18, 17: 18, 18: 21}
MOST_LINK_WORDS = 4
# A cue on the side of a time where the language rarely has it counts as this much farther away.
ODD_SIDE = 2


@dataclass(frozen=True)
class _Wish:
    """Time words that belong together, and how far from "call me" they stand."""

    words: tuple[TimeWord, ...]
    distance: int

    def of(self, *kinds: Kind) -> TimeWord | None:
        return next((w for w in self.words if w.kind in kinds), None)


def find_wanted_at(
    message: Message, language: Language, *, now: datetime | None, taken: frozenset[int]
) -> Fact[datetime] | None:
    """The wished instant in the zone of `now`, when the message was left. The value is None where that is not
    known: "tomorrow" has no date then. Times of other matters ("my order came on Monday") are not wishes.
    """
    words = find_time_words(message, language, taken=taken)
    wishes = [w for group in _groups(words, message, language) if (w := _as_wish(group, message, language))]
    if not wishes:
        return None
    best = _completed(min(wishes, key=lambda w: (w.distance, w.words[0].first)), wishes)
    first = min(w.first for w in best.words)
    stop = max(w.stop for w in best.words) if best.words[-1].stop - first < LONGEST_QUOTE else best.words[0].stop
    first = _with_bound(first, message, language)
    value = None if now is None else _resolve(best, now)
    confidence = 0.3 if value is None else 0.85
    tokens = message.tokens
    return Fact(value, message.spoken(first, stop), confidence, tokens[first].start, tokens[stop - 1].end)


def _with_bound(first: int, message: Message, language: Language) -> int:
    return next((m.first for m in message.find(language.times.bound) if m.first < first <= m.stop), first)


def _groups(words: Sequence[TimeWord], message: Message, language: Language) -> list[list[TimeWord]]:
    """Time words with nothing but linking words between them."""
    linked = {n for m in message.find(language.times.link) for n in range(m.first, m.stop)}
    groups: list[list[TimeWord]] = []
    for word in words:
        between = range(groups[-1][-1].stop, word.first) if groups else range(0)
        joined = (
            bool(groups)
            and len(between) <= MOST_LINK_WORDS
            and linked.issuperset(between)
            and not message.sentence_breaks_between(groups[-1][-1].stop - 1, word.first)
        )
        if joined:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _as_wish(group: list[TimeWord], message: Message, language: Language) -> _Wish | None:
    """The group if it is about calling back, without numbers that are no times."""
    times = language.times
    bounds = {m.stop for m in message.find(times.bound)}
    backed = any(not w.bare for w in group)
    words = tuple(
        w for w in group if not w.bare or w.first in bounds or (backed and len(group) > 1 and w.kind is Kind.CLOCK)
    )
    if not words or not any(not w.bare or w.first in bounds for w in words):
        return None
    first, stop = words[0].first, words[-1].stop
    distance = _distance(message, list(message.find(times.wish)), (first, stop), language.times.cue_follows)
    other = _distance(message, list(message.find(times.elsewhere)), (first, stop), language.times.cue_follows)
    if distance is None or (other is not None and other < distance):
        return None
    return _Wish(words, distance)


def _distance(
    message: Message,
    cues: Sequence[Match],
    span: tuple[int, int],
    cue_follows: bool,  # noqa: FBT001 — the language's
) -> int | None:
    """Words between a span and the nearest cue; a sentence's end counts as many, the unusual side as some."""
    first, stop = span
    odd_before, odd_after = (ODD_SIDE, 0) if cue_follows else (0, ODD_SIDE)
    found = []
    for cue in cues:
        if cue.stop <= first:
            gap = first - cue.stop + 8 * message.sentence_breaks_between(cue.stop - 1, first)
            if gap <= WISH_BEFORE:
                found.append(gap + odd_before)
        elif cue.first >= stop:
            gap = cue.first - stop + 8 * message.sentence_breaks_between(stop - 1, cue.first)
            if gap <= WISH_AFTER:
                found.append(gap + odd_after)
        else:
            found.append(0)
    return min(found, default=None)


def _completed(best: _Wish, wishes: Sequence[_Wish]) -> _Wish:
    """A wish with only a day takes its hour from another wish, and the other way round."""
    has_day = best.of(Kind.DAY, Kind.WEEKDAY, Kind.NEXT_WEEK, Kind.DATE, Kind.DELAY) is not None
    has_hour = best.of(Kind.PART, Kind.CLOCK, Kind.DELAY) is not None
    if has_day and has_hour:
        return best
    for other in wishes:
        gives_day = other.of(Kind.DAY, Kind.WEEKDAY, Kind.NEXT_WEEK, Kind.DATE) is not None
        gives_hour = other.of(Kind.PART, Kind.CLOCK) is not None
        if other is not best and (
            (gives_hour and not gives_day and not has_hour) or (gives_day and not gives_hour and not has_day)
        ):
            return _Wish((*best.words, *other.words), best.distance)
    return best


def _resolve(wish: _Wish, now: datetime) -> datetime:
    delay = wish.of(Kind.DELAY)
    if delay is not None and delay.value < 24 * 60:
        return now + timedelta(minutes=delay.value)
    day = _day(wish, now.date())
    minutes = _minutes(wish)
    if minutes is None:
        return _on_day_alone(day, now)
    on = day or now.date()
    if _is_past(on, minutes, now) and on == now.date():
        return _later(wish, day, minutes, now)
    return _at(on, minutes, now)


def _day(wish: _Wish, today: date) -> date | None:
    """The day wished for, or None where no day was named."""
    delay, days, dates = wish.of(Kind.DELAY), wish.of(Kind.DAY), wish.of(Kind.DATE)
    weekday, week = wish.of(Kind.WEEKDAY), wish.of(Kind.NEXT_WEEK)
    if delay is not None:
        return today + timedelta(minutes=delay.value)
    if dates is not None:
        return _next_date(dates, today)
    if week is not None:
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=weekday.value if weekday else 0)
    if weekday is not None:
        return today + timedelta(days=(weekday.value - today.weekday() - 1) % 7 + 1)
    return None if days is None else today + timedelta(days=days.value)


def _next_date(word: TimeWord, today: date) -> date:
    for year in range(today.year, today.year + 9):
        try:
            day = date(year, word.month or today.month, word.value)
        except ValueError:
            continue
        if day >= today:
            return day
    return today


def _minutes(wish: _Wish) -> int | None:
    """Minutes after midnight, or None where no hour was named."""
    clock, part = wish.of(Kind.CLOCK), wish.of(Kind.PART)
    if clock is None:
        return None if part is None else part.value * 60
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


def _on_day_alone(day: date | None, now: datetime) -> datetime:
    if day is None or day == now.date():
        return max(now, _at(now.date(), CLOSING_HOUR * 60, now))
    return _at(day, OPENING_HOUR * 60, now)


def _is_past(day: date, minutes: int, now: datetime) -> bool:
    return _at(day, minutes, now) < now


def _later(wish: _Wish, day: date | None, minutes: int, now: datetime) -> datetime:
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
