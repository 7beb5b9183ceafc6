"""When a caller would like to be called, as an instant in their own time zone.

Conventions: morning 09:00, lunch 12:00, afternoon 14:00, end of work 17:00, evening 18:00; a day alone is
its 09:00, "today" alone and "by Friday" 17:00; hours 1 to 7 without more are after noon. "After five", "by five" and
"before five" all give 17:00: the edge of what was wished.
"""

from collections.abc import Sequence
from datetime import datetime

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.analysis.facts.resolve_wish import DAYS, HOURS, Wish, resolve
from voiceops.analysis.facts.time_words import Kind, TimeWord, find_time_words
from voiceops.domain.caller_facts import Fact

# Time words farther apart than this are quoted singly.
LONGEST_QUOTE = 25
# A time belongs to a wish said at most this many words before, or this many after it.
WISH_BEFORE = 14
WISH_AFTER = 9
MOST_LINK_WORDS = 4
# So many time words together are a wish even without a clock time: "Monday morning".
SURE_WORDS = 2
# A cue on the side of a time where the language rarely has it counts as this much farther away.
ODD_SIDE = 2


def find_wanted_at(
    message: Message, language: Language, *, now: datetime | None, taken: frozenset[int], region: str = "US"
) -> Fact[datetime] | None:
    """The wished instant in the zone of `now`, when the message was left. The value is None where that is not
    known: "tomorrow" has no date then. Times of other matters ("my order came on Monday") are not wishes.
    """
    words = find_time_words(message, language, taken=taken, region=region)
    groups = _groups(words, message, language)
    wishes = [w for group in groups if (w := _as_wish(group, message, language))]
    asked = bool(wishes)
    wishes = wishes or [w for group in groups if (w := _as_lone_wish(group, message, language))]
    if not wishes:
        return None
    best = min(wishes, key=lambda w: (w.distance, w.words[0].first))
    if not any(message.tokens[w.first].text in language.times.tonight for w in best.words):
        best = _completed(best, wishes)
    first = min(w.first for w in best.words)
    stop = max(w.stop for w in best.words) if best.words[-1].stop - first < LONGEST_QUOTE else best.words[0].stop
    first = _with_bound(first, message, language)
    value = None if now is None else resolve(best, now, week_starts=language.times.week_starts)
    sure = asked and not any(w.unsure for w in best.words)
    confidence = 0.3 if value is None else 0.85 if sure else 0.6
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


def _as_wish(group: list[TimeWord], message: Message, language: Language) -> Wish | None:
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
    others = list(message.find(times.elsewhere))
    asks = [m for m in message.find(times.wish) if not any(o.first <= m.first and m.stop <= o.stop for o in others)]
    distance = _distance(message, asks, (first, stop), language.times.cue_follows)
    other = _distance(message, others, (first, stop), language.times.cue_follows)
    if distance is None or (other is not None and other < distance):
        return None
    return Wish(words, distance, _is_deadline(words, message, language))


def _is_deadline(words: Sequence[TimeWord], message: Message, language: Language) -> bool:
    """Whether a day is the last one that will do: "by Friday"."""
    days = [w for w in words if w.kind in DAYS]
    return any(m.first <= day.first <= m.stop for m in message.find(language.times.deadline) for day in days)


def _as_lone_wish(group: list[TimeWord], message: Message, language: Language) -> Wish | None:
    """A time that nobody speaks of being called at, and of nothing else either: "tomorrow at ten, please"."""
    bounds = {m.stop for m in message.find(language.times.bound)}
    words = tuple(w for w in group if not w.bare or w.first in bounds)
    kinds = {w.kind for w in words}
    if kinds <= {Kind.CLOCK} or (not kinds & {Kind.CLOCK, Kind.DATE, Kind.DELAY} and len(words) < SURE_WORDS):
        return None
    span = (words[0].first, words[-1].stop)
    if _distance(message, list(message.find(language.times.elsewhere)), span, language.times.cue_follows) is not None:
        return None
    return Wish(words, WISH_BEFORE, _is_deadline(words, message, language))


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


def _completed(best: Wish, wishes: Sequence[Wish]) -> Wish:
    """A wish with only a day takes its hour from another wish, and the other way round."""
    has_day = best.of(*DAYS, Kind.DELAY) is not None
    has_hour = best.of(Kind.PART, Kind.CLOCK, Kind.DELAY) is not None
    if has_day and has_hour:
        return best
    for other in wishes:
        if (
            has_day
            and other.of(*HOURS)
            and [w.value for w in other.words if w.kind in DAYS] == [w.value for w in best.words if w.kind in DAYS]
        ):
            return other
        gives_day, gives_hour = other.of(*DAYS) is not None, other.of(*HOURS) is not None
        if other is not best and (
            (gives_hour and not gives_day and not has_hour) or (gives_day and not gives_hour and not has_day)
        ):
            return Wish((*best.words, *other.words), best.distance)
    return best
