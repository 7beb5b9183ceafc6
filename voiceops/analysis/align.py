"""The best place of a wording in a run of heard tokens: a weighted alignment with splits, joins, gaps and slots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voiceops.analysis.normalise import Break, Kind, Token
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.wording import NUMBER_SLOT, Part, Wording

# What a heard word that belongs to nothing costs, in the weights of `wording`.
EXTRA_COST = (0.12, 0.05, 0.02, 0.12)  # by Kind: content, function, negation, number

# A split word may have this many letters more or fewer than the whole.
SPLIT_SLACK = 2

Hits = Sequence[Mapping[int, float]]
Step = tuple[int, int]


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


def align(wording: Wording, tokens: Sequence[Token], hits: Hits, vocabulary: Vocabulary) -> Alignment | None:
    """The best alignment in these tokens; None where nothing of the wording is there. O(parts × tokens)."""
    rows, columns = len(wording.parts), len(tokens)
    best = [[0.0] * (columns + 1)]
    steps: list[list[Step | None]] = [[None] * (columns + 1)]
    costs = [EXTRA_COST[token.kind] for token in tokens]
    for row in range(1, rows + 1):
        line, step = _row(wording, row, (tokens, hits, costs, best), vocabulary)
        best.append(line)
        steps.append(step)
    end = max(range(columns + 1), key=lambda column: best[rows][column])
    return _trace(wording, (tokens, hits), (best, steps), end, vocabulary)


def _row(
    wording: Wording,
    row: int,
    heard: tuple[Sequence[Token], Hits, list[float], list[list[float]]],
    vocabulary: Vocabulary,
) -> tuple[list[float], list[Step | None]]:
    """One line of the table: the best score of the first `row` parts ending at each column."""
    tokens, hits, costs, best = heard
    part = wording.parts[row - 1]
    above = best[row - 1]
    line = [0.0] * (len(tokens) + 1)
    steps: list[Step | None] = [None] * (len(tokens) + 1)
    before = wording.parts[row - 2] if row > 1 else None
    slot = part.number < 0
    for column in range(len(tokens) + 1):
        score, step = above[column], (1, 0)
        if column:
            stay = line[column - 1] - costs[column - 1]
            if stay > score:
                score, step = stay, (0, 1)
            if slot:
                score, step = _fill_slot(wording, row, column, (tokens, best), (score, step))
            else:
                similarity = hits[column - 1].get(part.number)
                if similarity and above[column - 1] + part.weight * similarity > score:
                    score, step = above[column - 1] + part.weight * similarity, (1, 1)
                if before and before.joined is not None:
                    similarity = hits[column - 1].get(before.joined)
                    gain = best[row - 2][column - 1] + (part.weight + before.weight) * (similarity or 0)
                    if similarity and gain > score:
                        score, step = gain, (2, 1)
                if column > 1 and len(part.form) > 4:
                    similarity = _split_similarity(tokens, column, part, vocabulary)
                    if similarity and above[column - 2] + part.weight * similarity > score:
                        score, step = above[column - 2] + part.weight * similarity, (1, 2)
        line[column], steps[column] = score, step
    return line, steps


def _split_similarity(tokens: Sequence[Token], column: int, part: Part, vocabulary: Vocabulary) -> float:
    """How alike the part is to two heard words written together."""
    one, two = tokens[column - 2].form, tokens[column - 1].form
    if abs(len(one) + len(two) - len(part.form)) > SPLIT_SLACK:
        return 0.0
    if one[0].isdigit() or two[0].isdigit():
        return 0.0
    return vocabulary.similarity(one + two, part.number)


def _fill_slot(
    wording: Wording,
    row: int,
    column: int,
    heard: tuple[Sequence[Token], list[list[float]]],
    so_far: tuple[float, Step],
) -> tuple[float, Step]:
    """A number slot takes a number, with up to its other words; the rest take any words free of charge."""
    tokens, best = heard
    part = wording.parts[row - 1]
    score, step = so_far
    for words in range(1, min(part.slot_words, column) + 1):
        taken = tokens[column - words : column]
        if part.number == NUMBER_SLOT and Kind.NUMBER not in {taken[0].kind, taken[-1].kind}:
            continue
        if any(token.kind is Kind.NEGATION for token in taken):
            break
        gain = best[row - 1][column - words] + part.weight - 0.01 * words
        if gain > score:
            score, step = gain, (1, words)
    return score, step


def _trace(
    wording: Wording,
    heard: tuple[Sequence[Token], Hits],
    table: tuple[list[list[float]], list[list[Step | None]]],
    end: int,
    vocabulary: Vocabulary,
) -> Alignment | None:
    tokens, hits = heard
    best, steps = table
    row, column = len(wording.parts), end
    pairs: list[tuple[int, int, float]] = []
    while row > 0:
        step = steps[row][column] or (1, 0)
        rows, columns = step
        if rows and columns:
            similarity = _pair_similarity(wording, row, column, (step, tokens, hits), vocabulary)
            pairs += [
                (part, token, similarity)
                for part in range(row - rows, row)
                for token in range(column - columns, column)
            ]
        row, column = row - rows, column - columns
    if not pairs:
        return None
    pairs.reverse()
    first, last = min(pair[1] for pair in pairs), max(pair[1] for pair in pairs)
    return Alignment(max(0.0, best[-1][end]) / wording.total, first, last, tuple(pairs))


def _pair_similarity(
    wording: Wording,
    row: int,
    column: int,
    found: tuple[Step, Sequence[Token], Hits],
    vocabulary: Vocabulary,
) -> float:
    (rows, columns), tokens, hits = found
    part = wording.parts[row - 1]
    if part.number < 0:
        return 1.0
    if rows == 2:
        return hits[column - 1].get(wording.parts[row - 2].joined or -1, 0.0)
    if columns == 2:
        return _split_similarity(tokens, column, part, vocabulary)
    return hits[column - 1].get(part.number, 0.0)


def align_freely(wording: Wording, tokens: Sequence[Token], hits: Hits, window: tuple[int, int]) -> Alignment | None:
    """The best alignment within one sentence of the window whatever the order of words; slots are not taken."""
    best: Alignment | None = None
    start = window[0]
    for at in range(window[0], window[1]):
        if at + 1 == window[1] or tokens[at].border >= Break.STOP:
            found = _freely_in(wording, tokens, hits, (start, at + 1))
            if found is not None and (best is None or found.score > best.score):
                best = found
            start = at + 1
    return best


def _freely_in(wording: Wording, tokens: Sequence[Token], hits: Hits, place: tuple[int, int]) -> Alignment | None:
    pairs: list[tuple[int, int, float]] = []
    used: set[int] = set()
    for part in sorted(range(len(wording.parts)), key=lambda p: -wording.parts[p].weight):
        number = wording.parts[part].number
        middle = pairs[0][1] if pairs else 0
        free = [(hits[at].get(number, 0.0), -abs(at - middle), at) for at in range(*place) if at not in used]
        similarity, _, at = max(free, default=(0.0, 0, 0))
        if similarity > 0:
            used.add(at)
            pairs.append((part, at, similarity))
    if not pairs:
        return None
    first, last = min(used), max(used)
    gained = sum(wording.parts[part].weight * similarity for part, _, similarity in pairs)
    extra = sum(EXTRA_COST[tokens[at].kind] for at in range(first, last) if at not in used)
    score = max(0.0, (gained - extra) / wording.total)
    return Alignment(score, first, last, tuple(sorted(pairs)))
