"""The picture of a recording's sound: how far each channel swings, stretch by stretch."""

from dataclasses import dataclass

from voiceops.domain.recording import Party


@dataclass(frozen=True)
class ChannelPeaks:
    """The lowest and the highest sample of each stretch of one channel, in 8 bits: -128..127."""

    party: Party
    low: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True)
class Waveform:
    """All channels listened to, in order, each with as many stretches of equal length over `seconds`.

    The last stretch may be shorter than the others.
    """

    seconds: float
    channels: tuple[ChannelPeaks, ...]
