"""Why somebody calls: their own most telling sentence, on one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voiceops.analysis.facts.callback_number import PhoneFacts
from voiceops.analysis.facts.language import Language
from voiceops.analysis.facts.message import Match, Message
from voiceops.analysis.facts.spoken_digits import atom_of
from voiceops.analysis.facts.time_words import find_time_words
from voiceops.domain.caller_facts import Fact

MOST_WORDS = 30
FEWEST_WORDS = 3
# A matter has at least so many words that are not said in every message.
FEWEST_TELLING_WORDS = 2
# A reference number with fewer words beside it is no matter.
FEWEST_BESIDE_A_NUMBER = 3
# A score that one word of trouble reaches.
SOME_TROUBLE = 0.7
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
    message: Message, language: Language, *, phone: PhoneFacts, names: Sequence[Fact[str] | None] = ()
) -> Fact[str] | None:
    """The sentence that says most about the matter; None where no sentence says anything about one.

    Telephone numbers, greetings and wishes to be called are never part of a reason, and neither are `names` that
    were found; it may begin right after one without punctuation.
    """
    wording = language.reason
    cues, asides = list(message.find(wording.cue)), list(message.find(wording.aside))
    troubles = [*message.find(wording.trouble), *message.find(language.urgency.vulnerable)]
    named = frozenset(n for name in names if name for n in _heard_in(name, message))
    borders = sorted(
        {
            *_borders(message, cues, asides),
            *_ends_of(named),
            *_ends_of(phone.phone_tokens),
            *_free(phone.number_tokens, cues),
        }
    )
    known = phone.phone_tokens | named | _tokens(asides)
    times = find_time_words(message, language, taken=phone.number_tokens)
    idle = known | frozenset(n for word in times for n in range(word.first, word.stop))
    place = (message, language, idle)
    pieces = [_trimmed(first, stop, place) for first, stop in pairwise(borders)]
    scored = [
        _judge(first, stop, (cues, troubles, list(message.find(language.reference))), place)
        for first, stop in pieces
        if first < stop
    ]
    best = max(scored, key=lambda piece: (piece.score, -piece.first), default=None)
    if best is None or best.score <= 0:
        return None
    tokens = message.tokens[best.first : best.stop]
    value = " ".join(message.spoken(best.first, best.stop).split())
    confidence = 0.8 if best.score >= TELLING else 0.6 if best.score >= SOME_TROUBLE else 0.4
    return Fact(value, value, confidence, tokens[0].start, tokens[-1].end)


def _heard_in(fact: Fact[str], message: Message) -> Iterator[int]:
    """The tokens that a fact was heard in."""
    for n, token in enumerate(message.tokens):
        if fact.start is not None and fact.end is not None and fact.start <= token.start and token.end <= fact.end:
            yield n


def _tokens(spans: Sequence[Match]) -> frozenset[int]:
    return frozenset(n for span in spans for n in range(span.first, span.stop))


def _trimmed(first: int, stop: int, place: tuple[Message, Language, frozenset[int]]) -> tuple[int, int]:
    """A piece without what stands around the matter: names, numbers, times, and words that only lead on."""
    message, language, idle = place
    linked = _tokens(message.find(language.times.link)) | _tokens(message.find(language.times.bound))
    while first < stop and (first in idle or message.tokens[first].text in language.reason.leading):
        first += 1
    last_idle = next((n for n in range(first, stop) if n in idle), stop)
    # "After five about my router": a link word goes only with the time it links.
    if last_idle < stop and all(n in linked for n in range(first, last_idle)):
        return _trimmed(last_idle, stop, place)
    stop = min(stop, first + MOST_WORDS)
    while stop > first and (stop - 1 in idle or message.tokens[stop - 1].text in language.reason.dangling):
        stop -= 1
    return first, stop


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
    borders |= {m.first for m in cues} | {at for m in asides for at in (m.first, m.stop)}
    return borders


def _judge(
    first: int, stop: int, matches: tuple[Sequence[Match], ...], place: tuple[Message, Language, frozenset[int]]
) -> _Piece:
    message, language, idle = place
    cues, troubles, references = (sum(first <= m.first < stop for m in found) for found in matches)
    content = sum(
        n not in idle
        and len(t.text) > 1
        and t.text not in language.common | language.names.given
        and atom_of(t, n, numbers=language.numbers) is None
        for n, t in enumerate(message.tokens[first:stop], start=first)
    )
    if stop - first < FEWEST_WORDS or content + troubles + cues + references < FEWEST_TELLING_WORDS:
        return _Piece(first, stop, 0.0)
    score = 2.0 * bool(cues) + 0.7 * min(troubles, 4) + 0.1 * min(content, 6)
    return _Piece(first, stop, score - (references > 0 and not cues and content < FEWEST_BESIDE_A_NUMBER))
