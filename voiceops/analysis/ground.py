"""Which places lie on which tokens, so that what touches a place is found without a look at all the others."""

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from voiceops.analysis.align import Alignment
from voiceops.analysis.heard import Run


class Placed(Protocol):
    """Something that lies on tokens of a run."""

    @property
    def run(self) -> Run:
        """Whose tokens `found` counts."""

    @property
    def found(self) -> Alignment:
        """From which token to which."""


P = TypeVar("P", bound=Placed)


class Ground(Generic[P]):
    """Places by the tokens under them. What lies there costs its own length, however many others there are."""

    def __init__(self, places: Iterable[P] = ()) -> None:
        self._over: dict[tuple[Run, int], list[P]] = {}
        for place in places:
            self.add(place)

    def add(self, place: P) -> None:
        """Let it lie on its tokens."""
        for at in range(place.found.first, place.found.last + 1):
            self._over.setdefault((place.run, at), []).append(place)

    def touching(self, place: Placed) -> Iterator[P]:
        """Those that share a token with `place`, itself too if it was added; once for each token shared."""
        for at in range(place.found.first, place.found.last + 1):
            yield from self._over.get((place.run, at), ())

    def is_free(self, place: Placed) -> bool:
        """Whether nothing touches it."""
        return next(self.touching(place), None) is None
