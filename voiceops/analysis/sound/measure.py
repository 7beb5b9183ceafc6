"""Measures every channel of a recording: speech, silence, tones, clipping, noise, crosstalk, clarity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from voiceops.analysis.signal_blocks import Samples
from voiceops.analysis.sound import RATE_HZ
from voiceops.analysis.sound.call_tones import call_tones
from voiceops.analysis.sound.crosstalk import echoes
from voiceops.analysis.sound.keys import pressed_keys
from voiceops.analysis.sound.levels import FRAME_SECONDS, Levels, in_spans, measure_levels, signal_to_noise_db
from voiceops.analysis.sound.likeness import BLOCK_SECONDS, Likeness, compare
from voiceops.domain.recording import Party
from voiceops.domain.sound import BadStretch, ChannelSound, SoundFault, Tone
from voiceops.domain.transcript import Span

_SILENT_SHARE = 0.02
_OTHERS_SPEAK_SECONDS = 10.0
# Clipped frames come and go with the voice's pitch; what is near belongs together.
_JOIN_SECONDS = 0.5
_LEAST_BAD_SECONDS = 0.3
# Speech is understood in full from about 25 dB over the noise, and hardly at 3 dB.
_WORST_SNR_DB, _BEST_SNR_DB = 3.0, 25.0
_CLIPPING_WEIGHT = 3.0


@dataclass(frozen=True)
class ListenedChannel:
    """A channel's samples, its party, where a speech detector heard a voice, and the tones on it."""

    party: Party
    signal: Samples
    speech: tuple[Span, ...]
    tones: tuple[Tone, ...] = ()


def measure_channels(
    channels: Sequence[ListenedChannel], likenesses: Mapping[tuple[int, int], Likeness] | None = None
) -> tuple[ChannelSound, ...]:
    """The sound of each channel. `likenesses` are those already measured, by the channels' numbers."""
    known = likenesses if likenesses is not None else _likenesses(channels)
    measured = [_measure(channel, echoes(number, known)) for number, channel in enumerate(channels)]
    return tuple(_with_silence(one, measured, channels[0]) for one in measured)


def find_tones(signal: Samples) -> tuple[Tone, ...]:
    """All tones of a channel in order of time."""
    return tuple(sorted((*call_tones(signal), *pressed_keys(signal)), key=lambda tone: tone.start))


def _likenesses(channels: Sequence[ListenedChannel]) -> Mapping[tuple[int, int], Likeness]:
    numbers = combinations(range(len(channels)), 2)
    return {(one, other): compare(channels[one].signal, channels[other].signal) for one, other in numbers}


def _measure(channel: ListenedChannel, echoed: NDArray[np.bool_]) -> ChannelSound:
    levels = measure_levels(channel.signal)
    speech = in_spans(channel.speech, len(levels.level_db))
    spoken = in_spans(channel.speech, len(echoed), frame_seconds=BLOCK_SECONDS)
    # What a tone or music covers tells nothing of the noise.
    other = in_spans([Span(tone.start, tone.end) for tone in channel.tones], len(levels.level_db))
    snr = signal_to_noise_db(levels.level_db[speech | ~other], speech[speech | ~other])
    seconds = sum(span.seconds for span in channel.speech)
    sound = ChannelSound(
        party=channel.party,
        speech_seconds=seconds,
        silence_seconds=len(channel.signal) / RATE_HZ - seconds,
        clipped_share=_share(levels.clipped, speech),
        crosstalk_share=_share(echoed, spoken),
        snr_db=snr,
        tones=channel.tones,
        bad=tuple(_bad(levels, speech, echoed & spoken)),
    )
    return replace(sound, clarity=_clarity(sound))


def _clarity(sound: ChannelSound) -> int | None:
    if sound.snr_db is None:
        return None
    heard = np.clip((sound.snr_db - _WORST_SNR_DB) / (_BEST_SNR_DB - _WORST_SNR_DB), 0.0, 1.0)
    whole = max(0.0, 1.0 - _CLIPPING_WEIGHT * sound.clipped_share)
    return round(100 * float(heard) * whole * (1.0 - sound.crosstalk_share))


def _share(flags: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(np.mean(flags[among])) if among.any() else 0.0


def _bad(levels: Levels, speech: NDArray[np.bool_], echoes: NDArray[np.bool_]) -> Iterator[BadStretch]:
    yield from _stretches(levels.clipped & speech, FRAME_SECONDS, SoundFault.CLIPPED)
    yield from _stretches(echoes, BLOCK_SECONDS, SoundFault.CROSSTALK)


def _stretches(flags: NDArray[np.bool_], step: float, fault: SoundFault) -> Iterator[BadStretch]:
    first = last = None
    for number in np.flatnonzero(flags).tolist():
        if last is not None and first is not None and (number - last) * step > _JOIN_SECONDS + step:
            yield from _long_enough(first * step, (last + 1) * step, fault)
            first = None
        first = number if first is None else first
        last = number
    if first is not None and last is not None:
        yield from _long_enough(first * step, (last + 1) * step, fault)


def _long_enough(start: float, end: float, fault: SoundFault) -> Iterator[BadStretch]:
    if end - start >= _LEAST_BAD_SECONDS:
        yield BadStretch(start, end, fault)


def _with_silence(one: ChannelSound, all_of: Sequence[ChannelSound], channel: ListenedChannel) -> ChannelSound:
    """A channel with next to no speech beside one with much was most likely not recorded."""
    most = max(other.speech_seconds for other in all_of)
    if most < _OTHERS_SPEAK_SECONDS or one.speech_seconds > _SILENT_SHARE * most:
        return one
    silent = BadStretch(0.0, len(channel.signal) / RATE_HZ, SoundFault.SILENT)
    return replace(one, bad=(silent,))
