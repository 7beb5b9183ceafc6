"""How much of a wording is really there: what was found, what sounds alike in its gaps, what stands against it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from voiceops.analysis.align import Alignment
from voiceops.analysis.languages import language_of
from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.sound_alike import OTHER_BEGINNING, are_opposites, keys_of
from voiceops.analysis.wording import Part, Wording

# Missing words are taken as badly heard from this likeness of their sounds on, and as other words below the second.
HEARD_BADLY = 0.64
ANOTHER_WORD = 0.5
# Below this likeness a word counts for less than its likeness says: it may be another word.
SURE = 0.9
UNSURE_LOSS = 0.4
# Another word of meaning in the place of one that is missing tells against the wording, by this share of its weight.
AGAINST = 0.45
# A wording seldom goes on in the next sentence; marks of recognisers err, so it is not ruled out.
SENTENCE_END = 0.4
# Little words cannot make up for the words of meaning: their share may be this much lower, not more.
CONTENT_SLACK = 0.1


@dataclass(frozen=True, slots=True)
class Gap:
    """Consecutive parts that were not found, and the heard tokens in their place (indexes, may be none)."""

    parts: tuple[int, ...]
    tokens: tuple[int, ...]
    is_inner: bool


def weigh(wording: Wording, found: Alignment, tokens: Sequence[Token], code: str) -> Alignment:
    """The alignment with its final score, 0..1, and stretched over what was only badly heard."""
    gained = content = 0.0
    pairs = list(found.pairs)
    worth = {part: _worth(similarity) for part, _, similarity in found.pairs}
    against = 0.0
    for gap in _gaps(wording, found, tokens):
        likeness, used = _likeness(wording, gap, tokens, code)
        if likeness >= HEARD_BADLY:
            worth.update(dict.fromkeys(gap.parts, _worth(likeness)))
            pairs += [(gap.parts[0], token, likeness) for token in used]
        elif likeness < ANOTHER_WORD and any(_is_meaning(tokens[at]) for at in gap.tokens):
            against += sum(_against(wording.parts[at], gap, tokens) for at in gap.parts)
    against += SENTENCE_END * _sentence_ends(found, tokens)
    for at, part in enumerate(wording.parts):
        gained += part.weight * worth.get(at, 0.0)
        if part.carries:
            content += part.weight * worth.get(at, 0.0)
    extra = max(0.0, sum(p.weight * worth_ for p, worth_ in _found(wording, found)) - found.score * wording.total)
    whole = (gained - extra - against) / wording.total
    meaning = (content - against) / wording.meaning if wording.meaning else whole
    score = max(0.0, min(whole, meaning + CONTENT_SLACK))
    first, last = min(pair[1] for pair in pairs), max(pair[1] for pair in pairs)
    return Alignment(score, first, last, tuple(sorted(pairs)))


def _worth(likeness: float) -> float:
    return max(0.0, likeness - UNSURE_LOSS * max(0.0, SURE - likeness))


def _sentence_ends(found: Alignment, tokens: Sequence[Token]) -> int:
    return sum(tokens[at].border >= Break.STOP for at in range(found.first, found.last))


def _against(part: Part, gap: Gap, tokens: Sequence[Token]) -> float:
    """What another word in a part's place costs; another number in a number's place costs the most."""
    if not part.carries:
        return 0.0
    other_number = part.kind is Kind.NUMBER and any(tokens[at].kind is Kind.NUMBER for at in gap.tokens)
    return part.weight * (2 * AGAINST if other_number else AGAINST)


def _found(wording: Wording, found: Alignment) -> Iterator[tuple[Part, float]]:
    seen = set()
    for part, _, similarity in found.pairs:
        if part not in seen:
            seen.add(part)
            yield wording.parts[part], similarity


def _is_meaning(token: Token) -> bool:
    return token.kind in {Kind.CONTENT, Kind.NUMBER}


def _gaps(wording: Wording, found: Alignment, tokens: Sequence[Token]) -> Iterator[Gap]:
    """Runs of missing parts, with the free tokens between their found neighbours, or beside them at the ends."""
    place: dict[int, tuple[int, int]] = {}
    for part, token, _ in found.pairs:
        low, high = place.get(part, (token, token))
        place[part] = (min(low, token), max(high, token))
    used = {token for _, token, _ in found.pairs}
    run: list[int] = []
    for at in range(len(wording.parts) + 1):
        if at < len(wording.parts) and at not in place:
            run.append(at)
            continue
        if run:
            before = place[run[0] - 1][1] if run[0] else None
            after = place[at][0] if at < len(wording.parts) else None
            free = tuple(t for t in _between(before, after, len(run), tokens) if t not in used)
            yield Gap(tuple(run), free, before is not None and after is not None)
            run = []


def _between(before: int | None, after: int | None, wanted: int, tokens: Sequence[Token]) -> Iterable[int]:
    """Tokens that may stand for missing parts; at an end no more than were wanted, and not past a sentence's end."""
    if before is not None and after is not None:
        return range(before + 1, after)
    found: list[int] = []
    if before is not None:
        at = before
        while at + 1 < len(tokens) and len(found) < wanted and tokens[at].border < Break.STOP:
            at += 1
            found.append(at)
        return found
    at = after if after is not None else 0
    while at > 0 and len(found) < wanted and tokens[at - 1].border < Break.STOP:
        at -= 1
        found.append(at)
    return found[::-1]


def _likeness(wording: Wording, gap: Gap, tokens: Sequence[Token], code: str) -> tuple[float, tuple[int, ...]]:
    """How alike the missing words sound, written together, to the best run of tokens in their place."""
    parts = [wording.parts[at] for at in gap.parts]
    carrying = [part for part in parts if part.carries]
    if not gap.tokens or not carrying or any(part.kind is Kind.NUMBER or part.number < 0 for part in parts):
        return (0.0 if carrying else ANOTHER_WORD), ()
    language = language_of(code)
    settled = language.refusing | language.supposing
    usable = [
        at
        for at in gap.tokens
        if tokens[at].kind not in {Kind.NUMBER, Kind.NEGATION} and tokens[at].form not in settled
    ]
    forms = [tokens[at].form for at in usable]
    alone, used = _best_stretch(tuple(part.form for part in carrying), forms, code)
    if alone >= ANOTHER_WORD and len(carrying) < len(parts):
        together, used_together = _best_stretch(tuple(part.form for part in parts), forms, code)
        if together > alone:
            alone, used = together, used_together
    return alone, tuple(usable[at] for at in used)


def _best_stretch(wanted: tuple[str, ...], forms: Sequence[str], code: str) -> tuple[float, tuple[int, ...]]:
    """The likeness of the best run of forms to the wanted words, and its indexes."""
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for start in range(len(forms)):
        for end in range(start + 1, min(len(forms), start + len(wanted) + 1) + 1):
            likeness = _stretch_likeness(wanted, forms[start:end], code)
            if likeness > best[0]:
                best = (likeness, tuple(range(start, end)))
    return best


def _stretch_likeness(wanted: Sequence[str], heard: Sequence[str], code: str) -> float:
    """Of two stretches of words: the mean of spelling and sound, endings left out where the last words share them."""
    if len(wanted) == len(heard) == 1 and are_opposites(keys_of(wanted[0], code), keys_of(heard[0], code)):
        return 0.0
    one, two = "".join(wanted), "".join(heard)
    sound_one, sound_two = keys_of(one, code).sound, keys_of(two, code).sound
    likeness = (fuzz.ratio(one, two) + fuzz.ratio(sound_one, sound_two)) / 200
    if sound_one[:1] != sound_two[:1]:
        likeness *= OTHER_BEGINNING
    end_one, end_two = keys_of(wanted[-1], code), keys_of(heard[-1], code)
    if end_one.stem == wanted[-1] or wanted[-1].removeprefix(end_one.stem) != heard[-1].removeprefix(end_two.stem):
        return likeness
    one, two = "".join((*wanted[:-1], end_one.stem)), "".join((*heard[:-1], end_two.stem))
    stems = (fuzz.ratio(one, two) + fuzz.ratio(keys_of(one, code).sound, keys_of(two, code).sound)) / 200
    return min(likeness, stems)
