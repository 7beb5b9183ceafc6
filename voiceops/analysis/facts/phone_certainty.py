"""How sure a callback number is: only a second reading or the caller's own number makes it certain.

One misheard digit makes another valid number, so whatever leaves room for another reading keeps it below 0.9.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Message, heard_badly
from voiceops.analysis.facts.phone_cues import Cue
from voiceops.analysis.facts.phone_reading import PhoneReading
from voiceops.analysis.facts.spoken_digits import atom_of

OWN_NUMBER = 0.98
READ_TWICE = 0.96
NEVER_CERTAIN = 0.89
READ_ONCE = 0.88
CORRECTED = 0.82
WITHOUT_CUE = 0.75
DOUBTFUL = 0.6
# "… that's 0199 again": so many last digits confirm a number.
FEWEST_LAST_DIGITS = 4
# Fewer digits are never somebody's number, only part of one.
FEWEST_DIGITS = 5
# A correction of so few letters ("no", "wait") may belong to what follows.
LONGEST_LONE_NO = 4
# Digits so many words in front of a number, or behind it, may belong to it.
FRAGMENT_BEFORE, FRAGMENT_AFTER = 2, 6
# A word this long that differs in one letter from a number word may be one.
FEWEST_LETTERS = 4


@dataclass(frozen=True)
class Evidence:
    """What was read out in a message: `heard` may be telephone numbers, `loose` is what makes none by itself."""

    heard: Sequence[PhoneReading]
    loose: Sequence[PhoneReading]
    message: Message
    language: Language
    own: str | None


def certainty(chosen: PhoneReading, evidence: Evidence) -> float:
    """How sure the chosen reading is, with what the other readings say for it or against it."""
    value, heard = chosen.values[-1], evidence.heard
    alike = [h for h in heard if value in h.values]
    has_rest = all(_has_rest(h, evidence) for h in alike) or _unread(value, evidence)
    if value == evidence.own:
        return NEVER_CERTAIN if has_rest or all(h.corrected for h in alike) else OWN_NUMBER
    doubted = has_rest or all(_is_doubtful(h, value) or _has_unread_word(h, evidence) for h in alike)
    if sum(h.values.count(value) for h in alike) > 1 and not chosen.abroad:
        return NEVER_CERTAIN if doubted else READ_TWICE
    once = _once(chosen, value, evidence.message)
    if _repeats_end(heard, chosen):
        return min(NEVER_CERTAIN, once + 0.05)
    return min(once, DOUBTFUL) if doubted or _unclear_repeat(heard, chosen) else once


def is_questioned(reading: PhoneReading, message: Message, language: Language) -> bool:
    """Whether a correction follows that no new digits were made out of; a lone "no" is none ("no rush")."""
    stop = reading.run.stop
    return any(
        stop <= m.first < stop + 3
        and not is_lone_no(message, m.first, m.stop)
        and not message.sentence_breaks_between(stop - 1, m.first)
        for m in message.find(language.phone.correction)
    )


def is_lone_no(message: Message, first: int, stop: int) -> bool:
    """Whether a correction is so short that it may say "no" to anything."""
    return len(message.spoken(first, stop)) <= LONGEST_LONE_NO


def _once(reading: PhoneReading, value: str, message: Message) -> float:
    confidence = READ_ONCE if reading.run.cue is Cue.PHONE else WITHOUT_CUE
    if reading.corrected or reading.abroad:
        confidence = min(confidence, CORRECTED)
    if _is_doubtful(reading, value):
        confidence = min(confidence, DOUBTFUL)
    return heard_badly(confidence, message.tokens[reading.run.first : reading.run.stop])


def _repeats_end(heard: Sequence[PhoneReading], chosen: PhoneReading) -> bool:
    """Whether the last digits were said again, the same."""
    return any(h is not chosen and not h.values and _is_end_of(h.digits, chosen.values[-1]) for h in heard)


def _is_end_of(digits: str, value: str) -> bool:
    return len(digits) >= FEWEST_LAST_DIGITS and value.endswith(digits)


def _unclear_repeat(heard: Sequence[PhoneReading], chosen: PhoneReading) -> bool:
    """Whether another reading has as many digits as a number and makes none."""
    return any(h.run.first != chosen.run.first and not h.values and len(h.digits) > FEWEST_DIGITS for h in heard)


def _unread(value: str, evidence: Evidence) -> bool:
    """Whether digits enough for a number make none: they may be the one that was meant."""
    return any(len(h.digits) > FEWEST_DIGITS and not _is_end_of(h.digits, value) for h in evidence.loose)


def _has_rest(reading: PhoneReading, evidence: Evidence) -> bool:
    """Whether digits stand beside a number that nobody accounted for: part of it, or its correction."""
    message, first, stop = evidence.message, reading.run.first, reading.run.stop
    times = {n for m in message.find(evidence.language.times.clock) for n in range(m.first, m.stop)}
    for rest in (h for h in evidence.loose if not times.issuperset(range(h.run.first, h.run.stop))):
        before = 0 <= first - rest.run.stop <= FRAGMENT_BEFORE
        before = before and not any(token.ends_clause for token in message.tokens[rest.run.stop - 1 : first])
        after = 0 <= rest.run.first - stop <= FRAGMENT_AFTER and not _is_end_of(rest.digits, reading.values[-1])
        if before or after:
            return True
    return False


def _is_doubtful(reading: PhoneReading, value: str) -> bool:
    """Whether the reading may be another number, and gave this one but once."""
    return reading.doubtful and reading.values.count(value) == 1


def _has_unread_word(reading: PhoneReading, evidence: Evidence) -> bool:
    """Whether a word at either end of a number is nearly a number word: "hundert two one two …"."""
    tokens = evidence.message.tokens
    beside = (n for n in (reading.run.first - 1, reading.run.stop) if 0 <= n < len(tokens))
    return any(_is_nearly_number(evidence, n) for n in beside)


def _is_nearly_number(evidence: Evidence, at: int) -> bool:
    text, language = evidence.message.tokens[at].text, evidence.language
    known = text in language.common or atom_of(evidence.message.tokens[at], at, numbers=language.numbers) is not None
    if known or len(text) < FEWEST_LETTERS:
        return False
    numbers = language.numbers
    tables = (numbers.units, numbers.teens, numbers.tens, numbers.hundreds)
    return any(Levenshtein.distance(text, word, score_cutoff=1) <= 1 for table in tables for word in table)
