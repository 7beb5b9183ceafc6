"""Which parts of which wordings a heard word may be, asked once for each word and remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voiceops.analysis.sound_alike import Vocabulary
from voiceops.analysis.wording import Wording

# A heard word as parts of a wording: the first, the one after the last, what it gains, how alike (0..1).
Pairing = tuple[int, int, float, float]
_NOTHING: Mapping[int, tuple[Pairing, ...]] = {}
_KNOWN_LIMIT = 100_000


@dataclass(eq=False)
class Pairings:
    """Ask `of` a heard form; the answer holds only wordings that have such a word."""

    vocabulary: Vocabulary
    wordings: Sequence[Wording]
    _owners: dict[int, list[int]] = field(default_factory=dict)
    _known: dict[str, Mapping[int, tuple[Pairing, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, wording in enumerate(self.wordings):
            for number in wording.places:
                self._owners.setdefault(number, []).append(at)

    def of(self, form: str) -> Mapping[int, tuple[Pairing, ...]]:
        """For each wording, by index, the pairings of this form with its parts."""
        known = self._known.get(form)
        if known is None:
            if len(self._known) > _KNOWN_LIMIT:
                self._known.clear()
            known = self._known[form] = self._learn(form)
        return known

    def _learn(self, form: str) -> Mapping[int, tuple[Pairing, ...]]:
        found: dict[int, list[Pairing]] = {}
        for number, likeness in self.vocabulary.alike(form).items():
            for at in self._owners.get(number, ()):
                wording = self.wordings[at]
                for start, end in wording.places[number]:
                    weight = sum(part.weight for part in wording.parts[start:end])
                    found.setdefault(at, []).append((start, end, likeness * weight, likeness))
        return {at: tuple(pairs) for at, pairs in found.items()} or _NOTHING
