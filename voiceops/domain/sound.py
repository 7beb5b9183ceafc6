"""What the sound of one channel is like: how clear, where it is bad, and which tones are on it."""

from dataclasses import dataclass
from enum import StrEnum

from voiceops.domain.recording import Party


class SoundFault(StrEnum):
    """Why words may be lost in a stretch."""

    CLIPPED = "clipped"
    CROSSTALK = "crosstalk"
    SILENT = "silent"


class ToneKind(StrEnum):
    """A tone of the telephone network, a key that somebody pressed, or music as it is played on hold."""

    RING = "ring"
    BUSY = "busy"
    KEY = "key"
    MUSIC = "music"


@dataclass(frozen=True)
class Tone:
    """One tone, or music, in seconds from the beginning; `key` is the key pressed, `•` where it is masked."""

    kind: ToneKind
    start: float
    end: float
    key: str | None = None


@dataclass(frozen=True)
class BadStretch:
    """Where a channel is badly recorded, in seconds, and in which way."""

    start: float
    end: float
    fault: SoundFault


@dataclass(frozen=True)
class ChannelSound:
    """Measures of one channel.

    `clipped_share` and `crosstalk_share` are of its speech, 0..1. `snr_db` estimates speech over
    noise, and `clarity` 0..100 is how well it can be understood; both None where nobody speaks.
    """

    party: Party
    speech_seconds: float
    silence_seconds: float
    clipped_share: float = 0.0
    crosstalk_share: float = 0.0
    snr_db: float | None = None
    clarity: int | None = None
    tones: tuple[Tone, ...] = ()
    bad: tuple[BadStretch, ...] = ()
