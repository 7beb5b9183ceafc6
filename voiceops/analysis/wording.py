"""A variant of a keyphrase made ready for matching: its tokens, what each weighs, its slots, whether it denies."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voiceops.analysis.languages import Language, language_of
from voiceops.analysis.normalise import Kind, Token, normalise_text
from voiceops.analysis.sound_alike import Vocabulary
from voiceops.domain.keyword_set import Keyphrase

_SLOT = re.compile(r"\{(number|name|date|any)(?::\s*(\d+)\s*words?)?\}")
_SLOT_WORDS = {"number": 3, "name": 3, "date": 5, "any": 4}
NUMBER_SLOT, NAME_SLOT = -1, -2

FUNCTION_WEIGHT = 0.35
COMMON_WEIGHT = 0.6
LONG_LETTERS = 5
NEGATION_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Part:
    """One token of a wording. `number` is its place in the vocabulary, negative for a slot.

    `joined` is the vocabulary number of this token written together with the next, or None.
    `slot_words` is how many words a slot may take. `carries` tells whether it carries meaning: without it the
    wording is another one.
    """

    form: str
    number: int
    weight: float
    kind: Kind
    joined: int | None = None
    slot_words: int = 0
    is_common: bool = False
    carries: bool = field(init=False)

    def __post_init__(self) -> None:
        is_meaning = self.kind in {Kind.CONTENT, Kind.NUMBER} and self.number >= NUMBER_SLOT and not self.is_common
        object.__setattr__(self, "carries", is_meaning)


@dataclass(frozen=True, slots=True)
class Wording:
    """A variant (or a `never` wording). `parts` leaves negations out; `denials` says before which
    parts they stood. `total` and `meaning` are the weights of all parts and of those that carry meaning;
    `letters` and `carrying` count those. The rest are lookups made once: `places` from vocabulary numbers
    to parts, parts long enough to be heard split, slots, and parts by weight.
    """

    keyphrase: str
    text: str
    parts: tuple[Part, ...]
    denials: tuple[int, ...]
    denial_forms: tuple[str, ...]
    is_never: bool
    asks: bool
    addresses: bool
    total: float
    meaning: float
    letters: float
    carrying: int
    places: Mapping[int, tuple[tuple[int, int], ...]]
    long_parts: tuple[tuple[int, str, int], ...]
    number_slots: tuple[int, ...]
    has_slots: bool
    by_weight: tuple[int, ...]

    @property
    def denies(self) -> bool:
        """Whether the wording itself denies something, as "no obligation" does."""
        return bool(self.denials)


def words_of_variant(text: str, code: str) -> list[Token | int]:
    """Tokens of a variant, with a negative slot number and its words packed as `-(kind + 10 * words)`."""
    pieces: list[Token | int] = []
    at = 0
    for slot in _SLOT.finditer(text):
        pieces += normalise_text(text[at : slot.start()], code)
        words = int(slot[2] or _SLOT_WORDS[slot[1]])
        kind = 1 if slot[1] == "number" else 2
        pieces.append(-(kind + 10 * words))
        at = slot.end()
    return [*pieces, *normalise_text(text[at:], code)]


def prepare_wordings(keyphrases: Iterable[Keyphrase], vocabulary: Vocabulary) -> list[Wording]:
    """Every variant and every `never` wording of the keyphrases; one without any token gives none."""
    wordings = []
    for keyphrase in keyphrases:
        for text, is_never in [*((v, False) for v in keyphrase.variants), *((n, True) for n in keyphrase.never)]:
            wording = _prepare(keyphrase.id, text, is_never=is_never, vocabulary=vocabulary)
            if wording.parts:
                wordings.append(wording)
    return wordings


def _prepare(keyphrase: str, text: str, *, is_never: bool, vocabulary: Vocabulary) -> Wording:
    pieces = words_of_variant(text, vocabulary.code)
    kept, denials = _without_denials(pieces)
    parts = _parts(kept, vocabulary)
    language = language_of(vocabulary.code)
    first = next((piece.form for piece in pieces if isinstance(piece, Token)), "")
    letters = sum(len(part.form) for part in parts if part.carries and part.number >= 0)
    return Wording(
        keyphrase=keyphrase,
        text=text,
        parts=tuple(parts),
        denials=tuple(place for place, _ in denials),
        denial_forms=tuple(form for _, form in denials),
        is_never=is_never,
        asks=_asks(text, kept, first=first, language=language),
        addresses=language.addresses(tuple(piece.form for piece in kept if isinstance(piece, Token))),
        total=sum(part.weight for part in parts),
        meaning=sum(part.weight for part in parts if part.carries),
        letters=language.letter_worth * letters,
        carrying=sum(part.carries for part in parts),
        places=_places(parts),
        long_parts=tuple(
            (at, p.form, p.number) for at, p in enumerate(parts) if p.number >= 0 and len(p.form) >= LONG_LETTERS
        ),
        number_slots=tuple(at for at, part in enumerate(parts) if part.number == NUMBER_SLOT),
        has_slots=any(part.number < 0 for part in parts),
        by_weight=tuple(sorted(range(len(parts)), key=lambda at: -parts[at].weight)),
    )


def _without_denials(pieces: list[Token | int]) -> tuple[list[Token | int], list[tuple[int, str]]]:
    """The pieces that are no negation, and each negation with the place before which it stood.

    A wording that is nothing but "no" is kept, as a word of its own.
    """
    kept: list[Token | int] = []
    denials: list[tuple[int, str]] = []
    for piece in pieces:
        if isinstance(piece, Token) and piece.kind is Kind.NEGATION:
            denials.append((len(kept), piece.form))
        else:
            kept.append(piece)
    return (kept, denials) if any(isinstance(piece, Token) for piece in kept) else (pieces, [])


def _asks(text: str, kept: Sequence[Token | int], *, first: str, language: Language) -> bool:
    """Whether the wording is itself a question."""
    if text.rstrip().endswith(("?", "؟")) or first in language.inverted | language.asking | language.supposing:
        return True
    forms = tuple(piece.form for piece in kept if isinstance(piece, Token))
    return not language.inverted and not language.asking.isdisjoint(forms)


def _places(parts: Sequence[Part]) -> dict[int, tuple[tuple[int, int], ...]]:
    """For each vocabulary number, the parts it stands for: one, or two written together."""
    places: dict[int, tuple[tuple[int, int], ...]] = {}
    for at, part in enumerate(parts):
        if part.number >= 0:
            places[part.number] = (*places.get(part.number, ()), (at, at + 1))
        if part.joined is not None:
            places[part.joined] = (*places.get(part.joined, ()), (at, at + 2))
    return places


def _parts(pieces: Sequence[Token | int], vocabulary: Vocabulary) -> list[Part]:
    parts: list[Part] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, int):
            kind, words = -piece % 10, -piece // 10
            parts.append(Part("{}", -kind, 1.0 if kind == 1 else 0.1, Kind.NUMBER, slot_words=words))
            continue
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        joined = vocabulary.add_joined(piece.form, following.form) if isinstance(following, Token) else None
        is_common = piece.form in language_of(vocabulary.code).common
        weight = COMMON_WEIGHT if is_common else _weight(piece)
        parts.append(Part(piece.form, vocabulary.add(piece.form), weight, piece.kind, joined, is_common=is_common))
    return parts


def _weight(token: Token) -> float:
    """Rare words say more than common ones, and long ones are seldom met by chance."""
    if token.kind is Kind.FUNCTION:
        return FUNCTION_WEIGHT
    if token.kind is Kind.NEGATION:
        return NEGATION_WEIGHT
    return min(1.4, 0.8 + 0.05 * len(token.form))
