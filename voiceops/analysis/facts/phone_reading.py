"""Which telephone number a stretch of number words is, judged by the numbering plan of a region."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import phonenumbers

from voiceops.analysis.facts.language import NumberWords
from voiceops.analysis.facts.message import Message
from voiceops.analysis.facts.phone_cues import Run
from voiceops.analysis.facts.spoken_digits import Group, Reading, readings

# Corrections multiply the readings; what lies beyond is far-fetched.
MOST_WORDINGS = 160
# A correction with so many digits may be the whole number, said anew.
FEWEST_SAID_ANEW = 7
# A pause of this many seconds inside number words may separate two numbers.
PAUSE_SECONDS = 0.7


@dataclass(frozen=True)
class PhoneReading:
    """What a run says. `values` holds the E.164 numbers it contains in order; `digits` the likeliest
    digits even where no number is valid. `doubtful` means that other valid readings exist.
    """

    run: Run
    values: tuple[str, ...]
    digits: str
    doubtful: bool = False
    corrected: bool = False
    abroad: bool = False


def e164(digits: str, region: str, *, plus: bool) -> str | None:
    """The number in E.164 if the region's plan has it, or None."""
    try:
        international = plus or digits.startswith("00")
        text = f"+{digits.removeprefix('00')}" if international else digits
        number = phonenumbers.parse(text, None if international else region)
    except phonenumbers.NumberParseException:
        return None
    if not _exists(number) or (not international and _is_cut_short(digits, number, region)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


# Ofcom keeps these British numbers for films; the numbering plan has no subscriber there, but people do use them.
_FOR_DRAMA = {44: ("7700900", "1632960")}


def _exists(number: phonenumbers.PhoneNumber) -> bool:
    national = str(number.national_number)
    for_drama = national.startswith(_FOR_DRAMA.get(number.country_code or 0, ("-",)))
    return phonenumbers.is_valid_number(number) or (for_drama and phonenumbers.is_possible_number(number))


def _is_cut_short(digits: str, number: phonenumbers.PhoneNumber, region: str) -> bool:
    """Whether a landline number without its trunk prefix is shorter than is usual in the region.

    Some plans have such numbers, but a caller who leaves digits out is far likelier.
    """
    national, example = str(number.national_number), phonenumbers.example_number(region)
    usual = len(str(example.national_number)) if example else 0
    return digits == national and len(national) < usual


def read_run(run: Run, message: Message, *, numbers: NumberWords, regions: Sequence[str]) -> PhoneReading:
    """The number or numbers in a run; regions are tried in order and all but the first count as abroad."""
    ranked = _wordings(run, numbers)
    digits = "".join(group.digits for group in ranked[0].reading) if ranked else ""
    silent = PhoneReading(run, (), digits, corrected=len(run.parts) > 1)
    for region in regions:
        read = replace(silent, abroad=region != regions[0] and not run.plus)
        found = _best(ranked, region)
        if found:
            return replace(read, values=(found[0],), doubtful=found[1])
        several = _several(ranked, (run, message), region)
        if several:
            return replace(read, values=several, doubtful=len(set(several)) > 1)
    if numbers.joined_by_and:
        # Recognisers lose the little word between the parts of a number.
        loosely = read_run(run, message, numbers=replace(numbers, joined_by_and=False), regions=regions)
        return replace(loosely, doubtful=True) if loosely.values else silent
    return silent


def _best(ranked: Sequence["_Wording"], region: str) -> tuple[str, bool] | None:
    """The first valid number of the best rank, and whether that rank holds another one too."""
    best: tuple[int, str] | None = None
    doubtful = False
    for wording in ranked:
        digits = "".join(group.digits for group in wording.reading)
        value = e164(digits, region, plus=wording.plus) or _without_zero(digits, region)
        if value is None:
            continue
        if best is None or wording.rank < best[0]:
            best, doubtful = (wording.rank, value), False
        elif wording.rank == best[0] and value != best[1]:
            doubtful = True
    return None if best is None else (best[1], doubtful)


def _without_zero(digits: str, region: str) -> str | None:
    """A Hungarian number in the habit of "hatos húszas …": six for the trunk prefix 06."""
    if region != "HU" or not digits.startswith("6"):
        return None
    return e164(f"0{digits}", region, plus=False)


@dataclass(frozen=True)
class _Wording:
    """One way to take a run; a lower rank is a more natural way to apply its corrections."""

    rank: int
    reading: Reading
    plus: bool


def _wordings(run: Run, numbers: NumberWords) -> list[_Wording]:
    """Readings of a run with its corrections applied, the most natural first.

    How natural the correction is counts most, then an unlikely reading of the words, then whether a
    last word before a correction is a digit and not a "no".
    """
    first = readings(run.parts[0], numbers)
    if len(run.parts) == 1:
        return [_Wording(0, reading, run.plus) for reading in first]
    without_no = _without_no(run, numbers)
    heard = [_Wording(2 * bool(n), reading, run.plus) for n, reading in enumerate(without_no)]
    heard += [_Wording(2 * bool(n) + bool(without_no), reading, run.plus) for n, reading in enumerate(first)]
    for part in run.parts[1:]:
        anew = readings(part, numbers)[:6]
        heard = [
            _Wording(before.rank + 4 * rank + 2 * bool(n), merged, before.plus and merged is not after)
            for before in sorted(heard, key=lambda wording: wording.rank)[:12]
            for n, after in enumerate(anew)
            for rank, merged in _corrections(before.reading, after)
        ]
    return sorted(heard, key=lambda wording: wording.rank)[:MOST_WORDINGS]


def _without_no(run: Run, numbers: NumberWords) -> list[Reading]:
    """Readings of a corrected first part whose last word may be a "no" and not a digit."""
    part = run.parts[0]
    if len(run.parts) == 1 or not part[-1].may_be_no or len(part) == 1:
        return []
    return readings(part[:-1], numbers)


def _corrections(before: Reading, after: Reading) -> Iterator[tuple[int, Reading]]:
    """What was said with its end taken back: all of it, as many digits as were said anew, or other groups."""
    old = "".join(group.digits for group in before)
    new = "".join(group.digits for group in after)
    whole = len(new) >= FEWEST_SAID_ANEW and len(new) * 10 >= len(old) * 7
    yield (0 if whole else 6), after
    replaced = {len(new): 1}
    replaced.setdefault(len(after[0].digits) if after else 0, 2)
    said = 0
    for count, group in enumerate(reversed(before), start=1):
        said += len(group.digits)
        replaced.setdefault(said, 2 + min(count, 3))
    for length, rank in replaced.items():
        if 0 < length < len(old):
            kept = Group(old[:-length], before[0].first, before[-1].stop)
            yield rank, (kept, *after)
    yield 7, (*before, *after)


def _several(ranked: Sequence[_Wording], place: tuple[Run, Message], region: str) -> tuple[str, ...]:
    """Valid numbers in a run that is none as a whole: read twice, or followed by something else."""
    run, message = place
    if len(run.parts) > 1:
        return ()
    for reading in [wording.reading for wording in ranked[:8]]:
        for cut in range(1, len(reading)):
            left = e164("".join(g.digits for g in reading[:cut]), region, plus=run.plus)
            right = e164("".join(g.digits for g in reading[cut:]), region, plus=False)
            if left and right:
                return left, right
            if (left or right) and _is_border(message, reading[cut], reading[cut - 1]):
                return tuple(value for value in (left, right) if value)
    return ()


def _is_border(message: Message, group: Group, last: Group) -> bool:
    """Whether one may have stopped speaking of a number just before a group."""
    if group.first > last.stop:
        return True
    here, before = message.tokens[group.first], message.tokens[group.first - 1]
    return before.ends_clause or here.utterance != before.utterance or here.start - before.end > PAUSE_SECONDS
