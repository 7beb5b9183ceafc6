"""The number a caller wants to be called back on, out of all numbers in a message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import phonenumbers
from rapidfuzz.distance import Levenshtein

from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.analysis.facts.phone_certainty import (
    CORRECTED,
    DOUBTFUL,
    FEWEST_DIGITS,
    FRAGMENT_BEFORE,
    Evidence,
    certainty,
    is_lone_no,
    is_questioned,
)
from voiceops.analysis.facts.phone_cues import Cue, Run
from voiceops.analysis.facts.phone_reading import PhoneReading, e164, read_run
from voiceops.analysis.facts.phone_runs import find_runs
from voiceops.analysis.facts.spoken_digits import Kind, atom_of, readings
from voiceops.domain.caller_facts import Fact

THIS_NUMBER = 0.95
SOUNDS_ALIKE = 0.7
NOT_MADE_OUT = 0.2
# A row of so many number words after "order number" is no time of day; after "this number" it may be that number.
FEWEST_TAKEN = 2
# Readings of one number differ by a slip or two; more different ones are two numbers.
MOST_SLIPS = 3


@dataclass(frozen=True)
class PhoneFacts:
    """The callback number, its extension, the tokens of telephone numbers, and those of all numbers read out."""

    number: Fact[str] | None
    extension: Fact[str] | None
    phone_tokens: frozenset[int]
    number_tokens: frozenset[int]


def find_callback_number(
    message: Message, language: Language, *, region: str, caller_number: str | None = None
) -> PhoneFacts:
    """The number to call back. A number that is incomplete, invalid or contradicted has no value."""
    found = _find(message, language, region=region, caller_number=caller_number)
    if found.number is not None and found.number.value is not None:
        return found
    mended = _with_sound_alikes(message, language)
    again = _find(mended, language, region=region, caller_number=caller_number) if mended != message else found
    if again.number is None or again.number.value is None:
        return found
    sure = min(again.number.confidence, SOUNDS_ALIKE)
    return replace(again, number=replace(again.number, confidence=sure))


def _with_sound_alikes(message: Message, language: Language) -> Message:
    """The message with "for" and "to" among digits as the digits they sound like."""
    alike, tokens = language.numbers.sound_alike, message.tokens

    def is_digit(at: int) -> bool:
        atom = atom_of(tokens[at], at, numbers=language.numbers) if 0 <= at < len(tokens) else None
        return atom is not None and atom.kind is not Kind.AND

    return Message(
        tuple(
            replace(t, text=alike[t.text]) if t.text in alike and (is_digit(n - 1) or is_digit(n + 1)) else t
            for n, t in enumerate(tokens)
        )
    )


def _find(message: Message, language: Language, *, region: str, caller_number: str | None) -> PhoneFacts:
    own = _own_number(caller_number, region)
    regions = list(dict.fromkeys([region, *_region_of(own), language.home_region]))
    runs = find_runs(message, language, region=region)
    read = [read_run(run, message, numbers=language.numbers, regions=regions) for run in runs]
    not_phones = {h.digits for h in read if h.run.cue is Cue.OTHER}
    heard = [h for h in read if h.run.cue is not Cue.OTHER and h.digits not in not_phones]
    heard = [h for h in heard if h.values or (h.run.cue is Cue.PHONE and len(h.digits) >= FEWEST_DIGITS)]
    named_otherwise = [run for run in runs if run.cue is Cue.OTHER and run.stop - run.first >= FEWEST_TAKEN]
    phones = _tokens([h.run for h in heard])
    rows = phones | _tokens([*named_otherwise, *(run for run in runs if run.is_extension)])
    extension = _extension(runs, message, language)
    loose = [h for h in read if h.run.cue is not Cue.OTHER and not h.values]
    if not heard:
        return PhoneFacts(_this_number(message, language, own=own, loose=loose), extension, phones, rows)
    return PhoneFacts(_settle(Evidence(heard, loose, message, language, own)), extension, phones, rows)


def _tokens(runs: Sequence[Run]) -> frozenset[int]:
    return frozenset(n for run in runs for n in range(run.first, run.stop))


def _own_number(caller_number: str | None, region: str) -> str | None:
    return e164(caller_number.lstrip("+"), region, plus=caller_number.startswith("+")) if caller_number else None


def _region_of(own: str | None) -> list[str]:
    return [phonenumbers.region_code_for_number(phonenumbers.parse(own)) or "ZZ"] if own else []


def _this_number(
    message: Message, language: Language, *, own: str | None, loose: Sequence[PhoneReading]
) -> Fact[str] | None:
    """'Call me on this number': the caller's own, unless that announced digits that make no number."""
    refused = list(message.find(language.phone.not_this_number))
    calls = list(message.find(language.phone.cue))
    for found in message.find(language.phone.this_number):
        if any(m.first < found.stop and found.first < m.stop for m in refused):
            continue
        to_call = any(found.first - 6 < m.stop and m.first < found.stop + 4 for m in calls)
        announced = any(
            0 <= h.run.first - found.stop <= FRAGMENT_BEFORE and len(h.digits) >= FEWEST_TAKEN for h in loose
        )
        confidence = NOT_MADE_OUT if own is None else THIS_NUMBER if to_call and not announced else DOUBTFUL
        return _fact(own, message, (found.first, found.stop), confidence=confidence)
    return None


def _settle(evidence: Evidence) -> Fact[str]:
    """One answer out of everything that was read out."""
    heard, message, language = evidence.heard, evidence.message, evidence.language
    preferred = [h for h in heard if h.run.cue is Cue.PHONE] or heard
    whole = [h for h in preferred if h.values] or [h for h in heard if h.values]
    if not whole:
        longest = max(preferred, key=lambda h: len(h.digits))
        return _fact(None, message, _span(longest), confidence=NOT_MADE_OUT)
    chosen = whole[0]
    for later in heard[heard.index(chosen) + 1 :]:
        if later.values and later.values[-1] != chosen.values[-1] and _taken_back(chosen, later, message, language):
            chosen = replace(later, corrected=True)
    value = chosen.values[-1]
    others = [v for h in heard for v in h.values if v != value and not _taken_back(h, chosen, message, language)]
    slips = any(_is_slip(v, value) for v in others)
    if slips and value != evidence.own and not _either(chosen, message, language):
        return _fact(None, message, _span(chosen, heard[-1]), confidence=NOT_MADE_OUT)
    confidence = certainty(chosen, evidence)
    if any(v != value for h in heard for v in h.values):
        confidence = min(confidence, CORRECTED)  # another number was said, even if it was taken back
    if others or is_questioned(chosen, message, language):
        confidence = min(confidence, DOUBTFUL)
    return _fact(value, message, _span(chosen), confidence=confidence)


def _is_slip(one: str, other: str) -> bool:
    return Levenshtein.distance(one, other) <= MOST_SLIPS


def _either(reading: PhoneReading, message: Message, language: Language) -> bool:
    """Whether an "or" follows a number: what comes next is another number, not the same one again."""
    after = message.tokens[reading.run.stop : reading.run.stop + 2]
    return any(token.text in language.phone.or_words for token in after)


def _taken_back(first: PhoneReading, later: PhoneReading, message: Message, language: Language) -> bool:
    return any(
        first.run.stop <= m.first and m.stop <= later.run.first and _takes_back(message, m, first.run.stop)
        for m in message.find(language.phone.correction)
    )


def _takes_back(message: Message, correction: Match, stop: int) -> bool:
    """Whether a correction is about the number that ended at `stop`: "the landline, no: 212 …" need not be."""
    begins = correction.first == stop or message.tokens[correction.first - 1].ends_clause
    return begins or not is_lone_no(message, correction.first, correction.stop)


def _extension(runs: Sequence[Run], message: Message, language: Language) -> Fact[str] | None:
    for run in runs:
        if run.is_extension:
            digits = "".join(group.digits for group in readings(run.parts[-1], language.numbers)[0])
            return _fact(digits, message, (run.first, run.stop), confidence=0.8)
    return None


def _span(*heard: PhoneReading) -> tuple[int, int]:
    return heard[0].run.first - heard[0].run.plus, heard[-1].run.stop


def _fact(value: str | None, message: Message, span: tuple[int, int], *, confidence: float) -> Fact[str]:
    first, stop = max(span[0], 0), span[1]
    tokens = message.tokens
    return Fact(value, message.spoken(first, stop), round(confidence, 2), tokens[first].start, tokens[stop - 1].end)
