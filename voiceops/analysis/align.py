"""The best place of a wording in a few heard tokens: a chain of likely pairs, with splits, joins, gaps and slots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.pairings import Pairing
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.wording import NUMBER_SLOT, Wording

# What a heard word that belongs to nothing costs, in the weights of `wording`.
EXTRA_COST = (0.15, 0.05, 0.02, 0.12)  # by Kind: content, function, negation, number
# A split word may have this many letters more or fewer than the whole.
SPLIT_SLACK = 2
# A part found as well as this needs no other explanation.
FOUND_WELL = 0.95

# The heard tokens that may be of one wording, in order, each with what it may be.
Hits = Sequence[tuple[int, Sequence[Pairing]]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a wording lies: `first`..`last` are indexes of tokens, `score` is 0..1.

    `pairs` holds (part, token, similarity) for what was found; a joined or split word gives two.
    """

    score: float
    first: int
    last: int
    pairs: tuple[tuple[int, int, float], ...]

    def moved(self, by: int) -> "Alignment":
        """The same alignment with its tokens counted from `by` before the first."""
        pairs = tuple((part, token + by, similarity) for part, token, similarity in self.pairs)
        return Alignment(self.score, self.first + by, self.last + by, pairs)


# A likely pair: tokens from, to before; parts from, to before; what it gains; how alike.
Link = tuple[int, int, int, int, float, float]
_END = itemgetter(1)


def align(
    wording: Wording, tokens: Sequence[Token], *, hits: Hits, vocabulary: Vocabulary, floor: float
) -> Alignment | None:
    """The best chain of likely pairs in the order of the wording; None where none scores `floor`.

    Quadratic in the likely pairs of these few tokens, of which there are about as many as parts.
    """
    links = sorted(_links(wording, tokens, hits, vocabulary), key=_END)
    if not links:
        return None
    costs = [0.0, *accumulate([EXTRA_COST[token.kind] for token in tokens])]
    best: list[float] = []
    before: list[int] = []
    for start, _, part, _, gain, _ in links:
        score, chosen, lead = gain, -1, gain - costs[start]
        for other, (so_far, (_, end, _, next_part, _, _)) in enumerate(zip(best, links, strict=False)):
            if end > start:
                break  # and so are all that follow
            if next_part <= part:
                joined = so_far + lead + costs[end]
                if wording.has_slots and next_part < part:
                    joined += _slot_gain(wording, (next_part, part), tokens[end:start], costs[start] - costs[end])
                if joined > score:
                    score, chosen = joined, other
        best.append(score)
        before.append(chosen)
    score = max(best)
    if max(0.0, score / wording.total) < floor:
        return None
    chain = [best.index(score)]
    while before[chain[-1]] >= 0:
        chain.append(before[chain[-1]])
    return _as_alignment([links[at] for at in reversed(chain)], score / wording.total)


def _links(wording: Wording, tokens: Sequence[Token], hits: Hits, vocabulary: Vocabulary) -> list[Link]:
    links: list[Link] = []
    well = set()
    for at, own in hits:
        for start, end, gain, likeness in own:
            if likeness >= FOUND_WELL:
                well.add(start)
            links.append((at, at + 1, start, end, gain, likeness))
    for part in wording.number_slots:
        weight = wording.parts[part].weight
        links += [(at, at + 1, part, part + 1, weight, 1.0) for at, one in enumerate(tokens) if one.kind is Kind.NUMBER]
    sought = [long for long in wording.long_parts if long[0] not in well]
    if sought:
        links += _split_links(wording, tokens, sought, vocabulary)
    return links


def _split_links(
    wording: Wording, tokens: Sequence[Token], sought: Sequence[tuple[int, str, int]], vocabulary: Vocabulary
) -> list[Link]:
    """Two heard words that are one of the wording, written apart."""
    links: list[Link] = []
    initials = {form[0] for _, form, _ in sought}
    for at in range(len(tokens) - 1):
        one = tokens[at].form
        if one[0] not in initials or tokens[at + 1].form[0].isdigit():
            continue
        together = one + tokens[at + 1].form
        for part, form, number in sought:
            if form[0] == one[0] and abs(len(form) - len(together)) <= SPLIT_SLACK:
                likeness = vocabulary.similarity(together, number)
                denies = Kind.NEGATION in {tokens[at].kind, tokens[at + 1].kind}
                if likeness >= (FOUND_WELL if denies else 0.01):
                    links.append((at, at + 2, part, part + 1, wording.parts[part].weight * likeness, likeness))
    return links


def _slot_gain(wording: Wording, parts: tuple[int, int], between: Sequence[Token], cost: float) -> float:
    """A slot that takes any words makes those between its neighbours free, if none of them denies."""
    slots = [part for part in wording.parts[parts[0] : parts[1]] if part.number < NUMBER_SLOT]
    if not slots or not between or any(token.kind is Kind.NEGATION for token in between):
        return 0.0
    room = sum(part.slot_words for part in slots)
    return slots[0].weight + cost * min(1.0, room / len(between))


def _as_alignment(chain: Sequence[Link], score: float) -> Alignment:
    pairs = tuple(
        (part, token, likeness)
        for start, end, part_start, part_end, _, likeness in chain
        for part in range(part_start, part_end)
        for token in range(start, end)
    )
    return Alignment(max(0.0, score), chain[0][0], chain[-1][1] - 1, pairs)


def align_freely(wording: Wording, tokens: Sequence[Token], hits: Hits) -> Alignment | None:
    """The best alignment within one sentence whatever the order of words; slots for any words are not taken."""
    best: Alignment | None = None
    start = 0
    for at, token in enumerate(tokens):
        if at + 1 == len(tokens) or token.border >= Break.STOP:
            found = _freely_in(wording, tokens, hits, range(start, at + 1))
            if found is not None and (best is None or found.score > best.score):
                best = found
            start = at + 1
    return best


def _freely_in(wording: Wording, tokens: Sequence[Token], hits: Hits, place: range) -> Alignment | None:
    """The heaviest words first, each at its likeliest place that is still free, the nearest to the first of them."""
    likely = _likely_places(wording, tokens, hits, place)
    pairs: list[tuple[int, int, float]] = []
    used: set[int] = set()
    for part in wording.by_weight:
        middle = pairs[0][1] if pairs else place.start
        free = [(similarity, -abs(at - middle), at) for at, similarity in likely.get(part, ()) if at not in used]
        if free:
            similarity, _, at = max(free)
            used.add(at)
            pairs.append((part, at, similarity))
    if not pairs:
        return None
    first, last = min(used), max(used)
    gained = sum(wording.parts[part].weight * similarity for part, _, similarity in pairs)
    extra = sum(EXTRA_COST[tokens[at].kind] for at in range(first, last) if at not in used)
    return Alignment(max(0.0, (gained - extra) / wording.total), first, last, tuple(sorted(pairs)))


def _likely_places(
    wording: Wording, tokens: Sequence[Token], hits: Hits, place: range
) -> Mapping[int, Sequence[tuple[int, float]]]:
    """For each part the tokens that may be it alone, and how alike they are."""
    likely = {part: [(at, 1.0) for at in place if tokens[at].kind is Kind.NUMBER] for part in wording.number_slots}
    for at, own in hits:
        seen = set()
        for start, end, _, likeness in own:
            if at in place and end == start + 1 and start not in seen:
                seen.add(start)
                likely.setdefault(start, []).append((at, likeness))
    return likely
