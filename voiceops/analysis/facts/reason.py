"""Why somebody calls: their own most telling sentence, on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voiceops.analysis.facts.callback_number import PhoneFacts
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.domain.caller_facts import Fact

MOST_WORDS = 30
FEWEST_WORDS = 3
# A sentence without any word of a matter may still be one, if it is long and says nothing else we know.
FEWEST_UNCUED_WORDS = 6
# A score that an opening such as "I'm calling about" reaches.
TELLING = 2.0
# A number this near after the opening of a reason is part of it.
REASON_REACH = 16
# A silence of this length ends a sentence where there is no punctuation.
PAUSE_SECONDS = 0.9


@dataclass(frozen=True)
class _Piece:
    first: int
    stop: int
    score: float


def find_reason(
    message: Message, language: Language, *, phone: PhoneFacts, ends: Sequence[int] = ()
) -> Fact[str] | None:
    """The sentence that says most about the matter; None where no sentence says anything about one.

    Telephone numbers are never part of a reason. `ends` are the tokens after the caller's introduction,
    where a reason may begin without punctuation.
    """
    wording = language.reason
    cues, asides = list(message.find(wording.cue)), list(message.find(wording.aside))
    troubles = [*message.find(wording.trouble), *message.find(language.urgency.vulnerable)]
    references = list(message.find(language.reference))
    borders = sorted(
        {*_borders(message, cues, asides), *ends, *_ends_of(phone.phone_tokens), *_free(phone.number_tokens, cues)}
    )
    pieces = [
        _judge(first, stop, (cues, asides, troubles, references), phone.phone_tokens)
        for first, stop in pairwise(borders)
    ]
    best = max(pieces, key=lambda piece: (piece.score, -piece.first), default=None)
    if best is None or best.score <= 0:
        best = max(
            (piece for piece in pieces if piece.score == 0 and _has_words(piece, message)),
            key=lambda piece: piece.stop - piece.first,
            default=None,
        )
    if best is None:
        return None
    stop = min(best.stop, best.first + MOST_WORDS)
    while message.tokens[stop - 1].text in wording.dangling:
        stop -= 1
    first = best.first
    while message.tokens[first].text in wording.leading and first < stop - 1:
        first += 1
    tokens = message.tokens[first:stop]
    value = " ".join(message.spoken(first, stop).split())
    confidence = 0.8 if best.score >= TELLING else 0.6 if best.score > 0 else 0.4
    return Fact(value, value, confidence, tokens[0].start, tokens[-1].end)


def _has_words(piece: _Piece, message: Message) -> bool:
    return sum(len(t.text) > 1 for t in message.tokens[piece.first : piece.stop]) >= FEWEST_UNCUED_WORDS


def _ends_of(taken: frozenset[int]) -> set[int]:
    return {n + 1 for n in taken if n + 1 not in taken}


def _free(rows: frozenset[int], cues: Sequence[Match]) -> set[int]:
    """Ends of numbers that do not belong to a reason already begun ("about order number …, it is late")."""
    return {end for end in _ends_of(rows) if not any(0 <= end - cue.first < REASON_REACH for cue in cues)}


def _borders(message: Message, cues: Sequence[Match], asides: Sequence[Match]) -> set[int]:
    """Where pieces begin: at sentence ends and long silences, at cues, and at asides."""
    tokens = message.tokens
    borders = {0, len(tokens)}
    for n in range(1, len(tokens)):
        silence = tokens[n].start - tokens[n - 1].end > PAUSE_SECONDS
        if tokens[n - 1].ends_sentence or (silence and tokens[n].utterance != tokens[n - 1].utterance):
            borders.add(n)
    borders |= {m.first for m in cues} | {m.first for m in asides}
    return borders


def _judge(first: int, stop: int, matches: tuple[Sequence[Match], ...], taken: frozenset[int]) -> _Piece:
    cues, asides, troubles, references = (sum(first <= m.first < stop for m in found) for found in matches)
    length = stop - first
    score = 2.0 * bool(cues) + 0.7 * min(troubles, 4) - 2.0 * asides - 3.0 * any(n in taken for n in range(first, stop))
    if references and not cues:
        score -= 1.0
    if length < FEWEST_WORDS:
        score -= 2.0
    return _Piece(first, stop, score + (min(length, 12) / 40 if score > 0 else 0))
