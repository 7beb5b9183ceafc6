"""How well each channel of a call is recorded, and how long somebody was on hold, as its page says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.ui.names import name_of
from api.ui.texts import later
from voiceops.analysis.speech_metrics import speech_metrics
from voiceops.analysis.transcript_text import clock_time
from voiceops.domain.recording import Party
from voiceops.domain.sound import ChannelSound, SoundFault
from voiceops.domain.transcript import Transcript

# From here on every word is understood, and from there on most.
_CLEAR, _FAIR = 60, 30
_LEAST_SHARE = 0.05
_NOISY_DB = 15.0


@dataclass(frozen=True)
class ShownChannel:
    """One channel: its clarity as a figure and in a word, what is wrong with it, and a class for the stylesheet."""

    party: Party
    clarity: int | None
    word: str
    faults: tuple[str, ...]
    mark: str


def channels_shown(transcript: Transcript | None) -> Sequence[ShownChannel]:
    """Every channel that was measured, in order."""
    return [_channel(one) for one in (transcript.sound if transcript is not None else None) or ()]


def hold_shown(transcript: Transcript | None) -> str | None:
    """How long music was played and nobody spoke; None where there was none."""
    hold = speech_metrics(transcript).hold_seconds if transcript is not None else 0.0
    return clock_time(hold) if hold >= 1 else None


def _channel(sound: ChannelSound) -> ShownChannel:
    if sound.clarity is None:
        return ShownChannel(sound.party, None, later("nobody speaks"), tuple(_faults(sound)), "uncertain")
    if sound.clarity >= _CLEAR:
        return ShownChannel(sound.party, sound.clarity, later("clear"), (), "met")
    word, mark = (later("fair"), "uncertain") if sound.clarity >= _FAIR else (later("poor"), "missed")
    return ShownChannel(sound.party, sound.clarity, word, tuple(_faults(sound)), mark)


def _faults(sound: ChannelSound) -> Iterator[str]:
    if any(bad.fault is SoundFault.SILENT for bad in sound.bad):
        yield name_of(SoundFault.SILENT)
    if sound.snr_db is not None and sound.snr_db < _NOISY_DB:
        yield later("noise")
    if sound.clipped_share >= _LEAST_SHARE:
        yield name_of(SoundFault.CLIPPED)
    if sound.crosstalk_share >= _LEAST_SHARE:
        yield name_of(SoundFault.CROSSTALK)
