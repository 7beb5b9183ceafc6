"""A second look at a stretch where a required wording was missed: what is heard there then, what fits the sound."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voiceops.domain.recording import Party
from voiceops.domain.transcript import Span, Utterance, Word


@dataclass(frozen=True)
class WordingFit:
    """How well a wording fits the sound in the place where it fits best; `words` are its own, with their times.

    `score` says how much less likely the sound is as this wording than as whatever the engine makes of it freely:
    0 is as likely, lower is worse. Its unit is the engine's own, and so are the borders it is held against.
    """

    wording: str
    start: float
    end: float
    score: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class FitBorders:
    """From which score a wording may have been said, and from which it was if it was heard there as well.

    `strong` is None for an engine whose scores nobody measured: by it alone nothing counts as said.
    """

    weak: float
    strong: float | None = None


@dataclass(frozen=True)
class SecondLook:
    """One stretch of one party's channel, heard once more by `engine`, and what of its wordings fits the sound.

    `utterances` and `speech` are in the recording's time. A wording that the engine cannot score has no fit.
    """

    party: Party
    stretch: Span
    engine: str
    borders: FitBorders
    utterances: tuple[Utterance, ...]
    speech: tuple[Span, ...]
    fits: tuple[WordingFit, ...]


class SecondLookState(StrEnum):
    """Where the second look at a recording stands. It never holds up the recording itself."""

    ASKED = "asked"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class SecondLooks:
    """All second looks at one recording. `failure` is a sentence for people; `attempts` counts beginnings."""

    recording_id: str
    state: SecondLookState
    moved_at: datetime
    looks: tuple[SecondLook, ...] = ()
    attempts: int = 0
    failure: str | None = None
